//! The shared files whose truth is known, when they are there. The cases made by hand take the same path.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::PathBuf;

use palier_matching::{Pair, pairs, read_lines};

type Ids = (String, String);

fn shared(name: &str) -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var_os("PALIER_SHARED").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let path = folder.join("data/matching").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: PALIER_SHARED does not lead to data/matching/{name}; cases made by hand take the same path");
    None
}

fn truth(path: PathBuf) -> BTreeSet<Ids> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let ids = lines.filter_map(|line| {
        let mut columns = line.split('\t').map(ToOwned::to_owned);
        Some((columns.next()?, columns.next()?))
    });
    ids.map(|(a, b)| if a < b { (a, b) } else { (b, a) }).collect()
}

fn figures(truth: &BTreeSet<Ids>, found: &[Pair]) -> (f64, f64, f64) {
    let is_true = |pair: &&Pair| truth.contains(&(pair.a.clone(), pair.b.clone()));
    let proposed = found.iter().filter(|pair| pair.proposed).count() as f64;
    let right = found.iter().filter(|pair| pair.proposed).filter(is_true).count() as f64;
    let listed = found.iter().filter(is_true).count() as f64;
    let all = truth.len() as f64;
    (right / proposed, right / all, listed / all)
}

fn check(kind: &str, precision_min: f64, recall_min: f64, listed_min: f64) {
    let (Some(file), Some(known)) = (shared(&format!("{kind}.jsonl")), shared(&format!("{kind}.truth.tsv"))) else {
        return;
    };
    let records = read_lines(BufReader::new(File::open(file).unwrap())).unwrap();
    let (precision, recall, listed) = figures(&truth(known), &pairs(&records));
    eprintln!("{kind}: precision {precision:.4}, recall {recall:.4}, listed {listed:.4}");
    assert!(precision >= precision_min, "{kind}: precision {precision:.4}");
    assert!(recall >= recall_min, "{kind}: recall {recall:.4}");
    assert!(listed >= listed_min, "{kind}: {listed:.4} of the true pairs are proposed or listed as possible");
}

#[test]
fn usual_files_are_decided() {
    check("std", 0.99, 0.88, 0.95);
}

#[test]
fn files_with_little_in_them_list_what_cannot_be_decided() {
    check("sparse", 0.97, 0.60, 0.85);
}
