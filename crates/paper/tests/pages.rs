//! The pages as any reader finds them: parsed again from their bytes.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use chrono::{NaiveDate, NaiveTime};
use lopdf::{Dictionary, Document, Object};
use palier_paper::{Format, LANGUAGES, Notice, PaperError, Service, Slip, Slot, Spoken, When, notice, slip};

fn slot(when: When) -> Slot {
    Slot { day: NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(), when }
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

fn a_notice(languages: &[&str]) -> Notice {
    Notice {
        structure: "Régie de quartier".into(),
        team: "Les médiateurs du palier".into(),
        phone: "02 47 00 00 00".into(),
        batch: "A7-24".into(),
        slot: Some(slot(When::Hours(hour(14), hour(17)))),
        languages: languages.iter().map(|code| (*code).to_owned()).collect(),
        format: Format::A5,
    }
}

fn code() -> String {
    (0..=255).find_map(|n| palier_domain::slip::make([n, 17, 203, 4, 99])).unwrap()
}

fn spoken(french: &str, other: &str) -> Spoken {
    Spoken { french: french.into(), other: other.into() }
}

fn a_service(name: &str) -> Service {
    Service {
        name: name.into(),
        address: "1 rue des Exemples, 37000 Tours".into(),
        phone: "02 47 00 00 01".into(),
        hours: spoken("lundi à vendredi, 9:00 à 12:00", "من الاثنين إلى الجمعة"),
        access: spoken("2e étage", "الطابق الثاني"),
        appointment: Some(slot(When::At(hour(10)))),
    }
}

fn a_slip() -> Slip {
    Slip {
        code: code(),
        structure: "Régie de quartier".into(),
        phone: "02 47 00 00 00".into(),
        language: "ar".into(),
        services: vec![a_service("CAF"), a_service("France services")],
        bring: vec![spoken("une pièce d’identité", "وثيقة هوية"), spoken("un RIB", "بيان الحساب البنكي")],
    }
}

fn parsed(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).unwrap()
}

fn text(bytes: &[u8]) -> String {
    let document = parsed(bytes);
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap().replace('\u{A0}', " ")
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn dictionaries(document: &Document) -> impl Iterator<Item = &Dictionary> {
    document.objects.values().filter_map(|object| object.as_dict().ok())
}

fn size(document: &Document) -> (f32, f32) {
    let page = document.get_dictionary(*document.get_pages().values().next().unwrap()).unwrap();
    let frame: Vec<f32> =
        page.get(b"MediaBox").unwrap().as_array().unwrap().iter().map(|n| n.as_float().unwrap()).collect();
    (frame[2] - frame[0], frame[3] - frame[1])
}

fn structure_types(document: &Document) -> Vec<String> {
    let names = dictionaries(document).filter(|object| object.has(b"S") && object.has(b"P"));
    names
        .filter_map(|object| Some(String::from_utf8_lossy(object.get(b"S").ok()?.as_name().ok()?).into_owned()))
        .collect()
}

fn languages_of(document: &Document) -> Vec<String> {
    let named = dictionaries(document).filter(|object| object.has(b"S") && object.has(b"P"));
    let said = named.filter_map(|object| object.get(b"Lang").ok()?.as_str().ok());
    said.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
}

#[test]
fn a_notice_of_six_languages_is_one_tagged_page_of_a5() {
    let bytes = notice(&a_notice(&["ar", "tr", "ru", "pt", "en"])).unwrap();
    let document = parsed(&bytes);
    assert_eq!(document.get_pages().len(), 1);
    let (width, height) = size(&document);
    assert!((width - 419.53).abs() < 0.1 && (height - 595.28).abs() < 0.1, "{width} × {height}");
    let catalog = document.catalog().unwrap();
    assert!(catalog.get(b"MarkInfo").unwrap().as_dict().unwrap().get(b"Marked").unwrap().as_bool().unwrap());
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"fr");
    let types = structure_types(&document);
    for (kind, least) in [("H1", 1), ("H2", 6), ("P", 24), ("Sect", 6)] {
        assert!(types.iter().filter(|found| *found == kind).count() >= least, "{least} {kind} in {types:?}");
    }
    let languages = languages_of(&document);
    for code in ["fr", "ar", "tr", "ru", "pt", "en"] {
        assert!(languages.iter().any(|found| found == code), "{code} in {languages:?}");
    }
    let text = text(&bytes);
    for said in [
        "Avis de passage",
        "02 47 00 00 00",
        "A7-24",
        "01/12/2026 de 14:00 à 17:00",
        "Мы вернёмся",
        "nous ne passerons plus",
    ] {
        assert!(on_one_line(&text).contains(said), "{said:?} in {text}");
    }
    let backwards: String = text.chars().rev().collect();
    assert!(backwards.contains("مررنا"), "Arabic glyphs stand from the left in the file: {text}");
}

