//! Random events of several tablets, merged in any order; and the answer that comes late.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use State as S;

/// The arrows of model.md, written apart from the code that they judge.
const ARROWS: &[(State, State)] = &[
    (S::Draft, S::Proposed),
    (S::Proposed, S::DeclinedByPerson),
    (S::Proposed, S::Agreed),
    (S::Agreed, S::Handed),
    (S::Handed, S::Received),
    (S::Received, S::Accepted),
    (S::Received, S::RefusedByPartner),
    (S::Received, S::Expired),
    (S::Received, S::Revoked),
    (S::Accepted, S::Appointment),
    (S::Appointment, S::Attended),
    (S::Appointment, S::NoShow),
    (S::Appointment, S::Excused),
    (S::Appointment, S::CancelledByPartner),
    (S::NoShow, S::Appointment),
    (S::Excused, S::Appointment),
    (S::CancelledByPartner, S::Appointment),
    (S::Attended, S::ClosedSuccess),
    (S::Attended, S::ClosedWithoutResult),
    (S::Attended, S::Reoriented),
];

/// One can go from a state to another along the arrows; from any state to the two that end it.
fn reaches(from: State, to: State) -> bool {
    let mut seen = vec![from];
    let mut rank = 0;
    while let Some(state) = seen.get(rank).copied() {
        let next = ARROWS.iter().filter(|(start, _)| *start == state).map(|(_, end)| *end);
        let new: Vec<State> = next.filter(|end| !seen.contains(end)).collect();
        seen.extend(new);
        rank += 1;
    }
    seen.contains(&to) || matches!(to, S::LostContact | S::AbandonedByPerson)
}

fn share(partner: u8, fields: u8) -> Share {
    let names = ["name", "phone", "need"].iter().enumerate();
    let fields = names.filter(|(rank, _)| fields >> rank & 1 == 1).map(|(_, name)| (*name).to_owned()).collect();
    Share { partner: format!("partner-{partner}"), fields }
}

