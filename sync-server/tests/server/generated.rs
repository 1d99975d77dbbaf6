//! A territory by chance, from a seed: two QPV and what is outside of them, four quarters of 2024 and the first of 2025.

use palier_domain::action::{GENDERS, TYPES};
use palier_domain::calendar::{DAY_MS, date_start_ms};
use palier_domain::codes::{AGE_BANDS, KNOWN_BY, LAST_CONTACTS, THEMES};
use palier_domain::trust::OBJECTS;
use palier_store::alias::alias_id;
use palier_store::read::action::tally_id;
use palier_store::{Draft, StoreError};
use palier_sync::catalogue::{
    action, alias, building, diagnosis, door, household, referral, referral_event, right_item, sector, stair, tally,
    trust, visit,
};
use palier_sync::{RecordType, ScopeKey, Value};
use palier_sync_server::CentreError;
use serde_json::json;
use uuid::Uuid;

use crate::office::{Office, SECTOR, structure};

/// Sectors with the QPV that they are in.
pub const SECTORS: [(u128, &str); 3] = [(901, "QN03701A"), (902, "QN03702B"), (903, "")];
/// First days of the quarters.
const QUARTERS: [&str; 5] = ["2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01"];
const OUTCOMES: &[&str] =
    &["no_answer", "no_answer", "opened_brief", "opened_full", "declined", "callback", "vacant", "deceased"];
const STATUSES: &[&str] = &["held", "claimable", "claimable", "not_claimable", "to_check", "in_progress"];
const RIGHTS: &[&str] = &["rsa", "apl", "ppa", "c2s"];
const DOORS: u32 = 25;

/// Numbers by chance (splitmix64), and ids in their order.
struct Chance {
    state: u64,
    last: u128,
}

impl Chance {
    fn below(&mut self, limit: u32) -> u32 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((z ^ (z >> 31)) % u64::from(limit)).unwrap()
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(u32::try_from(all.len()).unwrap()) as usize]
    }

    fn id(&mut self) -> Uuid {
        self.last += 1;
        Uuid::from_u128(self.last)
    }

    /// An instant of a quarter; the first and the last day come up too.
    fn moment(&mut self, quarter: usize) -> i64 {
        let start = date_start_ms(QUARTERS[quarter]).unwrap();
        start + i64::from(self.below(90)) * DAY_MS + i64::from(self.below(80_000)) * 1_000
    }
}

fn text(text: &str) -> Value {
    Value::text(text)
}

fn link(id: Uuid) -> Value {
    Value::text(&id.to_string())
}

struct Maker<'a, 'b> {
    draft: &'a mut Draft<'b>,
    chance: Chance,
    sector: Uuid,
}

impl Maker<'_, '_> {
    fn place(&self) -> ScopeKey {
        ScopeKey::Place { sector: self.sector }
    }

    fn files(&self) -> ScopeKey {
        ScopeKey::File { sector: self.sector, structure: structure("Samia") }
    }

    fn make(&mut self, scope: ScopeKey, kind: RecordType, fields: &[(u16, Value)]) -> Result<Uuid, StoreError> {
        let id = self.chance.id();
        self.draft.make(scope, id, kind, fields)?;
        Ok(id)
    }

    fn doors(&mut self) -> Result<Vec<Uuid>, StoreError> {
        let place = self.place();
        let building = self.make(place, RecordType::Building, &[(building::address, text("1 allée des Essais"))])?;
        let stair = self.make(place, RecordType::Stair, &[(stair::building, link(building))])?;
        (0..DOORS)
            .map(|_| self.make(place, RecordType::Door, &[(door::stair, link(stair)), (door::floor, Value::Int(1))]))
            .collect()
    }