#[test]
fn every_language_is_printed_with_every_kind_of_slot_on_few_bytes() {
    for when in [When::Morning, When::Afternoon, When::Hours(hour(9), hour(12)), When::At(hour(9))] {
        for languages in LANGUAGES[1..].chunks(5) {
            for format in [Format::A5, Format::TwoOnA4] {
                let bytes = notice(&Notice { slot: Some(slot(when)), format, ..a_notice(languages) }).unwrap();
                assert!(
                    bytes.len() < 130_000 && parsed(&bytes).get_pages().len() == 1,
                    "{languages:?}: {} bytes",
                    bytes.len()
                );
            }
        }
    }
    for language in LANGUAGES {
        let bytes = slip(&Slip { language: (*language).into(), ..a_slip() }).unwrap();
        assert!(bytes.len() < 90_000 && parsed(&bytes).get_pages().len() == 1, "{language}: {} bytes", bytes.len());
    }
}

#[test]
fn two_notices_on_an_a4_say_everything_twice() {
    let bytes = notice(&Notice { format: Format::TwoOnA4, ..a_notice(&["tr"]) }).unwrap();
    let (width, height) = size(&parsed(&bytes));
    assert!((width - 841.89).abs() < 0.1 && (height - 595.28).abs() < 0.1);
    assert_eq!(text(&bytes).matches("Avis de passage").count(), 2);
}

#[test]
fn a_slip_shows_its_code_in_groups_its_square_and_where_to_go() {
    let bytes = slip(&a_slip()).unwrap();
    let document = parsed(&bytes);
    let shown = palier_domain::slip::shown(&code());
    let text = on_one_line(&text(&bytes));
    for said in [&shown, "CAF", "France services", "1 rue des Exemples, 37000 Tours", "02 47 00 00 01", "un RIB"] {
        assert!(text.contains(said), "{said:?} in {text}");
    }
    let figure = dictionaries(&document)
        .find(|object| object.get(b"S").is_ok_and(|s| s.as_name().is_ok_and(|n| n == b"Figure")));
    let alt = figure.unwrap().get(b"Alt").unwrap().as_str().unwrap();
    assert!(String::from_utf8_lossy(alt).contains(&shown), "the square says its code to who does not see it");
    assert!(structure_types(&document).iter().filter(|kind| *kind == "LI").count() == 4, "two things in two languages");
    let about = document.trailer.get(b"Info").and_then(Object::as_reference).unwrap();
    let about = document.get_dictionary(about).unwrap();
    assert!(about.has(b"Title") && !about.has(b"Author"));
}

