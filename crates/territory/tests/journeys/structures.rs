//! The directory: both formats, and what publishers leave in them.

use palier_territory::{
    Encoding, KnownTerritory, Pack, Reading, RefusalCode, Structure, plan, read_data_inclusion, read_france_services,
    read_services, read_structures,
};

use crate::cast::{anywhere, only, refusals, remarks};

const HEADER: &str = "id_fs,insee_dep,lib_fs,adresse,complement_adresse,insee_com,code_postal,lib_com,latitude,longitude,mail,\
telephone,h_lundi,h_mardi,h_mercredi,h_jeudi,h_vendredi,h_samedi,prise_rdv,commentaire,type_fs,format_fs,groupe_fs,labellisation_fs";

fn csv(lines: &str) -> Reading<Structure> {
    read_france_services(format!("{HEADER}\n{lines}").as_bytes(), &anywhere()).expect("a readable list")
}

fn json(text: &str) -> Reading<Structure> {
    read_data_inclusion(text.as_bytes(), &anywhere()).expect("a readable list")
}

const CERF_VOLANT: &str = "7,37,France services Le Cerf-Volant,1 rue des Trois-Parapluies,,37261,37000,Tours,47.39,0.69,\
accueil@cerf-volant.example,02 61 91 00 07,09:00 - 12:00 / 13:30 - 17:00,,Sur RDV : 9h - 12h,,13:30 - 17:00,,Oui,\
\"Fermé certains mercredis ; \"\"voir affiche\"\"\",Principal,Fixe,,";

#[test]
fn a_france_services_line_is_read_whole() {
    let reading = csv(CERF_VOLANT);
    let structure = &reading.items[0];
    assert_eq!(structure.key, "anct-france-services--7", "the identifier is that of data·inclusion");
    assert_eq!(structure.updated_on, "2024-08-01", "the date of the file is kept");
    assert_eq!(structure.licence, "Licence Ouverte 2.0", "so is its licence");
    assert_eq!(structure.by_appointment, Some(true), "appointments are told");
    assert_eq!(
        structure.hours.osm, "Mo 09:00-12:00,13:30-17:00; We unknown \"Sur RDV : 9h - 12h\"; Fr 13:30-17:00; PH off",
        "a dirty day stands as it was written"
    );
    assert!(structure.hours.to_check, "and is flagged");
    assert!(structure.hours.published.contains("We Sur RDV : 9h - 12h"), "and the whole is kept");
    assert!(structure.description_mentions_hours, "the comment must be read before the hours are believed");
    assert_eq!(
        structure.description, "Espace France services. Fermé certains mercredis ; \"voir affiche\"",
        "the comment is kept"
    );
    assert_eq!(remarks(&reading), [RefusalCode::HoursUnreadable], "the coordinator hears of it");
}

#[test]
fn both_formats_give_the_same_structure() {
    let from_csv = csv(&CERF_VOLANT.replace("Sur RDV : 9h - 12h", "")).items.remove(0);
    let from_json = json(
        r#"[{"id":"anct-france-services--7","source":"anct-france-services","nom":"France services Le Cerf-Volant",
            "date_maj":"2024-08-01","adresse":"1 rue des Trois-Parapluies","code_postal":"37000","commune":"Tours",
            "code_insee":"37261","latitude":47.39,"longitude":0.69,"telephone":"02 61 91 00 07",
            "courriel":"accueil@cerf-volant.example","reseaux_porteurs":["france-service"],
            "horaires_accueil":"Mo 09:00-12:00,13:30-17:00; Fr 13:30-17:00; PH off",
            "description":"Espace France services. Fermé certains mercredis ; \"voir affiche\""}]"#,
    )
    .items
    .remove(0);
    assert_eq!(
        from_json,
        Structure { by_appointment: None, ..from_csv },
        "all but the appointment, which v1 does not hold"
    );
}

