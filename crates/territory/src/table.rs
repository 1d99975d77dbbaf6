//! A CSV file as lines with named columns: the separator is found, columns stand in any order, others are ignored.

use csv::StringRecord;
use palier_domain::fold;

use crate::limits::COLUMNS_MAX;
use crate::refusal::{Refusal, RefusalCode};

/// Separators that are tried.
const SEPARATORS: &[u8] = b";,\t|";

/// A column that a reader knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// The name of the format.
    pub name: &'static str,
    /// Other names seen for it.
    pub aliases: &'static [&'static str],
    /// The file is refused without it.
    pub required: bool,
    /// Longest value, in characters.
    pub chars_max: usize,
    /// A value may hold line breaks.
    pub multiline: bool,
}

impl Column {
    /// A required column.
    pub const fn required(name: &'static str, chars_max: usize) -> Self {
        Self { name, aliases: &[], required: true, chars_max, multiline: false }
    }

    /// An optional column.
    pub const fn optional(name: &'static str, chars_max: usize) -> Self {
        Self { required: false, ..Self::required(name, chars_max) }
    }

    /// The same column under other names too.
    pub const fn or(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    /// The same column, whose values may hold line breaks.
    pub const fn multiline(self) -> Self {
        Self { multiline: true, ..self }
    }

    /// Its names, as they are compared.
    fn keys(&self) -> Vec<String> {
        std::iter::once(&self.name).chain(self.aliases).map(|name| name_key(name)).collect()
    }
}

/// "Code postal", "CODE_POSTAL" and "codepostal" are one name.
fn name_key(name: &str) -> String {
    fold::joined(name).replace(' ', "")
}

/// An open table, read line by line.
pub(crate) struct Table<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    record: StringRecord,
    names: Names,
    counted: usize,
    line: u32,
}

/// One line: its number and its known values.
pub(crate) struct Row<'r> {
    /// Line of the file, from 1.
    pub line: u32,
    values: Vec<&'r str>,
    names: &'r Names,
}

/// The header, and where each known column stands in it.
struct Names {
    columns: &'static [Column],
    places: Vec<Option<usize>>,
    /// As the file writes it.
    header: Vec<String>,
}

impl Names {
    /// The name of a column as the file writes it.
    fn of(&self, column: usize) -> &str {
        let own = self.columns.get(column).map_or("", |column| column.name);
        let place = self.places.get(column).copied().flatten();
        place.and_then(|place| self.header.get(place)).map_or(own, String::as_str)
    }
}

impl<'r> Row<'r> {
    /// The value of a column by its rank in the reader's list; empty when the file has no such column.
    pub fn get(&self, column: usize) -> &'r str {
        self.values.get(column).copied().unwrap_or_default()
    }

    /// A refusal of the value of a column.
    pub fn refusal(&self, code: RefusalCode, column: usize) -> Refusal {
        Refusal::of(code).line(self.line).column(self.names.of(column)).value(self.get(column))
    }
}

impl<'t> Table<'t> {
    /// Finds the separator and the columns.
    ///
    /// # Errors
    /// A needed column is missing or stands twice, or there is not one line below the header.
    pub fn open(text: &'t str, columns: &'static [Column]) -> Result<Self, Refusal> {
        let (body, skipped) = without_separator_line(text);
        let separator = separator_of(body, columns);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(body.as_bytes());
        let mut record = StringRecord::new();
        let some = reader.read_record(&mut record).unwrap_or(false);
        let header: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
        let line = 1 + u32::from(skipped);
        if !some {
            return Err(Refusal::of(RefusalCode::NoRows).line(line));
        }
        if header.len() > COLUMNS_MAX {
            return Err(Refusal::of(RefusalCode::TooManyColumns).line(line).expected(COLUMNS_MAX));
        }
        let places = places_of(&header, columns, line)?;
        let names = Names { columns, places, header };
        let table = Self { text: body, reader, record, names, counted: 0, line };
        if table.rest().trim().is_empty() {
            return Err(Refusal::of(RefusalCode::NoRows).line(line));
        }
        Ok(table)
    }

