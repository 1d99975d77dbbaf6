//! Household files: opened with an agreement, read without the veil, a name only while an agreement allows it.

use palier_domain::agreement::{AgreementStatus, PURPOSES, RECONTACT, RECORD_NOMINATIVE, VERBATIM_QUOTE};
use palier_domain::{calendar, codes};
use palier_store::read::household::{HouseholdFile, PersonFile};
use palier_store::{Draft, Store, StoreError, agreement_id};
use palier_sync::catalogue::{agreement as a, household as h, information as i, person as p};
use palier_sync::{FieldState, RecordState, RecordType, ScopeKey, Value, resolve};
use uuid::Uuid;

use crate::App;
use crate::act::{act, id, new_id};
use crate::api::*;
use crate::app::lock;
use crate::place::{door_title, sector_of};
use crate::referral::{revoke_all, still_out, take_back};
use crate::session::Open;
use crate::visit::check_codes;

/// Longest note of a household, in characters.
const NOTE_CHARS_MAX: usize = 2_000;
/// Longest name, in characters.
const NAME_CHARS_MAX: usize = 80;
/// Longest phone number, in characters.
const PHONE_CHARS_MAX: usize = 24;
/// A year of birth before this is a typing error.
const BIRTH_YEAR_MIN: u16 = 1900;
/// More people than this in a household is a typing error.
const PEOPLE_MAX: u8 = 30;
/// Most languages noted for a household.
const LANGUAGES_MAX: usize = 8;

impl App {
    pub(crate) fn open_household(&self, request: OpenHousehold) -> Result<HouseholdSheet, CommandError> {
        check_language(&request.language)?;
        check_codes(std::slice::from_ref(&request.mode), codes::AGREEMENT_MODES, "mode")?;
        if !request.by_name && !request.recontact {
            return Err(CommandError::new(ErrorCode::AgreementNeeded, RECONTACT));
        }
        let open = self.unveiled()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let row = store.door(id(&request.door)?)?.ok_or_else(CommandError::not_found)?;
        let scope = open.files_in(sector_of(&store, row.stair)?);
        let written = store.write(now, |draft| {
            let household = new_id();
            let fields = [(h::door, Value::text(&row.id.to_string())), (h::opened_at, Value::Int(now))];
            draft.make_undoable(scope, household, RecordType::Household, &fields, h::cancelled)?;
            inform(draft, scope, household, &request.language, &request.mode)?;
            for (purpose, given) in [(RECORD_NOMINATIVE, request.by_name), (RECONTACT, request.recontact)] {
                if given {
                    agree(draft, scope, household, purpose, AgreementStatus::Granted, &request.mode)?;
                }
            }
            draft.act(act("household", "", Some(row.id), Some(row.stair), 1));
            Ok::<_, CommandError>(household)
        })?;
        let sheet = sheet(&open, &store, written.answer, now)?;
        drop(store);
        self.wrote(&["households", "places"]);
        Ok(sheet)
    }

    pub(crate) fn household(&self, request: HouseholdRequest) -> Result<HouseholdSheet, CommandError> {
        let open = self.unveiled()?;
        let store = lock(&open.store);
        sheet(&open, &store, id(&request.household)?, self.now_ms(&store)?)
    }

    pub(crate) fn edit_household(&self, request: EditHousehold) -> Result<HouseholdSheet, CommandError> {
        check_household(&request)?;
        self.with_file(&request.household, |draft, file| {
            let mut put = |field, value| put(draft, RecordType::Household, &file.members, field, &value);
            for (field, count) in
                request.ages.iter().flatten().filter_map(|one| Some((band_field(&one.band)?, one.count)))
            {
                put(field, Value::Int(i64::from(count)))?;
            }
            if let Some(last) = &request.last_contact {
                put(h::last_contact, if last.is_empty() { Value::Null } else { Value::text(last) })?;
            }
            if let Some(note) = &request.note {
                put(h::note, Value::text(note.trim()))?;
            }
            let sets = [
                (h::languages, &request.languages),
                (h::access_needs, &request.access_needs),
                (h::needs, &request.needs),
                (h::known_by, &request.known_by),
            ];
            for (field, wanted) in sets {
                if let Some(wanted) = wanted {
                    put_elements(draft, &file.members, field, wanted)?;
                }
            }
            let kind = if request.note.is_some() { "note" } else { "household" };
            draft.act(act(kind, "", Some(file.door), None, 1));
            Ok(())
        })
    }