#[test]
fn codes_come_back_from_a_spreadsheet() {
    let reading = json(
        r#"[{"id":"s--1","source":"s","nom":"Une","date_maj":"2024-08-01","code_insee":"1004.0","code_postal":1500.0,
            "siret":60487647500499.0,"telephone":"261910007","reseaux_porteurs":"ccas-cias|fcsf|"},
           {"id":"s--2","source":"s","nom":"Deux","date_maj":"2024-08-01","code_postal":"750121.0","siret":"6,04876E+13",
            "site_web":"pas une url !","courriel":"personne","latitude":0.69,"longitude":47.39}]"#,
    );
    let [one, two] = &reading.items[..] else { panic!("two structures") };
    assert_eq!((one.commune_insee.as_str(), one.postcode.as_str()), ("01004", "01500"), "zeros come back");
    assert_eq!((one.siret.as_str(), one.phone.as_str()), ("60487647500499", "0261910007"), "decimals go");
    assert_eq!(one.networks, ["ccas-cias", "fcsf"], "a list may be a text with bars");
    assert_eq!(
        [&two.postcode, &two.siret, &two.website, &two.email].map(String::as_str),
        ["", "", "", ""],
        "what cannot be read is left out"
    );
    let expected = [
        RefusalCode::PointUnreadable,
        RefusalCode::PostcodeUnreadable,
        RefusalCode::ContactUnreadable,
        RefusalCode::ContactUnreadable,
        RefusalCode::SiretUnreadable,
    ];
    assert_eq!(remarks(&reading), expected, "and each is told");
}

#[test]
fn each_refused_element_has_its_reason() {
    let reading = json(
        r#"[{"source":"s","id":"s--1","nom":"Une","date_maj":"2024-08-01"},
            "une ligne",
            {"source":"s","id":"s--2","date_maj":"2024-08-01"},
            {"source":"s","id":"17","nom":"Ancienne","date_maj":"2024-08-01"},
            {"source":"s","id":"s--3","nom":"Sans date","date_maj":"hier"},
            {"source":"s","id":"s--4","nom":["liste"],"date_maj":"2024-08-01"},
            {"source":"s","id":"s--1","nom":"Encore","date_maj":"2024-08-01"},
            {"source":"s","id":"s--5","nom":"Loin","date_maj":"2024-08-01","code_insee":"Tours"}]"#,
    );
    assert_eq!(
        refusals(&reading),
        [
            (2, "", RefusalCode::WrongType),
            (3, "nom", RefusalCode::ValueMissing),
            (4, "id", RefusalCode::IdNotV1),
            (5, "date_maj", RefusalCode::DateMalformed),
            (6, "nom", RefusalCode::WrongType),
            (7, "id", RefusalCode::DuplicateCode),
            (8, "code_insee", RefusalCode::InseeMalformed),
        ],
        "element, member and reason of each"
    );
    assert_eq!(reading.items.len(), 1, "the good one is taken");
}

#[test]
fn a_file_that_is_none_is_refused_whole() {
    let code = |bytes: &[u8]| read_structures(bytes, &anywhere()).expect_err("a refused file").code;
    assert_eq!(code(b"{\"structures\":[]}"), RefusalCode::NotAList, "an object is no list");
    assert_eq!(code(b"[]"), RefusalCode::NoRows, "an empty list");
    assert_eq!(code(b"[{\"id\":]"), RefusalCode::JsonMalformed, "a broken JSON");
    assert_eq!(code(b"[] []"), RefusalCode::JsonMalformed, "two JSON in one file");
    assert_eq!(code(b"id_fs,lib_fs\n1,A\n"), RefusalCode::ColumnMissing, "another list");
    assert_eq!(code(b"<!DOCTYPE html><html></html>"), RefusalCode::WebPage, "the page instead of the file");
    assert_eq!(code("[".repeat(10_000).as_bytes()), RefusalCode::JsonMalformed, "a JSON made to exhaust the reader");
    let broken = read_data_inclusion(b"[\n{\"id\": 1},\n{oops}]", &anywhere()).expect_err("a refused file");
    assert_eq!((broken.line, broken.column.as_deref()), (Some(3), Some("2")), "the place of the fault is told");
}

