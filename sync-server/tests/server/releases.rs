//! What leaves the structure: frozen, numbered, small numbers hidden; the same numbers in every file.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use palier_store::read::figures::Period;
use serde_json::{Value as Json, json};

use crate::console::{call, signed_in};
use crate::generated;
use crate::office::{Office, Reply};

async fn make(office: &Office, session: &str, period: &str, by_qpv: bool) -> Reply {
    call(office, "make_release", session, json!({ "period": period, "by_qpv": by_qpv })).await
}

async fn file(office: &Office, session: &str, number: u32, template: &str, format: &str) -> Vec<u8> {
    let request = json!({ "number": number, "template": template, "subjects": ["rights"], "format": format });
    let reply = call(office, "release_file", session, request).await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    BASE64.decode(reply.json()["base64"].as_str().unwrap().as_bytes()).unwrap()
}

async fn bilan(office: &Office, session: &str, number: u32, template: &str) -> Json {
    serde_json::from_slice(&file(office, session, number, template, "json").await).unwrap()
}

/// Every cell by subject, line and column.
fn cells(bilan: &Json) -> BTreeMap<String, Json> {
    let mut found = BTreeMap::new();
    for subject in bilan["subjects"].as_array().unwrap() {
        let tables = subject["tables"].as_array().unwrap().iter().map(|table| (&table["code"], &table["rows"]));
        for (table, rows) in std::iter::once((&Json::Null, &subject["figures"])).chain(tables) {
            for row in rows.as_array().unwrap() {
                for (column, cell) in row["cells"].as_array().unwrap().iter().enumerate() {
                    found.insert(format!("{} {table} {} {column}", subject["code"], row["code"]), cell.clone());
                }
            }
        }
    }
    found
}

#[tokio::test]
async fn a_period_leaves_once_and_its_numbers_never_change() {
    let office = Office::open();
    generated::fill(&office, 7, [30, 30, 30]).await;
    let session = signed_in(&office).await;
    let all = call(&office, "releases", &session, json!({})).await.json();
    assert!(all["open"].as_array().unwrap().contains(&json!("2024-T2")) && all["made"].as_array().unwrap().is_empty());
    let made = make(&office, &session, "2024-T1", true).await;
    assert_eq!((made.status.as_u16(), made.json()["made"][0]["number"].as_u64()), (200, Some(1)), "{}", made.json());
    let first = bilan(&office, &session, 1, "contrat_de_ville").await;
    generated::fill(&office, 8, [5, 5, 5]).await;
    assert_eq!(bilan(&office, &session, 1, "contrat_de_ville").await, first, "what comes late is not in it");
    let again = make(&office, &session, "2024-T1", false).await;
    assert_eq!(again.json()["code"], "already_set", "a period leaves once");
    for wrong in ["2024-T5", "2023", "2030-T1", "2024"] {
        let refused = make(&office, &session, wrong, true).await;
        assert_eq!((refused.status.as_u16(), refused.json()["detail"].as_str()), (400, Some("period")), "{wrong}");
    }
}

#[tokio::test]
async fn no_small_number_of_people_is_in_any_file() {
    let office = Office::open();
    generated::fill(&office, 7, [40, 30, 6]).await;
    let session = signed_in(&office).await;
    make(&office, &session, "2024", true).await;
    let whole = bilan(&office, &session, 1, "contrat_de_ville").await;
    assert_eq!(whole["columns"], json!(["QN03701A", "QN03702B", "Hors quartier prioritaire", "Ensemble"]));
    let cells_of = cells(&whole);
    let open = |name: &str| {
        name.starts_with("\"doors\"") || name.contains("action") && !name.contains("bands") && !name.contains("heard")
    };
    let (mut shown, mut hidden) = (0, 0);
    for (name, cell) in &cells_of {
        let of_people = !open(name) && !name.contains("_days");
        for number in [&cell["count"], &cell["of"], &cell["aside"]].into_iter().filter_map(Json::as_u64) {
            assert!(!of_people || number >= 11 || name.contains("actions_done"), "{name}: {cell}");
            shown += 1;
        }
        hidden += u32::from(cell["hidden"] == true);
        assert_eq!(cell["hidden"] == true, cell["count"].is_null() && !name.contains("_days"), "{name}: {cell}");
    }
    assert!(shown > 60 && hidden > 40, "{shown} shown, {hidden} hidden");
    assert!(!whole.to_string().contains("deceased"), "outcomes that tell of who lives there do not leave");
    let rights = cells(&bilan(&office, &session, 1, "libre").await);
    assert!(
        !rights.is_empty() && rights.iter().all(|(name, cell)| cells_of[name] == *cell),
        "a selection of the same numbers"
    );
    // The doors of the bilan are those of the page.
    let tried = office
        .with(|centre| {
            let day = |date| palier_domain::calendar::date_start_ms(date).unwrap();
            let period =
                Period { from_ms: day("2024-01-01"), to_ms: day("2025-01-01"), sector: None, qpv: Some("QN03701A") };
            centre.store.door_figures(&period).unwrap().tried
        })
        .await;
    assert_eq!(cells_of["\"doors\" null \"doors_tried\" 0"]["count"], json!(tried));
}