fn happening() -> impl Strategy<Value = Happening> {
    use Happening as H;
    let means = prop_oneof![Just(Means::Slip), Just(Means::Phone), Just(Means::Email), Just(Means::Accompanied)];
    let outcome = prop_oneof![Just(Outcome::Success), Just(Outcome::WithoutResult), Just(Outcome::Reoriented)];
    prop_oneof![
        4 => Just(H::Proposed),
        4 => (0..2_u8, 0..8_u8).prop_map(|(partner, fields)| H::Agreed(share(partner, fields))),
        4 => (means, 0..2_u8, 0..8_u8).prop_map(|(means, to, fields)| H::Handed { means, given: share(to, fields) }),
        4 => prop_oneof![Just(H::Received), Just(H::Accepted), Just(H::AppointmentSet(HOUR_MS)), Just(H::Attended)],
        2 => outcome.prop_map(H::Closed),
        1 => prop_oneof![Just(H::Declined), Just(H::Refused), Just(H::Revoked), Just(H::NoShow), Just(H::Excused)],
        1 => prop_oneof![Just(H::Cancelled), Just(H::LostContact), Just(H::Abandoned)],
    ]
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let one = (0..60 * 24_i64, happening()).prop_map(|(hour, what)| (hour * HOUR_MS, what));
    vec(one, 0..16)
        .prop_map(|list| list.into_iter().zip(0..).map(|((at_ms, what), id)| Event { at_ms, id, what }).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_repetition_read_the_same(
        (list, mixed) in events().prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
        again in 0..4_usize,
    ) {
        let repeated: Vec<Event> = mixed.iter().chain(mixed.iter().take(again)).cloned().collect();
        prop_assert_eq!(read(&list), read(&repeated));
    }

    #[test]
    fn every_step_is_one_of_the_table(list in events()) {
        let mut ordered = list;
        ordered.sort();
        let mut before = State::Draft;
        for end in 0..=ordered.len() {
            let state = read(&ordered[..end]).state;
            prop_assert!(reaches(before, state), "{before:?} does not lead to {state:?}");
            before = state;
        }
    }

    #[test]
    fn nothing_is_handed_over_beyond_the_agreement(list in events()) {
        let reading = read(&list);
        let taken = list.iter().filter(|event| !reading.set_aside.contains(event));
        for event in taken {
            if let Happening::Handed { given, .. } = &event.what {
                let agreed = reading.agreed.as_ref().expect("handed over with an agreement");
                prop_assert!(agreed.partner == given.partner && given.fields.is_subset(&agreed.fields));
            }
        }
        prop_assert!(reading.handed_ms.is_none() || reading.agreed.is_some());
    }

    #[test]
    fn a_late_answer_is_never_lost(days in 0..400_i64, answer in 0..3_usize) {
        let what = [Happening::Accepted, Happening::Refused, Happening::Attended][answer].clone();
        let expected = [S::Accepted, S::RefusedByPartner, S::Attended][answer];
        let mut list = handed();
        let waiting = read(&list);
        let now = days * 24 * HOUR_MS;
        prop_assert_eq!(waiting.at(now), if now >= 2 + EXPIRY_MS { S::Expired } else { S::Handed });
        list.push(Event { at_ms: now.max(3), id: 9, what });
        let answered = read(&list);
        prop_assert_eq!((answered.at(i64::MAX), answered.set_aside.len()), (expected, 0));
        prop_assert_eq!(answered.answered_late, now >= 2 + EXPIRY_MS);
        prop_assert_eq!(answered.reminder_ms(false), None, "nobody is waited for");
    }
}

fn handed() -> Vec<Event> {
    let whats = [
        Happening::Proposed,
        Happening::Agreed(share(0, 0b111)),
        Happening::Handed { means: Means::Phone, given: share(0, 0b101) },
    ];
    (0..)
        .zip(whats)
        .map(|(rank, what): (u32, Happening)| Event { at_ms: i64::from(rank), id: u128::from(rank), what })
        .collect()
}

#[test]
fn what_was_not_agreed_to_is_not_handed_over() {
    for (given, expected) in [(share(0, 0b111), S::Handed), (share(1, 0b001), S::Agreed)] {
        let mut list = handed();
        list[2].what = Happening::Handed { means: Means::Slip, given };
        let reading = read(&list);
        assert_eq!(reading.state, expected);
        assert_eq!(reading.set_aside.is_empty(), expected == S::Handed, "what is set aside is kept to be seen");
    }
    let mut list = handed();
    list[1].what = Happening::Agreed(share(0, 0b001));
    assert_eq!(read(&list).state, S::Agreed, "a field beyond the agreement");
}

#[test]
fn the_person_has_the_last_word() {
    let accepted = [(3, Happening::Accepted), (4, Happening::Revoked), (5, Happening::AppointmentSet(9))];
    let mut list = handed();
    list.extend(accepted.map(|(at_ms, what)| Event { at_ms, id: 10, what }));
    let reading = read(&list);
    assert_eq!((reading.state, reading.set_aside.len()), (S::AbandonedByPerson, 1), "a later appointment is set aside");
}

#[test]
fn reminders_come_in_time() {
    let reading = read(&handed());
    assert_eq!(reading.reminder_ms(false), Some(2 + 10 * 86_400_000), "ten days");
    assert_eq!(reading.reminder_ms(true), Some(2 + 2 * 86_400_000), "48 hours when urgent");
    assert_eq!(reading.at(2 + EXPIRY_MS - 1), S::Handed, "the thirtieth day is not over");
    assert_eq!(reading.at(2 + EXPIRY_MS), S::Expired, "it is");
}

#[test]
fn every_code_is_read_back() {
    let share = share(0, 0b11);
    let all = [
        Happening::Proposed,
        Happening::Declined,
        Happening::Agreed(share.clone()),
        Happening::Handed { means: Means::Accompanied, given: share },
        Happening::Received,
        Happening::Accepted,
        Happening::Refused,
        Happening::Revoked,
        Happening::AppointmentSet(12),
        Happening::Attended,
        Happening::NoShow,
        Happening::Excused,
        Happening::Cancelled,
        Happening::Closed(Outcome::Success),
        Happening::Closed(Outcome::WithoutResult),
        Happening::Closed(Outcome::Reoriented),
        Happening::LostContact,
        Happening::Abandoned,
    ];
    for what in all {
        assert_eq!(Written::of(&what).read(), Some(what), "a code names one happening");
    }
    let newer = Written { what: "teleported".to_owned(), ..Written::default() };
    assert_eq!(newer.read(), None, "a code of a newer version is told apart");
}

#[test]
fn what_comes_next_has_its_day() {
    let next = |list: &[Event], urgent, now| read(list).next(urgent, now).map(|next| (next.what, next.at_ms));
    let mut list = handed();
    assert_eq!(next(&list[..2], false, 5), Some((Step::HandOver, 1)), "agreed and not handed over: today");
    assert_eq!(next(&list, false, 5), Some((Step::AskPartner, 2 + REMINDER_MS)));
    assert_eq!(next(&list, true, 5), Some((Step::AskPartner, 2 + URGENT_REMINDER_MS)));
    let silent = 2 + EXPIRY_MS;
    assert_eq!(next(&list, false, silent), Some((Step::Silent, silent)), "a rupture after thirty days");
    list.push(Event { at_ms: 3, id: 3, what: Happening::AppointmentSet(50 * HOUR_MS) });
    assert_eq!(next(&list, false, 5), Some((Step::AskPerson, 50 * HOUR_MS)), "was the person there?");
    list.push(Event { at_ms: 4, id: 4, what: Happening::NoShow });
    assert_eq!(next(&list, false, 5), Some((Step::ResumeContact, 4 + CALL_BACK_MS)));
    list.push(Event { at_ms: 5, id: 5, what: Happening::Attended });
    assert_eq!(read(&list).state, S::NoShow, "set aside: another time is agreed first");
    list.pop();
    list.push(Event { at_ms: 5, id: 5, what: Happening::LostContact });
    assert_eq!(next(&list, false, 9), None, "nothing follows an end");
}