    pub(crate) fn edit_person(&self, request: EditPerson) -> Result<HouseholdSheet, CommandError> {
        check_person(&request)?;
        self.with_file(&request.household, |draft, file| {
            if !file.allows(RECORD_NOMINATIVE) {
                return Err(CommandError::new(ErrorCode::AgreementNeeded, RECORD_NOMINATIVE));
            }
            let scope = file.state.scope;
            let members = if request.person.is_empty() {
                vec![(make_person(draft, scope, file.id)?, RecordState::new(scope, RecordType::Person.number()))]
            } else {
                let person = id(&request.person)?;
                let known = file.people.iter().find(|one| one.members.iter().any(|(id, _)| *id == person));
                known.ok_or_else(CommandError::not_found)?.members.clone()
            };
            let texts = [
                (p::given_name, &request.given_name),
                (p::family_name, &request.family_name),
                (p::phone, &request.phone),
            ];
            for (field, text) in texts {
                if let Some(text) = text {
                    put(draft, RecordType::Person, &members, field, &Value::text(text.trim()))?;
                }
            }
            if let Some(year) = request.birth_year {
                let value = if year == 0 { Value::Null } else { Value::Int(i64::from(year)) };
                put(draft, RecordType::Person, &members, p::birth_year, &value)?;
            }
            draft.act(act("person", "", Some(file.door), None, 1));
            Ok(())
        })
    }

    pub(crate) fn set_agreement(&self, request: SetAgreement) -> Result<HouseholdSheet, CommandError> {
        check_codes(std::slice::from_ref(&request.mode), codes::AGREEMENT_MODES, "mode")?;
        check_codes(std::slice::from_ref(&request.purpose), PURPOSES, "purpose")?;
        check_codes(
            std::slice::from_ref(&request.status),
            &["granted", "restricted", "refused", "withdrawn"],
            "status",
        )?;
        let status = AgreementStatus::from_code(&request.status);
        let open = self.unveiled()?;
        let household = id(&request.household)?;
        let (people, answers, said, out, tasks) = {
            let store = lock(&open.store);
            let tasks: Vec<_> = store.tasks_of(household)?.into_iter().map(|task| task.id).collect();
            let said: Vec<_> = store.verbatims_of(household)?.into_iter().map(|said| said.id).collect();
            (store.persons_of(household)?, store.answers_of(household)?, said, still_out(&store, household)?, tasks)
        };
        self.with_file(&request.household, |draft, file| {
            agree_all(draft, file, &request.purpose, status, &request.mode)?;
            let mut act = act("agreement", status.code(), Some(file.door), None, 1);
            if request.purpose == RECORD_NOMINATIVE && !status.allows() {
                // Final by nature (decisions.md 3): names, phones and what was answered about rights leave every copy, and
                // undo does not bring them back.
                act.undoable = false;
                erase(draft, RecordType::Person, &people)?;
                erase(draft, RecordType::Answer, &answers)?;
            }
            if request.purpose == VERBATIM_QUOTE && !status.allows() && !said.is_empty() {
                act.undoable = false;
                erase(draft, RecordType::Verbatim, &said)?;
            }
            if [RECORD_NOMINATIVE, RECONTACT].contains(&request.purpose.as_str()) && !status.allows() {
                let now = draft.now_ms();
                revoke_all(draft, &out, now)?;
                take_back(draft, &tasks)?;
            }
            draft.act(act);
            Ok(())
        })
    }

