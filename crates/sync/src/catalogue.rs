//! The record catalogue: every type and field that is synced, with its number, class and privacy group.
//!
//! Numbers are never reused and their meaning never changes (sync.md §4.5): an older tablet keeps and relays what it
//! does not know. Adding a type is the recipe `docs/recipes/add-a-record-type.md`. This table must not change for what
//! has been released: fixtures of old wires are read by tests.

/// How the values of a field that were written at once are read together (decisions.md 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldClass {
    /// The greatest stamp; the other stays in the history.
    Lww,
    /// All are kept until a person decides: free text, identity.
    KeepAll,
    /// The most protective: agreements.
    Agreement,
    /// Written once, never changed: moments that happened.
    Append,
    /// A set: what was added and not taken out by someone who saw it.
    Set,
    /// A sum of one sub-count per replica.
    Counter,
    /// The first to claim.
    Claim,
}

/// Privacy group of a field (security.md §7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Door, street, stair, floor.
    G0,
    /// What a door said.
    G1,
    /// Identity and contact.
    G2,
    /// Composition of the household, by bands.
    G3,
    /// Income band.
    G4,
    /// Linked to health or disability.
    G5,
    /// Linked to residence.
    G6,
    /// Rights diagnosis.
    G7,
    /// Free notes.
    G8,
    /// Information given and agreements.
    G9,
    /// Work and programme: outings, sectors, structures, teams.
    G10,
    /// Aggregates.
    G11,
    /// Audit.
    G12,
}

/// Which scope a record type lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Home {
    /// [`crate::ScopeKey::Territory`].
    Territory,
    /// [`crate::ScopeKey::Place`].
    Place,
    /// [`crate::ScopeKey::File`].
    File,
    /// [`crate::ScopeKey::Team`].
    Team,
}

/// One field of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its number.
    pub number: u16,
    /// Its name, as `docs/GLOSSARY.md` and the exports write it.
    pub name: &'static str,
    /// How concurrent values are read.
    pub class: FieldClass,
    /// Its privacy group.
    pub group: Group,
}