/// Words of a text, in figures and letters.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[test]
fn a_page_says_nothing_but_its_input_and_the_catalogue() {
    // French alone: every word that the file holds is one that the caller or the catalogue gave.
    let given = Slip { language: "fr".into(), ..a_slip() };
    let catalogue = include_str!("../../../ui/catalogue/resident/paper/fr.json");
    let known = words(&format!("{catalogue} {given:?} {} 01 12 2026 10 00", palier_domain::slip::shown(&code())));
    let strange: Vec<String> =
        words(&text(&slip(&given).unwrap())).into_iter().filter(|word| !known.contains(word)).collect();
    assert!(strange.is_empty(), "{strange:?}");
    let known = words(&format!("{catalogue} {:?} 01 12 2026 14 17 00 Français", a_notice(&[])));
    let strange: Vec<String> =
        words(&text(&notice(&a_notice(&[])).unwrap())).into_iter().filter(|word| !known.contains(word)).collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn the_same_input_gives_the_same_bytes_and_no_date_of_printing() {
    assert_eq!(notice(&a_notice(&["ar", "fa"])).unwrap(), notice(&a_notice(&["ar", "fa"])).unwrap());
    let bytes = slip(&a_slip()).unwrap();
    assert_eq!(bytes, slip(&a_slip()).unwrap());
    assert_ne!(bytes, slip(&Slip { phone: "02 47 00 00 09".into(), ..a_slip() }).unwrap());
    let whole = String::from_utf8_lossy(&bytes);
    assert!(!whole.contains("CreationDate") && !whole.contains("CreateDate") && whole.contains("pdfuaid"));
}

#[test]
fn long_texts_take_a_second_page_and_never_a_third() {
    let long = |characters: usize| {
        "Entrée par la cour au fond à droite. ".repeat(20).chars().take(characters).collect::<String>()
    };
    let service =
        Service { access: spoken(&long(300), &long(300)), hours: spoken(&long(300), &long(300)), ..a_service("CAF") };
    let two = Slip { services: vec![service.clone(); 2], ..a_slip() };
    assert_eq!(parsed(&slip(&two).unwrap()).get_pages().len(), 2);
    let three = Slip { services: vec![service; 3], bring: vec![spoken(&long(120), ""); 12], ..a_slip() };
    assert_eq!(slip(&three).err(), Some(PaperError::DoesNotFit));
    let wide = Notice { team: "W".repeat(80), structure: "W".repeat(80), ..a_notice(&["ru", "uk", "tr", "ar", "es"]) };
    let bytes = notice(&wide).unwrap();
    assert_eq!(parsed(&bytes).get_pages().len(), 2);
    assert_eq!(text(&bytes).matches("Nous revenons").count(), 2, "French stands beside the translations of both pages");
}

#[test]
fn wrong_input_is_named() {
    let of_slip = |change: &dyn Fn(&mut Slip)| {
        let mut given = a_slip();
        change(&mut given);
        slip(&given).err()
    };
    assert_eq!(of_slip(&|s| s.code.clear()), Some(PaperError::Empty("code")));
    assert!(matches!(of_slip(&|s| s.code = "K7F2-9QXM".into()), Some(PaperError::Code(_))));
    assert_eq!(of_slip(&|s| s.language = "de".into()), Some(PaperError::Language("de".into())));
    assert_eq!(
        of_slip(&|s| s.services = vec![a_service("CAF"); 4]),
        Some(PaperError::TooMany { field: "services", most: 3 })
    );
    assert_eq!(
        of_slip(&|s| s.bring = vec![spoken("x", ""); 500]),
        Some(PaperError::TooMany { field: "bring", most: 12 })
    );
    assert_eq!(
        of_slip(&|s| s.services[0].name = "x".repeat(121)),
        Some(PaperError::TooLong { field: "name", most: 120 })
    );
    assert_eq!(of_slip(&|s| s.services[0].address = "rue 漢".into()), Some(PaperError::NoGlyph('漢')));
    let of_notice = |change: &dyn Fn(&mut Notice)| {
        let mut given = a_notice(&["en"]);
        change(&mut given);
        notice(&given).err()
    };
    assert_eq!(of_notice(&|n| n.batch = " ".into()), Some(PaperError::Empty("batch")));
    assert_eq!(of_notice(&|n| n.languages = vec!["fr".into()]), Some(PaperError::Language("fr".into())));
    assert_eq!(of_notice(&|n| n.slot = Some(slot(When::Hours(hour(17), hour(14))))), Some(PaperError::Hours));
    let six = LANGUAGES[1..7].iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    assert_eq!(of_notice(&|n| n.languages = six.clone()), Some(PaperError::TooMany { field: "languages", most: 5 }));
    assert_eq!(of_notice(&|n| n.team = "équipe\n2".into()), Some(PaperError::NoGlyph('\n')));
}
