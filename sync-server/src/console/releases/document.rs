//! A release in words: the figures that a template takes, as the screens name them.

use std::collections::BTreeSet;

use palier_disclosure::{Line, Protected, Told};
use palier_reports::{Bilan, Cell, Row, Subject, Table, Words};

use super::kept::Release;
use super::subjects::line_of;
use crate::console::api::Template;
use crate::console::figures::right_name;

/// Figures: subject, code, sheet, line, what it is out of, what is in neither.
const FIGURES: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("doors", "doors_tried", "doors", "doors_tried", "doors", ""),
    ("doors", "doors_opened", "doors", "doors_opened", "doors_tried", ""),
    ("doors", "visits", "doors", "visits", "", ""),
    ("met", "households", "met", "households", "", ""),
    ("met", "slips", "slips", "slips", "", ""),
    ("met", "known_by_none", "met", "known_by_none", "known_asked", ""),
    ("actions", "actions_done", "actions", "actions_done", "", ""),
    ("actions", "counted", "actions", "counted", "", ""),
    ("actions", "seniors", "actions", "seniors", "age_known", ""),
    ("rights", "diagnosed", "rights", "diagnosed", "", ""),
    ("rights", "non_take_up", "rights", "claimable", "assessed", "to_check"),
    ("rights", "not_claimable", "rights", "not_claimable", "assessed", "to_check"),
    ("rights", "held", "rights", "held", "assessed", "to_check"),
    ("granted", "rights_granted", "granted", "rights_granted", "", ""),
    ("granted", "granted_days", "", "granted_days", "", ""),
    ("granted", "rights_asked", "granted", "rights_asked", "", ""),
    ("granted", "rights_refused", "granted", "rights_refused", "", ""),
    ("referrals", "referrals_made", "referrals", "referrals_made", "", ""),
    ("referrals", "referrals_closed", "referrals", "referrals_closed", "handed", ""),
    ("referrals", "closed_days", "", "closed_days", "", ""),
    ("referrals", "newcomers", "came", "newcomers", "", ""),
    ("referrals", "enrolled_first", "came", "enrolled_first", "", ""),
    ("referrals", "france_services_first", "came", "france_services_first", "", ""),
];
/// Tables: subject, code, sheet.
const TABLES: &[(&str, &str, &str)] = &[
    ("doors", "outcomes", "doors"),
    ("met", "needs", "met"),
    ("met", "last_contact", "met"),
    ("actions", "action_kinds", "actions"),
    ("actions", "bands", "actions"),
    ("actions", "heard", "actions"),
    ("rights", "claimable", "rights"),
    ("rights", "non_take_up_types", "rights"),
    ("rights", "motives", "rights"),
    ("referrals", "referral_states", "referrals"),
    ("referrals", "referral_needs", "referrals"),
    ("referrals", "attended", "came"),
    ("referrals", "sources", "referrals"),
];
/// Subjects, in the order of the page.
const SUBJECTS: &[&str] = &["doors", "met", "actions", "rights", "granted", "referrals", "trust"];

/// Which release, of which days.
pub(super) struct Heading {
    pub(super) number: u32,
    pub(super) period: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) released_on: String,
}

/// The code of a template.
pub(super) const fn template_code(template: Template) -> &'static str {
    match template {
        Template::ContratDeVille => "contrat_de_ville",
        Template::AdulteRelais => "adulte_relais",
        Template::Bailleur => "bailleur",
        Template::Libre => "libre",
    }
}

/// The subjects of a template; those given for the free one.
fn subjects(template: Template, given: &[String]) -> Vec<&'static str> {
    let kept = |subject: &&&str| match template {
        Template::ContratDeVille => true,
        Template::AdulteRelais => ["doors", "met", "actions", "referrals"].contains(*subject),
        Template::Bailleur => ["doors", "met", "actions"].contains(*subject),
        Template::Libre => given.iter().any(|code| code == *subject),
    };
    SUBJECTS.iter().filter(kept).copied().collect()
}

/// The document.
pub(super) fn bilan(release: &Release, heading: Heading, template: Template, given: &[String], words: &Words) -> Bilan {
    let code = template_code(template);
    let named = words.of("template-name", code);
    let say = |message: &str| words.say("figures", message, &[]);
    let mut columns: Vec<String> = Vec::new();
    if release.by_qpv {
        let outside = say("outside");
        columns
            .extend(release.areas.iter().map(|(_, name)| if name.is_empty() { outside.clone() } else { name.clone() }));
    }
    if columns.len() != 1 {
        columns.push(say("everywhere"));
    }
    let reader = Reader { release, words, columns: columns.len() };
    let subjects = subjects(template, given).into_iter();
    Bilan {
        schema: "palier-bilan-1".to_owned(),
        number: heading.number,
        period: heading.period,
        from: heading.from,
        to: heading.to,
        released_on: heading.released_on,
        template: code.to_owned(),
        title: words.say("figures", "bilan-title", &[("template", &named)]),
        least_shown: release.rule.least_shown,
        columns,
        subjects: subjects.map(|subject| reader.subject(subject)).collect(),
    }
}

