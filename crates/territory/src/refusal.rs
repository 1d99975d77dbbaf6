//! Why a file, a line or a value is not taken: a code for the words of the catalogue, and where to look.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::limits::{LISTED_MAX, SHOWN_CHARS_MAX};

macro_rules! refusal_codes {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal,)*) => {
        /// What is wrong. The text code names the message of the catalogue and never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum RefusalCode {
            $($(#[doc = $doc])* #[serde(rename = $code)] $name,)*
        }

        impl RefusalCode {
            /// Every code, for the test that each has its words.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The text code: `column_missing`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }
        }
    };
}

refusal_codes! {
    /// The file holds nothing.
    FileEmpty = "file_empty",
    /// The file is larger than the limit; `expected` is the limit in MiB.
    FileTooLarge = "file_too_large",
    /// A spreadsheet (XLSX, ODS, XLS) where a text file is expected.
    SpreadsheetFile = "spreadsheet_file",
    /// A compressed file (ZIP, GZ).
    CompressedFile = "compressed_file",
    /// UTF-16 text ("texte Unicode" of a spreadsheet program).
    EncodingUtf16 = "encoding_utf16",
    /// Neither UTF-8 nor Windows-1252.
    EncodingUnknown = "encoding_unknown",
    /// A web page was saved instead of the file.
    WebPage = "web_page",
    /// A quotation mark opens and never closes: what follows cannot be told apart.
    UnclosedQuote = "unclosed_quote",
    /// A column that is needed is not there; `expected` is its name, `value` what the header holds.
    ColumnMissing = "column_missing",
    /// A column stands twice in the header.
    ColumnTwice = "column_twice",
    /// More columns than the limit, given in `expected`.
    TooManyColumns = "too_many_columns",
    /// A header and not one line below.
    NoRows = "no_rows",
    /// More lines or elements than the limit, given in `expected`.
    TooManyRows = "too_many_rows",
    /// The text is not JSON; `column` is the character of the line.
    JsonMalformed = "json_malformed",
    /// The JSON is not a list of structures.
    NotAList = "not_a_list",
    /// The JSON is not a GeoJSON feature collection.
    NotGeojson = "not_geojson",
    /// The GeoJSON declares another reference system than WGS84.
    CrsNotWgs84 = "crs_not_wgs84",

    /// A value that is needed is empty.
    ValueMissing = "value_missing",
    /// A value is longer than the limit, given in `expected`.
    ValueTooLong = "value_too_long",
    /// A line has more values than the header has columns: a separator stands in a value without quotation marks.
    ExtraValues = "extra_values",
    /// A line break inside an address or a number.
    LineBreakInValue = "line_break_in_value",
    /// A character that no one can see and no text needs.
    ControlCharacter = "control_character",
    /// Not a house number ("12", "12-14"; "0" or "SN" for none).
    HouseNumberUnreadable = "house_number_unreadable",
    /// Not a floor ("RDC", "3", "R+3", "-1").
    FloorUnreadable = "floor_unreadable",
    /// The number of the dwelling says nothing ("Porte", "-").
    LabelUnreadable = "label_unreadable",
    /// Not a commune code of five characters.
    InseeMalformed = "insee_malformed",
    /// The same door stands on two lines; `expected` is the first one.
    DuplicateDwelling = "duplicate_dwelling",
    /// The element is not of the expected form (an object, a text, a number); `expected` says which.
    WrongType = "wrong_type",
    /// Not a code of a priority neighbourhood ("QN03709M", "QP037001").
    CodeMalformed = "code_malformed",
    /// The same code or identifier stands twice; `expected` is the first line or element.
    DuplicateCode = "duplicate_code",
    /// A neighbourhood without its contour.
    GeometryMissing = "geometry_missing",
    /// A contour that is neither Polygon nor MultiPolygon; `value` is what it is.
    GeometryNotPolygon = "geometry_not_polygon",
    /// A ring of under three different corners.
    RingTooShort = "ring_too_short",
    /// A contour with more corners than the limit, given in `expected`.
    TooManyCorners = "too_many_corners",
    /// Coordinates that are not degrees: probably Lambert-93.
    CoordinatesOutOfRange = "coordinates_out_of_range",
    /// Latitude and longitude stand in each other's place.
    CoordinatesSwapped = "coordinates_swapped",
    /// The identifier is not of the v1 form `source--identifiant`.
    IdNotV1 = "id_not_v1",
    /// Not a date of the form 2026-11-22.
    DateMalformed = "date_malformed",

    /// Remark: the postcode is not five digits; the line is kept without it.
    PostcodeUnreadable = "postcode_unreadable",
    /// Remark: the point cannot be read; the line is kept without it.
    PointUnreadable = "point_unreadable",
    /// Remark: two lines of one building are more than 100 m apart; the first point is kept.
    PointsDisagree = "points_disagree",
    /// Remark: two stairs of one building have names that read the same; their doors are put together.
    StairsMerged = "stairs_merged",
    /// Remark: the hours cannot be read; they are kept as written and shown "à vérifier".
    HoursUnreadable = "hours_unreadable",
    /// Remark: the SIRET is not fourteen digits; the structure is kept without it.
    SiretUnreadable = "siret_unreadable",
    /// Remark: not an address of the web (http, https) or of e-mail; the structure is kept without it.
    ContactUnreadable = "contact_unreadable",
}