    pub(crate) fn with_file(
        &self,
        household: &str,
        change: impl FnOnce(&mut Draft<'_>, &HouseholdFile) -> Result<(), CommandError>,
    ) -> Result<HouseholdSheet, CommandError> {
        let open = self.unveiled()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let file = store.household(id(household)?)?.ok_or_else(CommandError::not_found)?;
        store.write(now, |draft| change(draft, &file))?;
        let sheet = sheet(&open, &store, file.id, now)?;
        drop(store);
        self.wrote(&["households", "places"]);
        Ok(sheet)
    }
}

/// Information was given: a record of its own, that nothing changes (decisions.md 3).
fn inform(
    draft: &mut Draft<'_>,
    scope: ScopeKey,
    household: Uuid,
    language: &str,
    mode: &str,
) -> Result<(), CommandError> {
    let fields = [
        (i::household, Value::text(&household.to_string())),
        (i::language, Value::text(language)),
        (i::mode, Value::text(mode)),
        (i::at, Value::Int(draft.now_ms())),
    ];
    draft.make(scope, new_id(), RecordType::Information, &fields)?;
    Ok(())
}

fn agree(
    draft: &mut Draft<'_>,
    scope: ScopeKey,
    household: Uuid,
    purpose: &str,
    status: AgreementStatus,
    mode: &str,
) -> Result<(), CommandError> {
    let record = agreement_id(household, purpose);
    let kind = RecordType::Agreement;
    let now = draft.now_ms();
    let fields = [(a::household, Value::text(&household.to_string())), (a::purpose, Value::text(purpose))];
    draft.make(scope, record, kind, &fields)?;
    draft.set_undoable(scope, record, kind, a::status, Value::text(status.code()))?;
    draft.set(scope, record, kind, &[(a::mode, Value::text(mode)), (a::at, Value::Int(now))])?;
    Ok(())
}

/// What one of the files that stand together refuses, all refuse: each says the same from now on.
fn agree_all(
    draft: &mut Draft<'_>,
    file: &HouseholdFile,
    purpose: &str,
    status: AgreementStatus,
    mode: &str,
) -> Result<(), CommandError> {
    for (member, state) in &file.members {
        agree(draft, state.scope, *member, purpose, status, mode)?;
    }
    Ok(())
}

/// The person agrees that their words are kept; an agreement that stands already is left as it is.
pub(crate) fn agree_to_words(draft: &mut Draft<'_>, file: &HouseholdFile) -> Result<(), CommandError> {
    if file.allows(VERBATIM_QUOTE) {
        return Ok(());
    }
    agree_all(draft, file, VERBATIM_QUOTE, AgreementStatus::Granted, "oral")
}

fn make_person(draft: &mut Draft<'_>, scope: ScopeKey, household: Uuid) -> Result<Uuid, CommandError> {
    let person = new_id();
    let fields = [(p::household, Value::text(&household.to_string()))];
    draft.make_undoable(scope, person, RecordType::Person, &fields, p::cancelled)?;
    Ok(person)
}

/// Writes a value where it is read from: in the first of the records that stand together, and in the others that have one.
fn put(
    draft: &mut Draft<'_>,
    kind: RecordType,
    members: &[(Uuid, RecordState)],
    field: u16,
    value: &Value,
) -> Result<(), StoreError> {
    for (rank, (member, state)) in members.iter().enumerate() {
        if rank == 0 || !state.field(field).heads.is_empty() {
            draft.set_undoable(state.scope, *member, kind, field, value.clone())?;
        }
    }
    Ok(())
}

/// The same for a set: what is not wanted any more leaves each of the files that stand together.
fn put_elements(
    draft: &mut Draft<'_>,
    members: &[(Uuid, RecordState)],
    field: u16,
    wanted: &[String],
) -> Result<(), StoreError> {
    for (rank, (member, state)) in members.iter().enumerate() {
        let mut kept = wanted.to_vec();
        if rank > 0 {
            let theirs = resolve::elements(state.field(field));
            kept.retain(|element| theirs.contains(element));
        }
        draft.set_elements_undoable(state.scope, *member, RecordType::Household, field, &kept)?;
    }
    Ok(())
}

/// Erases records, each where it lives.
fn erase(draft: &mut Draft<'_>, kind: RecordType, records: &[Uuid]) -> Result<(), StoreError> {
    for record in records {
        if let Some(state) = draft.state(*record)? {
            draft.erase(state.scope, *record, kind)?;
        }
    }
    Ok(())
}

fn check_language(code: &str) -> Result<(), CommandError> {
    let fits = (2..=8).contains(&code.len()) && code.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    if fits { Ok(()) } else { Err(CommandError::field("language")) }
}

fn check_household(request: &EditHousehold) -> Result<(), CommandError> {
    if request.ages.iter().flatten().any(|one| one.count > PEOPLE_MAX || band_field(&one.band).is_none()) {
        return Err(CommandError::field("ages"));
    }
    check_codes(request.known_by.as_deref().unwrap_or_default(), codes::KNOWN_BY, "known_by")?;
    if request.known_by.as_ref().is_some_and(|known| known.len() > 1 && known.iter().any(|code| code == "none")) {
        return Err(CommandError::field("known_by"));
    }
    let last = request.last_contact.iter().filter(|last| !last.is_empty()).cloned().collect::<Vec<_>>();
    check_codes(&last, codes::LAST_CONTACTS, "last_contact")?;
    if request.note.as_ref().is_some_and(|note| note.chars().count() > NOTE_CHARS_MAX) {
        return Err(CommandError::field("note"));
    }
    for language in request.languages.iter().flatten() {
        check_language(language).map_err(|_| CommandError::field("languages"))?;
    }
    if request.languages.as_ref().is_some_and(|languages| languages.len() > LANGUAGES_MAX) {
        return Err(CommandError::field("languages"));
    }
    check_codes(request.access_needs.as_deref().unwrap_or_default(), codes::ACCESS_NEEDS, "access_needs")?;
    check_codes(request.needs.as_deref().unwrap_or_default(), codes::THEMES, "needs")
}

fn check_person(request: &EditPerson) -> Result<(), CommandError> {
    let too_long = |text: &Option<String>, max: usize| text.as_ref().is_some_and(|t| t.chars().count() > max);
    if too_long(&request.given_name, NAME_CHARS_MAX) {
        return Err(CommandError::field("given_name"));
    }
    if too_long(&request.family_name, NAME_CHARS_MAX) {
        return Err(CommandError::field("family_name"));
    }
    let phone_like = |text: &str| text.chars().all(|c| c.is_ascii_digit() || "+ .-()/".contains(c));
    if too_long(&request.phone, PHONE_CHARS_MAX) || request.phone.as_deref().is_some_and(|phone| !phone_like(phone)) {
        return Err(CommandError::field("phone"));
    }
    let year_max = 2_200;
    if request.birth_year.is_some_and(|year| year != 0 && !(BIRTH_YEAR_MIN..=year_max).contains(&year)) {
        return Err(CommandError::field("birth_year"));
    }
    Ok(())
}

fn sheet(open: &Open, store: &Store, household: Uuid, now: i64) -> Result<HouseholdSheet, CommandError> {
    let file = store.household(household)?.ok_or_else(CommandError::not_found)?;
    let who = who(open, store)?;
    let set = |field: u16| resolve::elements(file.state.field(field));
    Ok(HouseholdSheet {
        diagnoses: crate::diagnosis::lines(store, file.id)?,
        referrals: crate::referral::lines(store, file.id, now)?,
        tasks: crate::referral::task_lines(store, file.id)?,
        id: file.id.to_string(),
        door: file.door.to_string(),
        place_name: door_title(store, file.door)?,
        ages: ages(&file.state),
        languages: set(h::languages),
        access_needs: set(h::access_needs),
        needs: set(h::needs),
        known_by: set(h::known_by),
        last_contact: resolve::text(&file.state, h::last_contact),
        verbatims: crate::heard::lines(store, file.id, &who)?,
        note: kept(file.state.field(h::note), &who),
        people: file
            .people
            .iter()
            .map(|PersonFile { id, state, .. }| PersonSheet {
                id: id.to_string(),
                given_name: kept(state.field(p::given_name), &who),
                family_name: kept(state.field(p::family_name), &who),
                phone: kept(state.field(p::phone), &who),
                birth_year: resolve::int(state, p::birth_year).and_then(|year| u16::try_from(year).ok()).unwrap_or(0),
            })
            .collect(),
        agreements: file
            .agreements
            .iter()
            .map(|(purpose, status, at)| AgreementLine {
                purpose: purpose.clone(),
                status: status.clone(),
                at: (*at > 0).then(|| calendar::rfc3339(*at)),
            })
            .collect(),
    })
}

/// The field of an age band: they are numbered in the order of [`codes::AGE_BANDS`].
fn band_field(band: &str) -> Option<u16> {
    let place = codes::AGE_BANDS.iter().position(|known| *known == band)?;
    h::ages_under_12.checked_add(u16::try_from(place).ok()?)
}

fn ages(state: &RecordState) -> Vec<AgeCount> {
    let count = |band: &str| {
        let field = state.field(band_field(band)?);
        resolve::latest(field).and_then(|head| u8::try_from(head.value.as_int()?).ok())
    };
    codes::AGE_BANDS
        .iter()
        .filter_map(|band| Some(AgeCount { band: (*band).to_owned(), count: count(band).filter(|count| *count > 0)? }))
        .collect()
}

/// The first name of who writes with a replica; empty when not known here.
pub(crate) fn who(open: &Open, store: &Store) -> Result<impl Fn(u32) -> String + use<>, CommandError> {
    let people = store.profiles()?;
    let (own, name) = (open.replica(), open.identity.enrolled.display_name.clone());
    Ok(move |replica: u32| {
        let author = people.iter().find(|person| person.replicas.contains(&replica));
        match author {
            Some(person) => person.display_name.clone(),
            None if replica == own => name.clone(),
            None => String::new(),
        }
    })
}

/// The shown value, and the others that wait for someone to decide.
pub(crate) fn kept(field: &FieldState, who: &impl Fn(u32) -> String) -> KeptText {
    let value = resolve::latest(field).map(|head| head.value.as_text().to_owned()).unwrap_or_default();
    let others = resolve::others(field)
        .into_iter()
        .map(|head| OtherValue {
            value: head.value.as_text().to_owned(),
            author: who(head.id.dot.replica),
            at: calendar::rfc3339(head.stamp.utc_ms()),
        })
        .collect();
    KeptText { value, others }
}
