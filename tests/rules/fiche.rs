//! Every line of the fiche stands in `docs/FICHE.md`, and every test that it names exists.

use super::text;

/// Lines of the fiche.
const LINES: usize = 60;

struct Line {
    id: String,
    words: String,
    tests: Vec<String>,
    missing: String,
}

fn lines() -> Vec<Line> {
    let table = text("docs/FICHE.md").unwrap();
    let rows =
        table.lines().filter(|line| line.starts_with("| S") && line.as_bytes().get(3).is_some_and(u8::is_ascii_digit));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [id, words, tests, missing] = cells[..] else { panic!("four columns: {row}") };
        // A title of a screen test may hold a comma: a path begins each test.
        let tests = tests.split_inclusive(", ").fold(Vec::<String>::new(), |mut tests, part| {
            if part.contains("::") || tests.is_empty() {
                tests.push(part.to_owned());
            } else if let Some(last) = tests.last_mut() {
                last.push_str(part);
            }
            tests
        });
        let tests = tests.iter().map(|test| test.trim_end_matches(", ").to_owned()).filter(|test| !test.is_empty());
        Line { id: id.to_owned(), words: words.to_owned(), tests: tests.collect(), missing: missing.to_owned() }
    })
    .collect()
}

#[test]
fn every_line_of_the_fiche_is_told_and_its_tests_exist() {
    let lines = lines();
    let ids: Vec<String> = (1..=LINES).map(|n| format!("S{n:02}")).collect();
    assert_eq!(lines.iter().map(|line| line.id.clone()).collect::<Vec<_>>(), ids, "every line once, in order");
    for line in &lines {
        for test in &line.tests {
            let (path, name) = test.split_once("::").unwrap_or_else(|| panic!("{}: {test} is no test", line.id));
            let source = text(path).unwrap_or_else(|| panic!("{}: {path} is not there", line.id));
            let stands =
                name == "*" || source.contains(&format!("fn {name}(")) || source.contains(&format!("test('{name}'"));
            assert!(stands, "{}: {path} has no test {name}", line.id);
        }
        assert!(
            !line.tests.is_empty() || !line.missing.is_empty(),
            "{}: without a test, what is missing is said",
            line.id
        );
    }
    let (covered, rest): (Vec<&Line>, Vec<&Line>) =
        lines.iter().partition(|line| !line.tests.is_empty() && line.missing.is_empty());
    let (begun, none): (Vec<&Line>, Vec<&Line>) = rest.into_iter().partition(|line| !line.tests.is_empty());
    for (title, lines) in [("covered", covered), ("begun", begun), ("not yet", none)] {
        println!("{title}: {}", lines.len());
        for line in lines {
            println!(
                "  {} {}{}",
                line.id,
                line.words,
                if line.missing.is_empty() { String::new() } else { format!(" — {}", line.missing) }
            );
        }
    }
}