    fn quarter(&mut self, quarter: usize, doors: &[Uuid], size: u32) -> Result<(), StoreError> {
        for _ in 0..size {
            let door = doors[self.chance.below(DOORS) as usize];
            let fields = [
                (visit::door, link(door)),
                (visit::outcome, text(self.chance.of(OUTCOMES))),
                (visit::at, Value::Int(self.chance.moment(quarter))),
            ];
            self.make(self.place(), RecordType::Visit, &fields)?;
        }
        let mut households = Vec::new();
        for _ in 0..size {
            households.push(self.household(quarter, doors)?);
        }
        // Some files are one household, written down twice; two others are said not to be.
        for (pair, same) in households.chunks(2).take(3).zip([true, true, false]) {
            let [one, other] = pair else { continue };
            let fields = [(alias::one, link(*one)), (alias::other, link(*other)), (alias::same, Value::Bool(same))];
            let scope = self.files();
            self.draft.make(scope, alias_id(&scope, *one, *other), RecordType::Alias, &fields)?;
        }
        for number in 0..size * 2 / 3 {
            let of = (number % 4 != 0).then(|| households[self.chance.below(size) as usize]);
            self.diagnosis(quarter, of)?;
            self.referral(quarter, of)?;
        }
        for _ in 0..size / 2 {
            let slip = format!("T{}", self.chance.below(60));
            let fields = [
                (trust::slip, text(&slip)),
                (trust::object, text(self.chance.of(&OBJECTS[..2]))),
                (trust::level, Value::Int(i64::from(1 + self.chance.below(4)))),
                (trust::at, Value::Int(self.chance.moment(quarter))),
            ];
            self.make(self.files(), RecordType::Trust, &fields)?;
        }
        (0..3).try_for_each(|_| self.action(quarter))
    }

    fn household(&mut self, quarter: usize, doors: &[Uuid]) -> Result<Uuid, StoreError> {
        let mut fields = vec![
            (household::door, link(doors[self.chance.below(DOORS) as usize])),
            (household::opened_at, Value::Int(self.chance.moment(quarter))),
        ];
        if self.chance.below(3) > 0 {
            fields.push((household::last_contact, text(self.chance.of(LAST_CONTACTS))));
            let known = if self.chance.below(2) == 0 { "none" } else { self.chance.of(KNOWN_BY) };
            fields.push((household::known_by, text(known)));
        }
        for _ in 0..self.chance.below(3) {
            fields.push((household::needs, text(self.chance.of(&THEMES[..5]))));
        }
        self.make(self.files(), RecordType::Household, &fields)
    }

    fn diagnosis(&mut self, quarter: usize, of: Option<Uuid>) -> Result<(), StoreError> {
        let at = self.chance.moment(quarter);
        let statuses: serde_json::Map<String, serde_json::Value> =
            RIGHTS.iter().map(|right| ((*right).to_owned(), json!({ "status": self.chance.of(STATUSES) }))).collect();
        let slip = format!("D{}", self.chance.below(400));
        let closed = if self.chance.below(8) == 0 { 0 } else { at + 1_800_000 };
        let fields = [
            (diagnosis::household, of.map_or(Value::Null, link)),
            (diagnosis::slip, of.map_or_else(|| text(&slip), |_| Value::Null)),
            (diagnosis::started_at, Value::Int(at)),
            (diagnosis::closed_at, if closed == 0 { Value::Null } else { Value::Int(closed) }),
            (diagnosis::statuses, text(&serde_json::Value::Object(statuses).to_string())),
        ];
        let diagnosis = self.make(self.files(), RecordType::Diagnosis, &fields)?;
        let mut item = vec![
            (right_item::diagnosis, link(diagnosis)),
            (right_item::right, text(self.chance.of(RIGHTS))),
            (right_item::non_take_up, text(self.chance.of(&["non_connaissance", "non_demande", ""]))),
            (right_item::motive, text(self.chance.of(&["too_complex", "unknown_right", ""]))),
        ];
        let became = self.chance.of(&["granted", "asked", "refused", ""]);
        if !became.is_empty() {
            let after = i64::from(self.chance.below(150)) * DAY_MS;
            item.extend([(right_item::follow_up, text(became)), (right_item::follow_up_at, Value::Int(at + after))]);
        }
        self.make(self.files(), RecordType::RightItem, &item)?;
        Ok(())
    }

