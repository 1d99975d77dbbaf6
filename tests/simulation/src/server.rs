//! The server: the real centre behind its real routes, on databases in memory, with a clock of the simulation. It is killed and
//! started again, its databases stop in the middle of a statement, an old copy of it comes back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::body::Body as HttpBody;
use axum::http::Request;
use palier_exchange::{NetFault, Reply};
use palier_store::Store;
use palier_sync::ScopeKey;
use palier_sync_server::copy::Lasting;
use palier_sync_server::ledger::SqliteLedger;
use palier_sync_server::registry::{PasswordPolicy, Registry};
use palier_sync_server::{Centre, Parts, Time, router};
use tokio::runtime::Runtime;
use tower::ServiceExt;
use uuid::Uuid;

use crate::act::Sizes;
use crate::database::{Database, Kind};
use crate::draw::Trace;
use crate::faults::Fault;
use crate::ledger;
use crate::programme::TERRITORY;

/// When every history begins, UTC milliseconds.
pub const BEGINNING_MS: i64 = 1_795_400_000_000;

/// The server and its clock.
pub struct Server {
    runtime: Runtime,
    time: Arc<AtomicI64>,
    state: Mutex<State>,
}

struct State {
    databases: Databases,
    ledger: Arc<Mutex<SqliteLedger>>,
    running: Option<(palier_sync_server::Shared, axum::Router)>,
    sizes: Sizes,
    fault: Option<Fault>,
    cut: Option<Cut>,
    /// Read models made so far: each has a name of its own.
    born: u32,
    trace: Trace,
    told: BTreeMap<ScopeKey, Told>,
}

/// What a scope's pulls were told (I6).
#[derive(Debug, Clone, Copy, Default)]
struct Told {
    /// The greatest sequence said to be scanned.
    scanned: u64,
    /// Changes up to there, when it was said.
    changes: u64,
}

struct Databases {
    ledger: Database,
    registry: Database,
    store: Database,
}

/// A stop in one of the server's databases.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    /// Which: ledger, registry, read model.
    pub database: u8,
    /// Steps of SQLite's machine before it.
    pub steps: u64,
    /// The process dies of it; else it goes on.
    pub killed: bool,
}

/// A copy of what a backup holds.
pub struct Copy {
    ledger: Database,
    registry: Database,
}