macro_rules! catalogue {
    ($($(#[doc = $doc:literal])* $(#[cfg($when:meta)])? $kind:ident = $number:literal, $name:literal, $home:ident, $module:ident {
        $($field:ident = $tag:literal, $class:ident, $group:ident;)*
    })*) => {
        /// A record type of the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum RecordType { $($(#[doc = $doc])* $(#[cfg($when)])? $kind = $number,)* }

        impl RecordType {
            /// Every type.
            pub const ALL: &'static [RecordType] = &[$($(#[cfg($when)])? RecordType::$kind),*];

            /// Its number on the wire.
            #[must_use]
            pub const fn number(self) -> u16 { self as u16 }

            /// The type of a number; none when a newer version made it.
            #[must_use]
            pub fn from_number(number: u16) -> Option<Self> {
                match number { $($(#[cfg($when)])? $number => Some(Self::$kind),)* _ => None }
            }

            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $($(#[cfg($when)])? Self::$kind => $name,)* } }

            /// Which scope it lives in.
            #[must_use]
            pub const fn home(self) -> Home { match self { $($(#[cfg($when)])? Self::$kind => Home::$home,)* } }

            /// Its fields.
            #[must_use]
            pub const fn fields(self) -> &'static [FieldSpec] {
                match self { $($(#[cfg($when)])? Self::$kind => &[$(FieldSpec {
                    number: $tag, name: stringify!($field), class: FieldClass::$class, group: Group::$group,
                }),*],)* }
            }
        }

        $($(#[cfg($when)])? #[doc = concat!("Numbers of the fields of `", $name, "`.")]
        #[allow(missing_docs, non_upper_case_globals)]
        pub mod $module { $(pub const $field: u16 = $tag;)* })*
    };
}

catalogue! {
    /// A structure that employs mediators.
    Structure = 1, "structure", Territory, structure {
        name = 1, Lww, G10;
        kind = 2, Lww, G10;
    }
    /// A sector: some buildings, worked by some structures.
    Sector = 2, "sector", Territory, sector {
        name = 1, Lww, G10;
        qpv = 2, Lww, G10;
        insee = 3, Lww, G10;
        structures = 4, Set, G10;
    }
    /// A mediator, an adulte-relais, an ambassador: first name only.
    Profile = 3, "profile", Team, profile {
        display_name = 1, Lww, G10;
        role = 2, Lww, G10;
        active = 3, Lww, G10;
        replicas = 4, Set, G10;
    }
    /// A local emergency number.
    LocalNumber = 4, "local_number", Territory, local_number {
        label = 1, Lww, G10;
        number = 2, Lww, G10;
        rank = 3, Lww, G10;
    }
    /// A building.
    Building = 10, "building", Place, building {
        address = 1, Lww, G0;
        insee = 2, Lww, G0;
        commune = 3, Lww, G0;
        latitude = 4, Lww, G0;
        longitude = 5, Lww, G0;
        qpv = 6, Lww, G0;
        qpv_status = 7, Lww, G0;
        access = 8, Lww, G0;
        invented = 9, Lww, G0;
        alias_of = 10, Lww, G0;
        cancelled = 11, Lww, G0;
    }
    /// A stair of a building.
    Stair = 11, "stair", Place, stair {
        building = 1, Lww, G0;
        name = 2, Lww, G0;
        alias_of = 3, Lww, G0;
        cancelled = 4, Lww, G0;
        taken_by = 5, Claim, G10;
    }
    /// A door of a stair.
    Door = 12, "door", Place, door {
        stair = 1, Lww, G0;
        floor = 2, Lww, G0;
        label = 3, Lww, G0;
        alias_of = 4, Lww, G0;
        cancelled = 5, Lww, G0;
    }
    /// A passage at a door: coded, without identity.
    Visit = 13, "visit", Place, visit {
        door = 1, Append, G1;
        outcome = 2, Lww, G1;
        at = 3, Append, G1;
        participants = 4, Set, G1;
        callback = 5, Lww, G1;
        flags = 6, Set, G1;
        outing = 7, Append, G1;
        structure = 8, Append, G1;
        apart = 9, Set, G1;
    }
    /// A household file, opened with an agreement.
    Household = 20, "household", File, household {
        door = 1, Append, G0;
        adults = 2, Lww, G3;
        children = 3, Lww, G3;
        languages = 4, Set, G3;
        access_needs = 5, Set, G5;
        needs = 6, Set, G7;
        note = 7, KeepAll, G8;
        opened_at = 8, Append, G9;
        cancelled = 9, Lww, G9;
        ages_under_12 = 10, Lww, G3;
        ages_12_17 = 11, Lww, G3;
        ages_18_24 = 12, Lww, G3;
        ages_25_39 = 13, Lww, G3;
        ages_40_59 = 14, Lww, G3;
        ages_60_69 = 15, Lww, G3;
        ages_over_70 = 16, Lww, G3;
        known_by = 17, Set, G7;
        last_contact = 18, Lww, G7;
    }
    /// A person, by name, with an agreement.
    Person = 21, "person", File, person {
        household = 1, Append, G2;
        given_name = 2, KeepAll, G2;
        family_name = 3, KeepAll, G2;
        phone = 4, KeepAll, G2;
        birth_year = 5, Lww, G2;
        cancelled = 6, Lww, G9;
    }
    /// An agreement of a household for one purpose.
    Agreement = 22, "agreement", File, agreement {
        household = 1, Append, G9;
        purpose = 2, Append, G9;
        status = 3, Agreement, G9;
        mode = 4, Lww, G9;
        at = 5, Lww, G9;
    }
    /// Information was given: always, with language and mode.
    Information = 23, "information", File, information {
        household = 1, Append, G9;
        language = 2, Append, G9;
        mode = 3, Append, G9;
        at = 4, Append, G9;
    }
    /// What was noted of a passage, by the structure that made it.
    VisitNote = 24, "visit_note", File, visit_note {
        visit = 1, Append, G1;
        door = 2, Append, G1;
        text = 3, KeepAll, G8;
        needs = 4, Set, G7;
    }
    /// A diagnosis of the rights of a household, or of who holds a slip: without an agreement nothing ties it to a door.
    Diagnosis = 25, "diagnosis", File, diagnosis {
        household = 1, Append, G0;
        slip = 2, Append, G7;
        started_at = 3, Append, G7;
        mode = 4, Lww, G7;
        closed_at = 5, Lww, G7;
        pack = 6, Lww, G7;
        statuses = 7, Lww, G7;
        residence = 8, Lww, G6;
        cancelled = 9, Lww, G9;
    }
    /// What was answered to one question of a diagnosis: bands, never exact amounts.
    Answer = 26, "answer", File, answer {
        diagnosis = 1, Append, G7;
        question = 2, Append, G7;
        value = 3, Lww, G7;
        health = 4, Lww, G5;
        no_closer = 5, Lww, G7;
        at = 6, Lww, G7;
    }
    /// What became of one right of a diagnosis: why it was not taken up, whether it was asked for and granted.
    RightItem = 27, "right_item", File, right_item {
        diagnosis = 1, Append, G7;
        right = 2, Append, G7;
        non_take_up = 3, Lww, G7;
        motive = 4, Lww, G7;
        follow_up = 5, Lww, G7;
        follow_up_at = 6, Lww, G7;
        monthly_cents = 7, Lww, G7;
    }
    /// How far someone who holds a slip trusts an institution: nothing ties it to a name, a door or a file.
    Trust = 28, "trust", File, trust {
        slip = 1, Append, G7;
        object = 2, Append, G7;
        level = 3, Lww, G7;
        retro = 4, Lww, G7;
        mode = 5, Append, G7;
        at = 6, Append, G7;
        cancelled = 7, Lww, G9;
    }
    /// What someone said, in their words, with their agreement to it: a household's, or nobody's by name.
    Verbatim = 29, "verbatim", File, verbatim {
        household = 1, Append, G0;
        theme = 2, Lww, G7;
        text = 3, KeepAll, G8;
        agreed_at = 4, Append, G9;
        at = 5, Append, G7;
        cancelled = 6, Lww, G9;
    }
    /// An outing of a team.
    Outing = 30, "outing", Team, outing {
        sector = 1, Append, G10;
        team = 2, Set, G10;
        started_at = 3, Append, G10;
        planned_return = 4, Lww, G10;
        ended_at = 5, Lww, G10;
        minutes = 6, Lww, G10;
        cancelled = 7, Lww, G10;
    }
    /// An action away from the doors: at the foot of a building, at a stand. Shared by the structures of the place.
    Action = 31, "action", Place, action {
        kind = 1, Append, G10;
        place = 2, Lww, G10;
        name = 3, Lww, G10;
        partners = 4, Set, G10;
        weather = 5, Lww, G10;
        status = 6, Lww, G10;
        started_at = 7, Append, G10;
        ended_at = 8, Lww, G10;
        reason = 9, Lww, G10;
        withdrawn = 10, Lww, G10;
    }
    /// One count of an action: people of an age band, a need heard. Every tablet adds its own.
    Tally = 32, "tally", Place, tally {
        action = 1, Append, G11;
        code = 2, Append, G11;
        count = 3, Counter, G11;
    }
    /// Two files, or two people, that are one, or that look like it and are not: said by a coordinator.
    Alias = 33, "alias", File, alias {
        one = 1, Append, G10;
        other = 2, Append, G10;
        same = 3, Lww, G10;
    }
    /// A pack of files that tablets fetch besides their records: the directory of services (decisions.md 15).
    Pack = 40, "pack", Territory, pack {
        content = 1, Append, G10;
        hash = 2, Lww, G10;
        bytes = 3, Lww, G10;
        count = 4, Lww, G10;
        made_at = 5, Lww, G10;
    }
    /// What a structure's people found of a service: it was checked, it is closed for some days.
    ServiceCheck = 41, "service_check", Team, service_check {
        service = 1, Append, G10;
        checked_at = 2, Lww, G10;
        closed_from = 3, Lww, G10;
        closed_to = 4, Lww, G10;
    }
    /// A person handed on to a service: a household's, or one that hangs on a slip and names no door.
    Referral = 42, "referral", File, referral {
        household = 1, Append, G0;
        slip = 2, Append, G7;
        diagnosis = 3, Append, G7;
        right = 4, Append, G7;
        need = 5, Append, G7;
        service = 6, Append, G7;
        service_name = 7, Append, G7;
        urgent = 8, Lww, G7;
        opened_at = 9, Append, G7;
        cancelled = 10, Lww, G9;
    }
    /// One thing that happened to a referral; never changed, only cancelled by who wrote it wrongly.
    ReferralEvent = 43, "referral_event", File, referral_event {
        referral = 1, Append, G7;
        what = 2, Append, G7;
        at = 3, Append, G7;
        means = 4, Append, G7;
        partner = 5, Append, G7;
        fields = 6, Append, G9;
        due = 7, Append, G7;
        source = 8, Append, G7;
        reason = 9, Append, G7;
        result = 10, Append, G7;
        first_time = 11, Append, G7;
        cancelled = 12, Lww, G9;
    }
    /// A visit or a call to make, once or again and again: a courtesy visit, what was promised.
    Task = 44, "task", File, task {
        household = 1, Append, G0;
        subject = 2, Append, G7;
        purpose = 3, Append, G7;
        due_on = 4, Lww, G7;
        every_days = 5, Lww, G7;
        done_at = 6, Lww, G7;
        outcome = 7, Lww, G7;
        cancelled = 8, Lww, G9;
    }
    /// The record of the peers' workload, for the `fleet` measure alone: no released app or server knows it.
    #[cfg(feature = "fleet")]
    FleetVisit = 60000, "fleet_visit", File, fleet_visit {
        sector = 1, Append, G0;
        building = 2, Append, G0;
        address = 3, Append, G0;
        floor = 4, KeepAll, G0;
        door = 5, Append, G0;
        visited_at = 6, Append, G1;
        mediator = 7, Append, G10;
        outcome = 8, KeepAll, G1;
        household_size = 9, KeepAll, G3;
        consent = 10, KeepAll, G9;
        needs = 11, KeepAll, G7;
        phone = 12, KeepAll, G2;
        next_action = 13, KeepAll, G7;
        notes = 14, KeepAll, G8;
    }
}

/// The field of a type's number and a field's number; none when a newer version made it.
#[must_use]
pub fn field(kind: u16, number: u16) -> Option<&'static FieldSpec> {
    RecordType::from_number(kind)?.fields().iter().find(|spec| spec.number == number)
}

/// The class of a field; what is not known keeps all its values.
#[must_use]
pub fn class(kind: u16, number: u16) -> FieldClass {
    field(kind, number).map_or(FieldClass::KeepAll, |spec| spec.class)
}
