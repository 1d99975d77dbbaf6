//! Whatever is handed in, a reader answers: it never panics, and an answer that it gives can be planned.

use palier_territory::{
    KnownTerritory, Pack, plan, read_data_inclusion, read_dwellings, read_france_services, read_services, read_zones,
};
use proptest::prelude::*;

use crate::cast::anywhere;

fn read_all(bytes: &[u8]) {
    let context = anywhere();
    let pack = Pack {
        zones: read_zones(bytes, &context).ok(),
        structures: read_data_inclusion(bytes, &context).or_else(|_| read_france_services(bytes, &context)).ok(),
        services: read_services(bytes, &context).ok(),
        dwellings: read_dwellings(bytes, &context).ok(),
    };
    let plan = plan(&KnownTerritory::default(), &pack);
    let total = |count: usize| u32::try_from(count).expect("a small file");
    let dwellings = pack.dwellings.as_ref().map_or(0, |reading| reading.items.len());
    assert_eq!(plan.buildings.new.total, total(dwellings), "every building that is read is planned");
    for (file, rows) in plan.files.iter().map(|file| (file, file.rows)) {
        assert!(file.refused.total() + file.outside <= rows, "no more is refused than is there");
    }
}

/// Cells that have bitten before, to be put together at random.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        8 => "[0-9]{1,3}(\\.0)?",
        4 => "(RDC|SS1|R\\+2|-1|3e étage|37261|37261\\.0|1004|47\\.39|0\\.69|525000\\.1|6700000)",
        2 => "[A-Zé' -]{1,12}",
        1 => "\"[^\"]{0,8}",
        1 => "\"[a-z;\n]{0,8}\"",
        1 => any::<String>(),
    ]
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read_all(&bytes);
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in any::<String>()) {
        read_all(text.as_bytes());
    }

    #[test]
    fn no_line_makes_the_dwellings_reader_panic(
        lines in prop::collection::vec(prop::collection::vec(cell(), 0..18), 1..8),
        separator in prop::sample::select(vec![";", ",", "\t"]),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let header = ["DEPCOM", "NUMVOIE", "INDREP", "TYPVOIE", "NOMVOIE", "BAT", "ENTREE", "ESC", "ETAGE", "NUMAPPT", "NUMBOITE",
            "CODEPOSTAL", "LIBCOM", "latitude", "longitude", "x", "y"].join(separator);
        let lines: Vec<String> = lines.iter().map(|cells| cells.join(separator)).collect();
        read_all(format!("{header}{end}{}", lines.join(end)).as_bytes());
    }

    #[test]
    fn no_line_makes_the_france_services_reader_panic(
        lines in prop::collection::vec(prop::collection::vec(cell(), 0..14), 1..6),
    ) {
        let header = "id_fs,lib_fs,adresse,insee_com,h_lundi,h_mardi,h_mercredi,h_jeudi,h_vendredi,latitude,longitude,commentaire";
        let lines: Vec<String> = lines.iter().map(|cells| cells.join(",")).collect();
        read_all(format!("{header}\n{}", lines.join("\n")).as_bytes());
    }

    #[test]
    fn no_json_makes_a_reader_panic(
        coordinates in prop::collection::vec((any::<f64>(), any::<i32>()), 0..8),
        code in "Q[NP][0-9A-Z]{0,7}",
        text in any::<String>(),
    ) {
        let ring: Vec<serde_json::Value> = coordinates.iter().map(|(x, y)| serde_json::json!([x, y])).collect();
        let geometry = serde_json::json!({"type": "Polygon", "coordinates": [ring]});
        let properties = serde_json::json!({"code_qp": code, "lib_qp": text, "insee_com": text});
        let collection = serde_json::json!({"type": "FeatureCollection", "features": [{"properties": properties, "geometry": geometry}]});
        read_all(collection.to_string().as_bytes());
        let structure = serde_json::json!([{"id": format!("s--{text}"), "source": "s", "nom": text, "date_maj": "2024-08-01",
            "horaires_accueil": text, "siret": text, "site_web": text, "latitude": coordinates.len(), "longitude": text}]);
        read_all(structure.to_string().as_bytes());
    }

    #[test]
    fn a_broken_file_is_read_or_refused(cut in 0_usize..2_000, noise in any::<u8>()) {
        let whole = "DEPCOM;NUMVOIE;NOMVOIE;ETAGE;NUMAPPT\n37261;1;\"rue; A\";RDC;1\n37261;1;rue é;3e étage;\"3\"\"\"\n".repeat(12);
        let mut bytes = whole.into_bytes();
        let at = cut % bytes.len();
        bytes[at] = noise;
        read_all(&bytes);
        bytes.truncate(at);
        read_all(&bytes);
    }
}