#[tokio::test]
async fn a_year_is_the_sum_of_its_quarters_when_they_left_first() {
    let office = Office::open();
    generated::fill(&office, 9, [40, 30, 8]).await;
    let session = signed_in(&office).await;
    for quarter in ["2024-T1", "2024-T2", "2024-T3", "2024-T4"] {
        assert_eq!(make(&office, &session, quarter, true).await.status, 200, "{quarter}");
    }
    generated::fill(&office, 10, [3, 3, 3]).await;
    let other = make(&office, &session, "2024", false).await;
    assert_eq!(other.json()["detail"], "by_qpv", "one year has one kind of columns");
    assert_eq!(make(&office, &session, "2024", true).await.status, 200);
    let mut quarters = Vec::new();
    for number in 1..=4 {
        quarters.push(cells(&bilan(&office, &session, number, "contrat_de_ville").await));
    }
    let year = cells(&bilan(&office, &session, 5, "contrat_de_ville").await);
    let name = "\"met\" null \"households\" 0";
    let sum: u64 = quarters.iter().map(|cells| cells[name]["count"].as_u64().unwrap()).sum();
    assert_eq!(year[name]["count"], json!(sum), "what came late is told of by no difference");
    assert_eq!(sum, 4 * (40 - 2), "two of the forty files of each quarter are another's household");
}

#[tokio::test]
async fn a_quarter_of_few_people_offers_the_whole() {
    let office = Office::open();
    generated::fill(&office, 7, [9, 9, 9]).await;
    let session = signed_in(&office).await;
    let mut mostly = Vec::new();
    for (period, by_qpv) in [("2024-T1", true), ("2024", false)] {
        let trial = call(&office, "try_release", &session, json!({ "period": period, "by_qpv": by_qpv })).await.json();
        mostly.push(trial["mostly_hidden"].as_bool().unwrap());
    }
    assert_eq!(mostly, [true, false], "by QPV and quarter little is left; of the whole year much is");
    let empty = json!({ "period": "2025-T4", "by_qpv": true });
    let empty = call(&office, "try_release", &session, empty).await;
    assert_eq!(
        (empty.status.as_u16(), empty.json()["mostly_hidden"].as_bool()),
        (200, Some(true)),
        "a quarter of nobody"
    );
    let kept = call(&office, "releases", &session, json!({})).await.json();
    assert!(kept["made"].as_array().unwrap().is_empty(), "a trial keeps nothing");
}

#[tokio::test]
async fn each_form_of_file_opens() {
    let office = Office::open();
    generated::fill(&office, 7, [40, 30, 20]).await;
    let session = signed_in(&office).await;
    make(&office, &session, "2024", true).await;
    for (format, start) in
        [("pdf", &b"%PDF-"[..]), ("xlsx", b"PK"), ("csv", "\u{feff}Sujet;".as_bytes()), ("json", b"{")]
    {
        for template in ["contrat_de_ville", "adulte_relais", "bailleur", "libre"] {
            let bytes = file(&office, &session, 1, template, format).await;
            assert!(bytes.starts_with(start), "{template} as {format}");
            if let Some(folder) = option_env!("PALIER_KEEP_BILAN") {
                std::fs::write(format!("{folder}/{template}.{format}"), &bytes).unwrap();
            }
        }
    }
    assert_eq!(file(&office, &session, 1, "libre", "pdf").await, file(&office, &session, 1, "libre", "pdf").await);
    let outside = json!({ "number": 2, "template": "libre", "subjects": [], "format": "pdf" });
    assert_eq!(call(&office, "release_file", &session, outside).await.status, 404);
}
