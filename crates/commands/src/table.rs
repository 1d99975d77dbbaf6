//! The list of commands, written once: every host and the generated TypeScript read it here.

use serde_json::Value;
use ts_rs::TS;

use crate::App;
use crate::api::*;

/// Declares the commands: `name(Request) -> Answer`, each a method of [`App`] of the same name, so that a missing handler does not compile.
macro_rules! commands {
    ($($(#[doc = $doc:literal])* $name:ident($request:ty) -> $answer:ty;)*) => {
        /// Names of all commands, in the order of the table.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        /// Answers one command by name.
        pub(crate) fn dispatch(app: &App, name: &str, request: Value) -> Result<Value, CommandError> {
            match name {
                $(stringify!($name) => {
                    let request: $request = serde_json::from_value(request).map_err(CommandError::bad_request)?;
                    let answer: $answer = app.$name(request)?;
                    serde_json::to_value(answer).map_err(CommandError::bad_request)
                })*
                _ => Err(CommandError::new(ErrorCode::BadRequest, name)),
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
            <CommandError as TS>::export_all(&config)?;
            <Changed as TS>::export_all(&config)?;
            let file = folder.join("field.ts");
            let mut text = std::fs::OpenOptions::new().append(true).open(file)?;
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

commands! {
    /// What to show first; works while locked.
    app_state(Nothing) -> AppState;
    /// Spends an enrolment code; works while locked and needs the network.
    enrol(EnrolRequest) -> EnrolDraft;
    /// Chooses the PIN of the profile just enrolled and opens it.
    choose_pin(ChoosePin) -> AppState;
    /// Opens a profile; works while locked.
    unlock(UnlockRequest) -> UnlockAnswer;
    /// Closes the open profile at once.
    lock(Nothing) -> AppState;
    /// The person touched the screen: pushes back the veil and the lock. Cheap; at most one call every 10 s.
    touch(Nothing) -> AppState;
    /// Hides names and notes now.
    veil(Nothing) -> AppState;
    /// Lifts the veil.
    unveil(UnveilRequest) -> UnlockAnswer;
    /// Changes the PIN.
    change_pin(ChangePin) -> UnlockAnswer;
    /// Saves the display settings.
    save_settings(Settings) -> AppState;
    /// Emergency numbers of the territory, besides the national ones.
    local_numbers(Nothing) -> LocalNumbers;
    /// The home screen.
    my_day(Nothing) -> MyDay;
    /// Starts an outing.
    start_outing(StartOuting) -> OutingCard;
    /// Ends the open outing; proposes its hours.
    end_outing(Nothing) -> OutingLine;
    /// Moves the planned return.
    set_return(SetReturn) -> OutingCard;
    /// Corrects the hours of an outing by hand.
    correct_hours(CorrectHours) -> OutingLine;
    /// Buildings of the tablet's sectors, each with its stairs.
    buildings(Nothing) -> Buildings;
    /// The door grid of a stair.
    stair_plan(StairRequest) -> StairPlan;
    /// Says that one takes a stair today, or gives it back.
    take_stair(TakeStair) -> StairPlan;
    /// Makes a stair that is in no list, with its doors.
    create_stair(CreateStair) -> StairPlan;
    /// Adds one door.
    create_door(CreateDoor) -> DoorCell;
    /// Changes a building's access line.
    edit_building(EditBuilding) -> Done;
    /// The sheet of a door.
    door(DoorRequest) -> DoorSheet;
    /// Records a passage at a door.
    record_visit(RecordVisit) -> Recorded;
    /// Records the same outcome at every door of a floor that is still to do.
    record_floor(RecordFloor) -> Recorded;
    /// Changes a passage: outcome, slot, flags, note, needs.
    amend_visit(AmendVisit) -> Recorded;
    /// Opens a household file with the agreements given.
    open_household(OpenHousehold) -> HouseholdSheet;
    /// Reads a household file.
    household(HouseholdRequest) -> HouseholdSheet;
    /// Changes a household file.
    edit_household(EditHousehold) -> HouseholdSheet;
    /// Starts a diagnosis of rights at a door, or goes on with the one under way there.
    start_diagnosis(StartDiagnosis) -> DiagnosisView;
    /// Reads a diagnosis, with the next question or one answered before.
    diagnosis(DiagnosisRequest) -> DiagnosisView;
    /// Answers a question; the next one comes back.
    answer_question(AnswerQuestion) -> DiagnosisView;
    /// Goes on after the eight questions.
    continue_diagnosis(DiagnosisRequest) -> DiagnosisView;
    /// Closes a diagnosis: what it told is kept as it was told.
    close_diagnosis(DiagnosisRequest) -> DiagnosisView;
    /// Reads a right of a diagnosis.
    right(RightRequest) -> RightSheet;
    /// Says why a right was not taken up, that it is received, or what became of it.
    say_of_right(SayOfRight) -> RightSheet;
    /// Services that answer a need, near a door.
    services(ServicesRequest) -> ServicesView;
    /// All that is known of a service.
    service(ServiceRequest) -> ServiceSheet;
    /// Says what was found of a service: verified, closed for some days.
    say_of_service(SayOfService) -> ServiceSheet;
    /// A time to be at a service, as a calendar file.
    service_calendar(CalendarRequest) -> CalendarFile;
    /// Hands a person on to a service, with what they agree to tell it.
    refer(Refer) -> ReferralSheet;
    /// Reads a referral.
    referral(ReferralRequest) -> ReferralSheet;
    /// Says what happened to a referral.
    say_of_referral(SayOfReferral) -> ReferralSheet;
    /// What the day asks for.
    todo(Nothing) -> Todo;
    /// Says what became of something to do.
    settle_todo(SettleTodo) -> Todo;
    /// Plans a visit or a call at a household.
    plan_task(PlanTask) -> HouseholdSheet;
    /// Adds or changes a person of the household.
    edit_person(EditPerson) -> HouseholdSheet;
    /// Records an agreement, a refusal or a withdrawal.
    set_agreement(SetAgreement) -> HouseholdSheet;
    /// What was printed last, to begin with.
    paper_form(Nothing) -> PaperForm;
    /// Prints the slip of a referral.
    print_slip(PrintSlip) -> Printed;
    /// Prints the notice of a visit.
    print_notice(PrintNotice) -> Printed;
    /// Actions away from the doors.
    actions(Nothing) -> ActionsView;
    /// Reads an action with its counts.
    action(ActionSheetRequest) -> ActionSheet;
    /// Starts an action.
    start_action(StartAction) -> ActionSheet;
    /// Counts one more, or one less.
    count(CountRequest) -> ActionSheet;
    /// Ends an action, or says that it did not take place.
    end_action(EndAction) -> ActionSheet;
    /// What who holds a slip said of their trust.
    trust(TrustRequest) -> TrustView;
    /// Keeps an answer about trust.
    say_of_trust(SayOfTrust) -> TrustView;
    /// Keeps what someone said, in their words.
    say_verbatim(SayVerbatim) -> VerbatimKept;
    /// Finds households and places.
    search(SearchRequest) -> SearchAnswer;
    /// The last 50 actions.
    journal(Nothing) -> JournalAnswer;
    /// Undoes an action, also after a sync.
    undo(ActionRequest) -> JournalAnswer;
    /// Does an undone action again.
    redo(ActionRequest) -> JournalAnswer;
    /// What the pill says.
    sync_status(Nothing) -> SyncStatus;
    /// Sends and fetches now; answers when done or given up.
    sync_now(Nothing) -> SyncStatus;
    /// What could be given to another tablet now.
    bundle_state(Nothing) -> BundleState;
    /// Makes a bundle for the other tablets of the structure.
    give_bundle(Nothing) -> BundleGiven;
    /// Takes in a bundle of another tablet.
    receive_bundle(ReceiveBundle) -> BundleReceived;
}
