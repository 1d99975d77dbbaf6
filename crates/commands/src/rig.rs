//! A tablet of the tests: the commands over a real encrypted store, without a server.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use palier_exchange::enrol::Enrolment;
use palier_exchange::{Boot, Clock};
use palier_sync::wire::{Enrolled, EnrolledSector};
use palier_sync::{Body, Change, Dot, Edit, RecordType, ScopeKey, Stamp, Value, catalogue};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::api::CommandError;
use crate::app::lock;
use crate::session::Draft;
use crate::{App, AppOptions, FileSecret, Policy, TlsNetwork};

pub(crate) const NOW: i64 = 1_795_500_000_000;
pub(crate) const PIN: &str = "493817";

#[derive(Default)]
pub(crate) struct Hands {
    elapsed: AtomicI64,
}

impl Clock for Hands {
    fn wall_ms(&self) -> i64 {
        NOW + self.elapsed.load(Ordering::Relaxed)
    }
    fn boot(&self) -> Boot {
        Boot { id: [7; 16], ms: self.elapsed.load(Ordering::Relaxed).unsigned_abs() }
    }
}

impl Hands {
    pub(crate) fn pass(&self, ms: i64) {
        self.elapsed.fetch_add(ms, Ordering::Relaxed);
    }
}

pub(crate) struct Tablet {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<Hands>,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) sector: Uuid,
}

pub(crate) fn options(folder: &std::path::Path, clock: Arc<Hands>) -> AppOptions {
    AppOptions {
        data: folder.to_owned(),
        version: "0.0.0".to_owned(),
        demo: true,
        clock,
        device: Some(Arc::new(FileSecret::in_folder(folder.join("device")))),
        policy: Some(Policy::cheap_for_tests()),
        network: Arc::new(TlsNetwork),
        tablet_name: "essai".to_owned(),
        bundles: None,
    }
}

/// What the server answered to the one-time code.
pub(crate) fn draft(sector: Uuid) -> Draft {
    let org = palier_vault::OrgPrivate::random().unwrap();
    let enrolled = Enrolled {
        server: "s".to_owned(),
        addresses: vec!["https://127.0.0.1:1".to_owned()],
        territory: Uuid::from_u128(1),
        replica: 5,
        profile: Uuid::from_u128(21),
        display_name: "Samia".to_owned(),
        role: "mediator".to_owned(),
        structure: Uuid::from_u128(31),
        structure_name: "Centre social".to_owned(),
        sectors: vec![EnrolledSector { id: sector, name: "Sanitas".to_owned() }],
        recovery_key: data_encoding::HEXLOWER.encode(&org.public().0),
        ca_der: String::new(),
        server_ms: NOW,
        challenge: String::new(),
    };
    let key = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    Draft { enrolment: Enrolment { key, enrolled } }
}

impl Tablet {
    pub(crate) fn enrolled() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Hands::default());
        let app = App::new(options(folder.path(), clock.clone()));
        let sector = Uuid::from_u128(11);
        app.state().draft = Some(draft(sector));
        let tablet = Self { app, clock, folder, sector };
        tablet.call("choose_pin", json!({ "pin": PIN }));
        let change = Change {
            dot: Dot { replica: 0, sequence: 1 },
            stamp: Stamp { time: 1, replica: 0 },
            effective: None,
            scope: ScopeKey::Territory,
            record: sector,
            kind: RecordType::Sector.number(),
            body: Body::Set(vec![
                Edit { field: catalogue::sector::name, value: Value::text("Sanitas"), bases: vec![] },
                Edit { field: catalogue::sector::insee, value: Value::text("37261"), bases: vec![] },
            ]),
        };
        let open = tablet.app.open().unwrap();
        lock(&open.store).apply(&[change], NOW).unwrap();
        lock(&open.store).apply_page(&ScopeKey::Place { sector }, &[], 0, NOW).unwrap();
        tablet
    }

    pub(crate) fn ask(&self, name: &str, request: Json) -> Result<Json, CommandError> {
        self.app.call(name, request)
    }

    pub(crate) fn call(&self, name: &str, request: Json) -> Json {
        self.ask(name, request).unwrap_or_else(|error| panic!("{name} refused: {error}"))
    }

    pub(crate) fn stair(&self) -> Json {
        self.call(
            "create_stair",
            json!({ "building": "", "address": "12 allée des Essais", "sector": self.sector.to_string(),
            "stair_name": "C", "floors": 4, "ground_floor": false, "doors_per_floor": 6, "numbering": "floor_number" }),
        )
    }

    pub(crate) fn plan(&self, stair: &Json) -> Json {
        self.call("stair_plan", json!({ "stair": stair["stair"] }))
    }

    pub(crate) fn visit(&self, door: &Json, outcome: &str) -> Json {
        self.call("record_visit", json!({ "door": door, "outcome": outcome, "callback": "" }))
    }

    pub(crate) fn household(&self, door: &Json) -> Json {
        self.call(
            "open_household",
            json!({ "door": door, "language": "fra", "mode": "oral", "by_name": true, "recontact": true }),
        )
    }
}

pub(crate) fn door(plan: &Json, label: &str) -> Json {
    let floors = plan["floors"].as_array().unwrap();
    let cells = floors.iter().flat_map(|floor| floor["doors"].as_array().unwrap());
    cells.clone().find(|cell| cell["label"] == label).unwrap_or_else(|| panic!("no door {label}"))["id"].clone()
}