struct Reader<'a> {
    release: &'a Release,
    words: &'a Words,
    columns: usize,
}

impl Reader<'_> {
    fn subject(&self, code: &str) -> Subject {
        let mut figures: Vec<Row> =
            FIGURES.iter().filter(|figure| figure.0 == code).map(|figure| self.figure(figure)).collect();
        if code == "trust" {
            figures.extend(self.trust());
        }
        let tables = TABLES.iter().filter(|table| table.0 == code).filter_map(|table| self.table(table.1, table.2));
        Subject { code: code.to_owned(), title: self.words.of("group", code), figures, tables: tables.collect() }
    }

    fn figure(&self, (_, code, sheet, line, of, aside): &(&str, &str, &str, &str, &str, &str)) -> Row {
        let cells = (0..self.columns).map(|column| match self.release.medians.get(*line) {
            Some(medians) => Cell { count: medians.get(column).copied().flatten(), ..Cell::default() },
            None => self.cell(sheet, line, (of, aside), column),
        });
        Row {
            code: (*code).to_owned(),
            label: self.words.of("figure", code),
            definition: self.words.of("definition", code),
            cells: cells.collect(),
        }
    }

    fn trust(&self) -> Vec<Row> {
        let lines = self.release.sheets.get("trust").map(|told| told.sheet.lines.keys()).into_iter().flatten();
        let objects: BTreeSet<&str> = lines.filter_map(|line| line.strip_prefix("trust_paired:")).collect();
        let row = |code: &str, object: &str| {
            let (of, aside) = (line_of("trust_paired", object), line_of("trust_alone", object));
            let cells =
                (0..self.columns).map(|column| self.cell("trust", &line_of(code, object), (&of, &aside), column));
            Row {
                code: line_of(code, object),
                label: format!("{} : {}", self.words.of("figure", code), self.words.line("trust", object)),
                definition: self.words.of("definition", code),
                cells: cells.collect(),
            }
        };
        objects.into_iter().flat_map(|object| [row("trust_gained", object), row("trust_lost", object)]).collect()
    }

    /// A table without the lines of which nothing is shown; none without lines.
    fn table(&self, code: &str, sheet: &str) -> Option<Table> {
        let told = self.release.sheets.get(sheet)?;
        let prefix = line_of(code, "");
        let lines = told.sheet.lines.iter().filter(|(_, (line, _))| *line != Line::Inner);
        let of_table = lines.filter_map(|(line, _)| Some((line, line.strip_prefix(&prefix)?)));
        let mut rows: Vec<Row> = of_table
            .map(|(line, key)| Row {
                code: key.to_owned(),
                label: self.label(code, key),
                definition: String::new(),
                cells: (0..self.columns).map(|column| self.cell(sheet, line, ("", ""), column)).collect(),
            })
            .filter(|row| row.cells.iter().any(|cell| cell.count.is_some_and(|count| count > 0)))
            .collect();
        // By what is shown alone: the order of true numbers would tell of hidden ones.
        let shown = |row: &Row| row.cells.last().and_then(|cell| cell.count).unwrap_or(0);
        rows.sort_by(|one, other| (shown(other), &one.label).cmp(&(shown(one), &other.label)));
        (!rows.is_empty()).then(|| Table { code: code.to_owned(), title: self.words.of("table", code), rows })
    }

    fn label(&self, table: &str, key: &str) -> String {
        match table {
            "claimable" => right_name(key),
            "attended" => {
                let name = self.release.services.get(key).filter(|name| !name.is_empty());
                name.cloned().unwrap_or_else(|| self.words.say("figures", "gone", &[]))
            }
            _ => self.words.line(table, key),
        }
    }

    fn cell(&self, sheet: &str, line: &str, (of, aside): (&str, &str), column: usize) -> Cell {
        let told = self.release.sheets.get(sheet);
        let shown = |line: &str| match told.map(|told: &Protected| told.told(line, column)) {
            Some(Told::Shown(value)) if !line.is_empty() => Some(value),
            _ => None,
        };
        let count = shown(line);
        Cell { count, hidden: count.is_none(), of: shown(of), aside: shown(aside) }
    }
}