    /// Moves to the next line that is not empty; false at the end of the file.
    ///
    /// # Errors
    /// What follows an unclosed quotation mark cannot be told apart: the reading ends.
    pub fn advance(&mut self) -> Result<bool, Refusal> {
        loop {
            let start = self.position();
            let read = self.reader.read_record(&mut self.record);
            let end = self.position();
            // The text is valid UTF-8 and the reader is flexible: nothing else can fail while reading from memory.
            if !matches!(read, Ok(true)) {
                return Ok(false);
            }
            let raw = self.text.get(start..end).unwrap_or_default();
            let leading = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
            self.count_lines(start + leading);
            let inner = raw.trim_matches(['\r', '\n']);
            if inner.contains('\n') && inner.matches('"').count() % 2 == 1 {
                return Err(Refusal::of(RefusalCode::UnclosedQuote).line(self.line).value(inner));
            }
            if self.record.iter().any(|value| !value.trim().is_empty()) {
                return Ok(true);
            }
        }
    }

    /// The values of the line at hand.
    ///
    /// # Errors
    /// The line has values beyond the header, or a value that is too long or holds what no address holds.
    pub fn row(&self) -> Result<Row<'_>, Refusal> {
        if let Some(extra) = self.record.iter().skip(self.names.header.len()).find(|value| !value.trim().is_empty()) {
            return Err(Refusal::of(RefusalCode::ExtraValues)
                .line(self.line)
                .value(extra)
                .expected(self.names.header.len()));
        }
        let mut values = Vec::with_capacity(self.names.columns.len());
        for (rank, column) in self.names.columns.iter().enumerate() {
            let place = self.names.places.get(rank).copied().flatten();
            let value = place.and_then(|place| self.record.get(place)).unwrap_or_default().trim();
            let refused = |code| Refusal::of(code).line(self.line).column(self.names.of(rank)).value(value);
            if value.len() > column.chars_max && value.chars().count() > column.chars_max {
                return Err(refused(RefusalCode::ValueTooLong).expected(column.chars_max));
            }
            if let Some(c) = value.chars().find(|c| is_unseen(*c)) {
                let code =
                    if c == '\n' || c == '\r' { RefusalCode::LineBreakInValue } else { RefusalCode::ControlCharacter };
                if !(column.multiline && code == RefusalCode::LineBreakInValue) {
                    return Err(refused(code));
                }
            }
            values.push(value);
        }
        Ok(Row { line: self.line, values, names: &self.names })
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.position()..).unwrap_or_default()
    }

    /// Moves the line number to the line that holds the byte `to`. The csv crate counts CRLF files one line late.
    fn count_lines(&mut self, to: usize) {
        let bytes = self.text.as_bytes();
        let mut ends = 0;
        for at in self.counted..to {
            match bytes.get(at) {
                Some(b'\n') => ends += 1,
                Some(b'\r') if bytes.get(at + 1) != Some(&b'\n') => ends += 1,
                _ => {}
            }
        }
        self.line = self.line.saturating_add(ends);
        self.counted = to.max(self.counted);
    }
}