    fn referral(&mut self, quarter: usize, of: Option<Uuid>) -> Result<(), StoreError> {
        let mut at = self.chance.moment(quarter);
        let slip = format!("D{}", self.chance.below(400));
        let service = self.chance.of(&["s--1", "s--2", "s--3"]);
        let fields = [
            (referral::household, of.map_or(Value::Null, link)),
            (referral::slip, of.map_or_else(|| text(&slip), |_| Value::Null)),
            (referral::opened_at, Value::Int(at)),
            (referral::service, text(service)),
            (referral::need, text(self.chance.of(&["logement", "famille", ""]))),
        ];
        let referral = self.make(self.files(), RecordType::Referral, &fields)?;
        let ends = [&["agreed"][..], &["agreed", "handed"], &["agreed", "handed", "accepted", "attended"]];
        let mut steps = ends[self.chance.below(3) as usize].to_vec();
        if steps.len() == 4 && self.chance.below(4) > 0 {
            steps.push(self.chance.of(&["closed_success", "closed_without_result", "reoriented"]));
        }
        for what in steps {
            at += DAY_MS + i64::from(self.chance.below(20)) * DAY_MS;
            let mut fields = vec![
                (referral_event::referral, link(referral)),
                (referral_event::what, text(what)),
                (referral_event::at, Value::Int(at)),
                (referral_event::means, text("slip")),
                (referral_event::partner, text(service)),
            ];
            if what == "attended" {
                fields.push((referral_event::first_time, text(self.chance.of(&["yes", "no"]))));
            }
            if what == "closed_success" {
                fields.push((referral_event::result, text(self.chance.of(&["enrolled", "right_opened"]))));
                fields.push((referral_event::first_time, text(self.chance.of(&["yes", "no"]))));
            }
            if ["closed_success", "closed_without_result", "reoriented"].contains(&what) {
                fields.push((referral_event::source, text(self.chance.of(&["partner_phone", "person_said"]))));
            }
            self.make(self.files(), RecordType::ReferralEvent, &fields)?;
        }
        Ok(())
    }

    fn action(&mut self, quarter: usize) -> Result<(), StoreError> {
        let fields = [
            (action::kind, text(self.chance.of(&TYPES[..3]))),
            (action::status, text(self.chance.of(&["done", "done", "cancelled"]))),
            (action::started_at, Value::Int(self.chance.moment(quarter))),
        ];
        let of = self.make(self.place(), RecordType::Action, &fields)?;
        for _ in 0..6 {
            let band = if self.chance.below(5) == 0 { "nc" } else { self.chance.of(AGE_BANDS) };
            let code = match self.chance.below(3) {
                0 => format!("need:{}", self.chance.of(&THEMES[..4])),
                _ => format!("age:{band}:{}", self.chance.of(GENDERS)),
            };
            let (record, place) = (tally_id(of, &code), self.place());
            let count = i64::from(self.chance.below(15));
            self.draft.make(
                place,
                record,
                RecordType::Tally,
                &[(tally::action, link(of)), (tally::code, text(&code))],
            )?;
            self.draft.count(place, record, RecordType::Tally, tally::count, count)?;
        }
        Ok(())
    }
}

/// Fills an office. `sizes` says how much happens in each sector in a quarter.
pub async fn fill(office: &Office, seed: u64, sizes: [u32; 3]) {
    office
        .with(move |centre| {
            centre
                .write(palier_sync_server::now_ms(), |draft| {
                    let mut maker =
                        Maker { draft, chance: Chance { state: seed, last: u128::from(seed) << 64 }, sector: SECTOR };
                    for ((number, qpv), size) in SECTORS.into_iter().zip(sizes) {
                        maker.sector = Uuid::from_u128(number);
                        let fields = [(sector::name, text(&format!("Secteur {number}"))), (sector::qpv, text(qpv))];
                        maker.draft.make(ScopeKey::Territory, maker.sector, RecordType::Sector, &fields)?;
                        let doors = maker.doors()?;
                        for quarter in 0..QUARTERS.len() {
                            maker.quarter(quarter, &doors, size)?;
                        }
                    }
                    Ok::<_, CentreError>(())
                })
                .unwrap();
        })
        .await;
}
