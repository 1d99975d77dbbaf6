//! Hard cases by hand, in a file of 22 records and in files of two.

use palier_matching::{PersonRecord, Reason, pairs};

use crate::{centre, found};

/// Pairs of one person, with what must be among the reasons.
const SAME: &[(&str, &str, &[Reason])] = &[
    ("01", "02", &[Reason::CloseGivenName, Reason::SameBirthDate, Reason::SameDoor]),
    ("05", "06", &[Reason::NamesSwapped, Reason::DayMonthSwapped, Reason::SamePhone]),
    ("08", "09", &[Reason::OtherFamilyName, Reason::SameBirthDate, Reason::SamePhone]),
    ("10", "11", &[Reason::SameBirthYear, Reason::SameDoor]),
    ("21", "22", &[Reason::CloseGivenName, Reason::CloseBirthDate, Reason::ClosePhone]),
];

/// Pairs of two people, with what makes them look alike.
const OTHERS: &[(&str, &str, &str)] = &[
    ("03", "04", "twins"),
    ("01", "03", "mother and son"),
    ("05", "07", "father and son of one name"),
    ("06", "07", "the same, names crossed"),
    ("10", "12", "sisters whose birthdays are not known"),
    ("13", "14", "brother and sister of nearly one name"),
    ("17", "18", "neighbours of a frequent name"),
    ("19", "20", "a household's telephone and a family name, nothing of the person"),
];

#[test]
fn one_person_is_proposed_with_reasons() {
    let found = found(&centre());
    for (a, b, reasons) in SAME {
        let pair = found.get(&((*a).to_owned(), (*b).to_owned()));
        let pair = pair.unwrap_or_else(|| panic!("{a} and {b} are found"));
        assert!(pair.proposed, "{a} and {b} are one person: {pair:?}");
        for reason in *reasons {
            assert!(pair.reasons.contains(reason), "{a} and {b} have {reason:?}: {pair:?}");
        }
    }
}

#[test]
fn members_of_a_household_and_neighbours_are_not_proposed() {
    let found = found(&centre());
    for (a, b, why) in OTHERS {
        let proposed = found.get(&((*a).to_owned(), (*b).to_owned())).is_some_and(|pair| pair.proposed);
        assert!(!proposed, "{a} and {b} are two people: {why}");
    }
}

#[test]
fn a_file_of_two_records_is_decided_by_what_is_known() {
    let records = centre();
    let pick = |ids: [&str; 2]| -> Vec<PersonRecord> {
        records.iter().filter(|record| ids.contains(&record.id.as_str())).cloned().collect()
    };
    for (a, b, _) in SAME {
        let found = pairs(&pick([a, b]));
        assert!(found.iter().any(|pair| pair.proposed), "{a} and {b}, alone in a file, are proposed: {found:?}");
    }
    for (a, b, why) in OTHERS {
        let found = pairs(&pick([a, b]));
        assert!(
            !found.iter().any(|pair| pair.proposed),
            "{a} and {b}, alone in a file, are two people ({why}): {found:?}"
        );
    }
}

#[test]
fn nothing_comes_from_nothing() {
    assert!(pairs(&[]).is_empty(), "no record, no pair");
    let bare = |id: &str| PersonRecord { id: id.to_owned(), ..PersonRecord::default() };
    assert!(pairs(&[bare("a")]).is_empty(), "one record, no pair");
    let found = pairs(&[bare("a"), bare("b"), bare("c")]);
    assert!(found.iter().all(|pair| !pair.proposed), "empty records are nobody");
}