/// Control characters, and the marks that turn the direction of a text. A tab is a space that was typed.
pub(crate) fn is_unseen(c: char) -> bool {
    (c.is_control() && c != '\t') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Spreadsheet programs write `sep=;` on a first line of its own.
fn without_separator_line(text: &str) -> (&str, bool) {
    match text.split_once('\n') {
        Some((first, rest)) if first.trim().len() == 5 && first.to_ascii_lowercase().starts_with("sep=") => {
            (rest, true)
        }
        _ => (text, false),
    }
}

/// The separator under which the header has the most known columns, then the most columns.
fn separator_of(text: &str, columns: &[Column]) -> u8 {
    let header = text.trim_start().lines().next().unwrap_or_default();
    let columns: Vec<Vec<String>> = columns.iter().map(Column::keys).collect();
    let score = |separator: u8| {
        let names: Vec<String> = header.split(char::from(separator)).map(name_key).collect();
        let known = columns.iter().filter(|keys| names.iter().any(|name| keys.contains(name))).count();
        (known, names.len().min(COLUMNS_MAX))
    };
    // A header far beyond any format is not scored: the reader refuses it by its size.
    if header.len() > COLUMNS_MAX * 200 {
        return b';';
    }
    SEPARATORS.iter().copied().rev().max_by_key(|separator| score(*separator)).unwrap_or(b';')
}

fn places_of(header: &[String], columns: &[Column], line: u32) -> Result<Vec<Option<usize>>, Refusal> {
    let mut places = Vec::with_capacity(columns.len());
    let names: Vec<String> = header.iter().map(|name| name_key(name)).collect();
    for column in columns {
        let keys = column.keys();
        let mut found = names.iter().enumerate().filter(|(_, name)| keys.contains(name)).map(|(place, _)| place);
        let place = found.next();
        if let Some(twin) = found.next().and_then(|twin| header.get(twin)) {
            return Err(Refusal::of(RefusalCode::ColumnTwice).line(line).column(twin));
        }
        if place.is_none() && column.required {
            let seen = header.join(", ");
            return Err(Refusal::of(RefusalCode::ColumnMissing)
                .line(line)
                .column(column.name)
                .value(&seen)
                .expected(column.name));
        }
        places.push(place);
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column::required("NUMVOIE", 10),
        Column::required("NOMVOIE", 20).or(&["voie_nom"]),
        Column::optional("NOTE", 50).multiline(),
    ];

    type Line = Result<(u32, String), RefusalCode>;

    fn lines(text: &str) -> Result<Vec<Line>, RefusalCode> {
        let mut table = Table::open(text, COLUMNS).map_err(|refusal| refusal.code)?;
        let mut out = Vec::new();
        while table.advance().map_err(|refusal| refusal.code)? {
            out.push(
                table
                    .row()
                    .map(|row| (row.line, format!("{}|{}", row.get(0), row.get(1))))
                    .map_err(|refusal| refusal.code),
            );
        }
        Ok(out)
    }

    fn read(text: &str, expected: &[(u32, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(line, value)| Ok((*line, (*value).to_owned()))).collect();
        assert_eq!(lines(text), Ok(expected), "{text:?}");
    }

    #[test]
    fn separators_order_and_line_ends_do_not_matter() {
        read("NUMVOIE;NOMVOIE\n1;A\n2;B", &[(2, "1|A"), (3, "2|B")]);
        read("NUMVOIE,NOMVOIE\r\n1,A\r\n2,B\r\n", &[(2, "1|A"), (3, "2|B")]);
        read("nom voie\tAUTRE\tNumVoie\n\n\nA\tx\t1\n", &[(4, "1|A")]);
        read("sep=;\r\nNUMVOIE;NOMVOIE\r\n1;\"A; B\"\r\n", &[(3, "1|A; B")]);
        read("\"NUMVOIE\";\"voie_nom\"\r1;A\r;;\r2;B", &[(2, "1|A"), (4, "2|B")]);
        read("NUMVOIE;NOMVOIE;NOTE\n1;A;\"deux\nlignes\"\n2;B;", &[(2, "1|A"), (4, "2|B")]);
        read("NUMVOIE;NOMVOIE;VIDE\n1;A\n2;B;;;;", &[(2, "1|A"), (3, "2|B")]);
    }

    #[test]
    fn a_bad_line_is_refused_and_the_next_one_read() {
        let text = "NUMVOIE;NOMVOIE\n1;A;B\n2;\"C\nD\"\n12345678901;E\n3;F\u{7}\n4;G";
        let codes: Vec<_> =
            lines(text).expect("a readable table").into_iter().map(|row| row.map(|row| row.0)).collect();
        let expected = [
            Err(RefusalCode::ExtraValues),
            Err(RefusalCode::LineBreakInValue),
            Err(RefusalCode::ValueTooLong),
            Err(RefusalCode::ControlCharacter),
            Ok(7),
        ];
        assert_eq!(codes, expected, "each line has its own reason and the last one its true number");
    }

    #[test]
    fn a_bad_table_is_refused_whole() {
        assert_eq!(lines("NUMVOIE;RUE\n1;A"), Err(RefusalCode::ColumnMissing), "a needed column is not there");
        assert_eq!(lines("NUMVOIE;NOMVOIE;num_voie\n1;A;2"), Err(RefusalCode::ColumnTwice), "which one is meant?");
        assert_eq!(lines("NUMVOIE;NOMVOIE\n\n"), Err(RefusalCode::NoRows), "there is nothing to import");
        assert_eq!(lines("NUMVOIE;NOMVOIE\n1;\"A\n2;B\n"), Err(RefusalCode::UnclosedQuote), "the rest would be lost");
    }
}