impl Server {
    /// An empty server.
    pub fn new(sizes: Sizes, fault: Option<Fault>) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let databases = Databases {
            ledger: Database::like(Kind::Ledger),
            registry: Database::like(Kind::Registry),
            store: Database::like(Kind::Store),
        };
        let ledger = Arc::new(Mutex::new(SqliteLedger::over(databases.ledger.open(), TERRITORY).unwrap()));
        let registry = Registry::over(databases.registry.open(), PasswordPolicy::CHEAP_FOR_TESTS).unwrap();
        for (name, value) in [
            ("server", "s"),
            ("challenge_key", &"07".repeat(32)),
            ("roster_key", &"08".repeat(32)),
            ("recovery_public", ""),
        ] {
            registry.put_setting(name, value).unwrap();
        }
        let state = State {
            databases,
            ledger,
            running: None,
            sizes,
            fault,
            cut: None,
            born: 0,
            trace: Trace::default(),
            told: BTreeMap::new(),
        };
        let server = Self { runtime, time: Arc::new(AtomicI64::new(BEGINNING_MS)), state: Mutex::new(state) };
        server.start(&mut server.state());
        server
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// The present, UTC milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.time.load(Ordering::SeqCst)
    }

    /// Lets time go by.
    pub fn wait(&self, ms: i64) {
        self.time.fetch_add(ms, Ordering::SeqCst);
    }

    /// Ends the process, if one runs, and starts one on the same databases.
    fn start(&self, state: &mut State) {
        state.running = None;
        state.ledger = Arc::new(Mutex::new(SqliteLedger::over(state.databases.ledger.open(), TERRITORY).unwrap()));
        let store = Store::over(state.databases.store.open()).unwrap();
        if store.fact::<String>("born").unwrap().is_none() {
            state.born += 1;
            store.keep_fact("born", &format!("{:032x}", state.born)).unwrap();
        }
        let time = self.time.clone();
        let parts = Parts {
            ledger: Box::new(ledger::Shared::of(&state.ledger, state.fault)),
            store,
            registry: Registry::over(state.databases.registry.open(), PasswordPolicy::CHEAP_FOR_TESTS).unwrap(),
            time: Time::told_by(move || time.load(Ordering::SeqCst)),
        };
        let mut centre = Centre::of(TERRITORY, parts).unwrap();
        centre.set_page_changes(state.sizes.page);
        centre.set_snapshot_from(state.sizes.snapshot_from);
        let shared = palier_sync_server::Shared::new(centre, &[], Vec::new(), true);
        state.running = Some((shared.clone(), router(shared)));
    }

    /// Kills the process and starts it again.
    pub fn restart(&self) {
        self.start(&mut self.state());
    }

    /// Stops a database in the middle of the next request.
    pub fn cut_next(&self, cut: Cut) {
        self.state().cut = Some(cut);
    }

    /// Nothing will be cut.
    pub fn mend(&self) {
        self.state().cut = None;
    }

    /// Does something with the centre, as a route does. Under a cut, what it does may fail; it is then done once more, as
    /// someone does who is told that it could not be.
    pub fn with<T: Send + 'static, E: std::fmt::Debug + Send + 'static>(
        &self,
        act: impl Fn(&mut Centre) -> Result<T, E> + Clone + Send + 'static,
    ) -> T {
        let mut state = self.state();
        if let Some(cut) = state.cut.take() {
            self.arm(&state, cut.database, cut.steps);
            let _ = self.centre(&state, act.clone());
            self.arm(&state, cut.database, 0);
            if cut.killed {
                self.start(&mut state);
            }
        }
        self.centre(&state, act).unwrap()
    }

    /// Does something with the centre whatever is to be cut.
    pub fn ask<T: Send + 'static, E: std::fmt::Debug + Send + 'static>(
        &self,
        act: impl FnOnce(&mut Centre) -> Result<T, E> + Send + 'static,
    ) -> T {
        self.centre(&self.state(), act).unwrap()
    }

    fn centre<T: Send + 'static>(&self, state: &State, act: impl FnOnce(&mut Centre) -> T + Send + 'static) -> T {
        let (shared, _) = state.running.as_ref().unwrap();
        self.runtime.block_on(shared.with(act)).unwrap()
    }

    fn arm(&self, state: &State, database: u8, steps: u64) {
        match database {
            0 => state.ledger.lock().unwrap().cut_after(steps).unwrap(),
            1 => self.centre(state, move |centre| centre.registry.cut_after(steps)).unwrap(),
            _ => self.centre(state, move |centre| centre.store.cut_after(steps)).unwrap(),
        }
    }

    /// Posts a request as it arrives. The server may die of it: then nothing comes back.
    pub fn post(&self, path: &str, headers: &[(String, String)], body: &[u8]) -> Result<Reply, NetFault> {
        let mut state = self.state();
        let cut = state.cut.take();
        if let Some(cut) = cut {
            self.arm(&state, cut.database, cut.steps);
        }
        let mut request = Request::post(path);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let (_, router) = state.running.as_ref().unwrap();
        let router = router.clone();
        let reply = self.runtime.block_on(async {
            let answer = router.oneshot(request.body(HttpBody::from(body.to_vec())).unwrap()).await.unwrap();
            let status = answer.status().as_u16();
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec();
            Reply { status, body }
        });
        state.trace.add(&reply.status.to_le_bytes());
        state.trace.add(&reply.body);
        if let Some(cut) = cut {
            self.arm(&state, cut.database, 0);
            if cut.killed {
                self.start(&mut state);
                return Err(NetFault::Unreachable);
            }
        }
        Ok(reply)
    }

    /// Copies what a backup holds.
    pub fn backup(&self) -> Copy {
        let state = self.state();
        Copy { ledger: state.databases.ledger.copy(), registry: state.databases.registry.copy() }
    }

    /// Puts a copy in place of the server: only the list of what was erased and revoked outlives what was there. The read
    /// model is made again.
    pub fn restore(&self, copy: &Copy) {
        let mut state = self.state();
        let lasting = self.centre(&state, |centre| centre.lasting()).unwrap();
        state.running = None;
        state.cut = None;
        state.told.clear();
        state.databases = Databases {
            ledger: copy.ledger.copy(),
            registry: copy.registry.copy(),
            store: Database::like(Kind::Store),
        };
        self.start(&mut state);
        let now = self.now_ms();
        let forgets = state.fault == Some(Fault::RestoreForgetsErasures);
        let lasting = if forgets { Lasting { erased: Vec::new(), ..lasting } } else { lasting };
        self.centre(&state, move |centre| centre.settle(&lasting, now)).unwrap();
    }

    /// Compacts what came so long ago. Digests stay (I13); what a cursor has passed is counted anew.
    pub fn compact(&self, keep_ms: i64) {
        let now = self.now_ms();
        let before = self.ask(|centre| centre.digests());
        self.with(move |centre| centre.compact(keep_ms, now, &mut |_| ()));
        assert_eq!(self.ask(|centre| centre.digests()), before, "I13: a compaction changes nobody's state");
        let mut state = self.state();
        let State { databases, told, .. } = &mut *state;
        for (scope, told) in told.iter_mut() {
            told.changes = count(&databases.ledger, scope, told.scanned);
        }
    }

    /// Notes that a pull was told that a scope is scanned up to here (I6).
    pub fn note_scanned(&self, scope: ScopeKey, scanned: u64) {
        let mut state = self.state();
        let known = state.told.get(&scope).copied().unwrap_or_default();
        if scanned > known.scanned {
            let changes = count(&state.databases.ledger, &scope, scanned);
            state.told.insert(scope, Told { scanned, changes });
        }
    }

    /// I6: what was said to be scanned has all it will ever have.
    pub fn check_cursors(&self) {
        let state = self.state();
        for (scope, told) in &state.told {
            let now = count(&state.databases.ledger, scope, told.scanned);
            assert_eq!(now, told.changes, "I6: a change came before a cursor of {scope}");
        }
    }

    /// Looks into the databases: ledger, then read model.
    pub fn look<T>(&self, look: impl FnOnce(&Database, &Database) -> T) -> T {
        let state = self.state();
        look(&state.databases.ledger, &state.databases.store)
    }

    /// Records that the ledger knows as erased.
    pub fn erased(&self) -> BTreeSet<Uuid> {
        self.look(|ledger, _| {
            let mut statement = ledger.look().prepare("SELECT record FROM home WHERE erased = 1").unwrap();
            let records = statement.query_map([], |row| row.get(0)).unwrap();
            records.collect::<Result<_, _>>().unwrap()
        })
    }

    /// Adds to what two runs of a seed must have in common.
    pub fn trace(&self, bytes: &[u8]) {
        self.state().trace.add(bytes);
    }

    /// The sum of what happened.
    pub fn traced(&self) -> Trace {
        self.state().trace
    }
}

fn count(ledger: &Database, scope: &ScopeKey, up_to: u64) -> u64 {
    let mut statement = ledger
        .look()
        .prepare_cached("SELECT count(*) FROM change WHERE territory = ?1 AND scope = ?2 AND seq <= ?3")
        .unwrap();
    let up_to = i64::try_from(up_to).unwrap_or(i64::MAX);
    let count: i64 = statement.query_row((TERRITORY, scope.to_string(), up_to), |row| row.get(0)).unwrap();
    count.unsigned_abs()
}