/// One thing that is not taken, or is taken with a remark, and where it stands.
///
/// `value` comes from the file and is for the coordinator's screen; the `Display` form, which may be logged, leaves it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{} (line {line:?}, element {element:?}, column {column:?})", code.as_str())]
pub struct Refusal {
    /// What is wrong.
    pub code: RefusalCode,
    /// Line of the file, from 1, the header included; none when the file has no lines to speak of.
    pub line: Option<u32>,
    /// Rank of the element in a JSON list or of the feature in a GeoJSON, from 1.
    pub element: Option<u32>,
    /// Name of the column as the file writes it, or of the JSON member.
    pub column: Option<String>,
    /// What the file holds there, at most [`SHOWN_CHARS_MAX`] characters.
    pub value: String,
    /// What was expected: a name, a limit, another line. Empty when the code says it all.
    pub expected: String,
}

impl Refusal {
    /// A refusal without a place in the file.
    #[must_use]
    pub const fn of(code: RefusalCode) -> Self {
        Self { code, line: None, element: None, column: None, value: String::new(), expected: String::new() }
    }

    /// At a line, from 1.
    #[must_use]
    pub fn line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// At an element of a list, from 1.
    #[must_use]
    pub fn element(mut self, element: u32) -> Self {
        self.element = Some(element);
        self
    }

    /// In a column.
    #[must_use]
    pub fn column(mut self, column: &str) -> Self {
        self.column = Some(shown(column));
        self
    }

    /// What the file holds there.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        self.value = shown(value);
        self
    }

    /// What was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl ToString) -> Self {
        self.expected = shown(&expected.to_string());
        self
    }
}

/// The start of a value, without characters that would disturb a screen.
fn shown(value: &str) -> String {
    let mut out: String = value.chars().take(SHOWN_CHARS_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if value.chars().nth(SHOWN_CHARS_MAX).is_some() {
        out.push('…');
    }
    out
}

/// A list that is always counted whole and shown in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed<T> {
    /// How many there are.
    pub total: u32,
    /// The first of them, at most [`LISTED_MAX`].
    pub shown: Vec<T>,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { total: 0, shown: Vec::new() }
    }
}

impl<T> Listed<T> {
    /// Counts one more, and keeps it when there is room.
    pub fn push(&mut self, one: T) {
        self.total = self.total.saturating_add(1);
        if self.shown.len() < LISTED_MAX {
            self.shown.push(one);
        }
    }
}

/// Refusals or remarks: the first of them, and how many by code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// How many, and the first of them.
    pub list: Listed<Refusal>,
    /// How many by code.
    pub by_code: BTreeMap<RefusalCode, u32>,
}

impl Findings {
    /// Counts one more.
    pub fn push(&mut self, refusal: Refusal) {
        *self.by_code.entry(refusal.code).or_default() += 1;
        self.list.push(refusal);
    }

    /// How many there are.
    #[must_use]
    pub const fn total(&self) -> u32 {
        self.list.total
    }
}
