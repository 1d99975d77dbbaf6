//! The list of the console's commands, written once, each with the action it asks for: the router and the
//! generated TypeScript read it here.

use serde_json::Value;
use ts_rs::TS;

use super::api::*;
use super::call::Call;
use super::{
    ConsoleError, accounts, coverage, dashboard, decision, duplicates, figures, import, points, programme, releases,
    same_visit, server_state, slips, tablets,
};
use crate::authorise::Action;

/// Declares the commands: `name(Request) -> Answer, Action, handler`. A missing handler or a missing action does not compile.
macro_rules! commands {
    ($($(#[doc = $doc:literal])* $name:ident($request:ty) -> $answer:ty, $action:ident, $handler:path;)*) => {
        /// Every command with the action it asks for, in the order of the table.
        pub const COMMANDS: &[(&str, Action)] = &[$((stringify!($name), Action::$action)),*];

        /// Answers one command by name. The action was checked before.
        pub(super) fn dispatch(call: &mut Call<'_>, name: &str, request: Value) -> Result<Value, ConsoleError> {
            match name {
                $(stringify!($name) => {
                    let request: $request = serde_json::from_value(request).map_err(ConsoleError::bad_request)?;
                    let answer: $answer = $handler(call, request)?;
                    serde_json::to_value(answer).map_err(ConsoleError::bad_request)
                })*
                _ => Err(ConsoleError::new(ErrorCode::NotFound, name)),
            }
        }

        /// The TypeScript of every request and answer, and the map from a command's name to both.
        ///
        /// # Errors
        /// When a type cannot be written below `folder`.
        pub fn write_typescript(folder: &std::path::Path) -> Result<(), ts_rs::ExportError> {
            use std::io::Write;
            let config = ts_rs::Config::default().with_out_dir(folder);
            $(<$request as TS>::export_all(&config)?; <$answer as TS>::export_all(&config)?;)*
            <ConsoleError as TS>::export_all(&config)?;
            <StagedFile as TS>::export_all(&config)?;
            let mut text = std::fs::OpenOptions::new().append(true).open(folder.join("console.ts"))?;
            writeln!(text, "\n/** Every command: its request and its answer. */\nexport type Commands = {{")?;
            $(
                writeln!(text, "  /** {} */", concat!($($doc),*).trim())?;
                writeln!(text, "  {}: {{ request: {}, answer: {} }},", stringify!($name), <$request as TS>::name(&config), <$answer as TS>::name(&config))?;
            )*
            writeln!(text, "}};")?;
            Ok(())
        }
    };
}

/// The command that opens a session.
pub(super) const SIGN_IN: &str = "sign_in";

commands! {
    /// What to show first; needs no session.
    console_state(Nothing) -> ConsoleState, Account, accounts::console_state;
    /// Makes the first account and opens its session; refused once there is one.
    create_first_account(NewAccount) -> ConsoleState, Account, accounts::create_first_account;
    /// Opens a session.
    sign_in(SignIn) -> ConsoleState, Account, accounts::sign_in;
    /// Ends the session.
    sign_out(Nothing) -> ConsoleState, Account, accounts::sign_out;
    /// Changes the password; every other session of the account ends.
    change_password(ChangePassword) -> ConsoleState, Console, accounts::change_password;
    /// Makes another account.
    create_account(NewAccount) -> Done, Console, accounts::create_account;
    /// What the code of a slip opens; needs no session.
    slip(SlipRequest) -> SlipView, Account, slips::slip;
    /// What a partner answers to a slip; needs no session.
    answer_slip(AnswerSlip) -> SlipView, Account, slips::answer_slip;
    /// The first screen.
    dashboard(DashboardRequest) -> Dashboard, Console, dashboard::dashboard;
    /// Coverage per building and stair.
    coverage(CoverageRequest) -> Coverage, Console, coverage::coverage;
    /// A page of visits.
    visits(VisitsRequest) -> VisitPage, Console, coverage::visits;
    /// Says whether a building is in the QPV that was to be confirmed.
    settle_qpv(SettleQpv) -> Done, Console, coverage::settle_qpv;
    /// The figures of the contrat de ville over a period.
    figures(FiguresRequest) -> Figures, Console, figures::figures;
    /// What left the structure, and what may.
    releases(Nothing) -> Releases, Console, releases::releases;
    /// What a release would hide; nothing is kept.
    try_release(ReleaseRequest) -> ReleaseTrial, Console, releases::try_release;
    /// Freezes and numbers the figures of a period, once.
    make_release(ReleaseRequest) -> Releases, Console, releases::make_release;
    /// A file of a release.
    release_file(ReleaseFileRequest) -> FileAnswer, Console, releases::release_file;
    /// What waits for a decision, and what was decided.
    points(Nothing) -> Points, Console, points::points;
    /// Keeps one value, or all of them.
    settle_point(SettlePoint) -> Points, Console, points::settle_point;
    /// Makes one visit of two, or says that they are two.
    settle_visits(SettleVisits) -> Points, Console, same_visit::settle_visits;
    /// Undoes a decision.
    undo_decision(UndoDecision) -> Points, Console, decision::undo_decision;
    /// Files and people that may have been written down twice, and what was decided of them.
    duplicates(Nothing) -> Duplicates, Console, duplicates::duplicates;
    /// Says of two files, or of two people, whether they are one.
    settle_duplicate(SettleDuplicate) -> Duplicates, Console, duplicates::settle_duplicate;
    /// What an import starts from, and past imports.
    import_form(Nothing) -> ImportForm, Console, import::import_form;
    /// Dry run of the staged files: nothing is written.
    import_plan(ImportRequest) -> ImportReport, Console, import::import_plan;
    /// Writes what the dry run showed.
    import_accept(ImportAccept) -> ImportForm, Console, import::import_accept;
    /// Structures, people, sectors, local numbers.
    programme(Nothing) -> Programme, Console, programme::programme;
    /// Makes or changes a structure.
    save_structure(SaveStructure) -> Programme, Console, programme::save_structure;
    /// Makes or changes a sector.
    save_sector(SaveSector) -> Programme, Console, programme::save_sector;
    /// Makes or changes a person at work.
    save_person(SavePerson) -> Programme, Console, programme::save_person;
    /// Makes, changes or takes away a local emergency number.
    save_number(SaveNumber) -> Programme, Console, programme::save_number;
    /// Tablets, and who can be enrolled.
    tablets(Nothing) -> Tablets, Console, tablets::tablets;
    /// Makes a one-time code.
    enrol(EnrolRequest) -> EnrolCode, Console, tablets::enrol;
    /// Whether a code was used.
    enrol_state(EnrolLookup) -> EnrolState, Console, tablets::enrol_state;
    /// Suspends, revokes, declares lost, or puts back in use.
    set_tablet(SetTablet) -> Tablets, Console, tablets::set_tablet;
    /// Version, backup, health.
    server_state(Nothing) -> ServerState, Console, server_state::server_state;
}