#[test]
fn windows_1252_and_semicolons_make_no_difference() {
    let text = format!("{}\n8;37;Régie;;;37122;37300;Joué-lès-Tours;;;;;;;;;;;;;;;;", HEADER.replace(',', ";"));
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!lost, "the fixture holds in Windows-1252");
    let reading = read_structures(&bytes, &anywhere()).expect("a readable list");
    assert_eq!(reading.encoding, Encoding::Windows1252, "the encoding is found");
    assert_eq!(
        (reading.items[0].name.as_str(), reading.items[0].commune.as_str()),
        ("Régie", "Joué-lès-Tours"),
        "accents hold"
    );
}

#[test]
fn other_communes_are_passed_over_and_counted() {
    let lines = format!("{CERF_VOLANT}\n{}", CERF_VOLANT.replace("7,37,", "8,37,").replace("37261", "37003"));
    let text = format!("{HEADER}\n{lines}");
    let reading = read_structures(text.as_bytes(), &only(&["37261"])).expect("a readable list");
    assert_eq!((reading.items.len(), reading.outside), (1, 1), "one of two is of the territory");
}

const OFFERS: &str = r#"[
 {"source":"dora","structure_id":"dora--1","id":"dora--11","nom":"Aide aux démarches","description":"Remplir un dossier.",
  "date_maj":"2026-09-01","thematiques":["numerique--acceder-a-des-services-en-ligne"],"publics":["tous-publics"],
  "modes_mobilisation":["se-presenter"],"mobilisable_par":["usagers","professionnels"],"horaires_accueil":"Mo 09:00-12:00",
  "frais":"gratuit","code_insee":"37261","latitude":47.39,"longitude":0.69,"conditions_acces":"Venir avec ses papiers."},
 {"source":"dora","structure_id":"dora--1","id":"dora--12","nom":"Accompagnement","description":"Sur orientation.",
  "date_maj":"2026-09-01","mobilisable_par":["professionnels"],"modes_mobilisation":["envoyer-un-courriel"],"horaires_accueil":"le lundi"},
 {"source":"dora","structure_id":"dora--1","id":"dora--12","nom":"Encore","description":"x","date_maj":"2026-09-01"},
 {"source":"dora","structure_id":"dora--1","id":"emplois--3","nom":"Autre source","description":"x","date_maj":"2026-09-01"},
 {"source":"dora","id":"dora--14","nom":"Sans structure","description":"x","date_maj":"2026-09-01"},
 {"source":"dora","structure_id":"dora--9","id":"dora--15","nom":"Ailleurs","description":"x","date_maj":"2026-09-01","code_insee":"75056"},
 "rien"
]"#;

#[test]
fn services_are_read_one_by_one_and_planned_once() {
    let context = only(&["37261"]);
    let reading = read_services(OFFERS.as_bytes(), &context).expect("a readable list");
    let [first, second] = &reading.items[..] else { panic!("two services: {:?}", reading.items) };
    assert_eq!((first.access.as_str(), first.fees.as_str()), ("unconditional", "gratuit"), "who comes is received");
    assert_eq!(first.description, "Remplir un dossier.\nVenir avec ses papiers.", "conditions are told with the rest");
    assert!(first.point.is_some() && first.hours.osm == "Mo 09:00-12:00");
    assert_eq!(second.access, "referral", "only professionals ask for it");
    assert!(
        second.hours.osm.is_empty() && second.hours.published == "le lundi",
        "hours that do not read are never open"
    );
    assert_eq!(
        refusals(&reading),
        [
            (3, "id", RefusalCode::DuplicateCode),
            (4, "id", RefusalCode::IdNotV1),
            (5, "structure_id", RefusalCode::ValueMissing),
            (7, "", RefusalCode::WrongType)
        ]
    );
    assert_eq!((reading.outside, remarks(&reading)), (1, vec![RefusalCode::HoursUnreadable]));
    let pack = Pack { services: Some(reading.clone()), ..Pack::default() };
    let planned = plan(&KnownTerritory::default(), &pack);
    assert_eq!((planned.services.new.total, planned.edits.len()), (2, 2));
    let services = reading.items.into_iter().map(|service| (service.id, service)).collect();
    let again = plan(&KnownTerritory { services, ..KnownTerritory::default() }, &pack);
    assert_eq!((again.services.unchanged, again.edits.len()), (2, 0), "the same file twice plans nothing");
}
