//! The limit of everything that comes from outside, each with its reason.

/// A zones file, in bytes: the contours of the whole of France take about 20 MB of GeoJSON.
pub const ZONES_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Zones kept: France has 1,584 priority neighbourhoods (2024 contours), overseas included.
pub const ZONES_MAX: usize = 5_000;
/// Corners of all the rings of one zone: the most detailed official contour has a few thousand.
pub const ZONE_CORNERS_MAX: usize = 100_000;

/// A structures file, in bytes: the national data·inclusion base is near 100 MB.
pub const STRUCTURES_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Structures kept after the commune filter: a large metropolis has under 5,000.
pub const STRUCTURES_MAX: usize = 50_000;

/// Services kept after the commune filter: a large metropolis has under 15,000.
pub const SERVICES_MAX: usize = 50_000;

/// A dwellings file, in bytes: a row of the full register takes about 350 bytes.
pub const DWELLINGS_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Rows of a dwellings file that are read: the largest region of the register has about 1.3 million.
pub const DWELLING_ROWS_MAX: u32 = 2_000_000;
/// Dwellings kept after the commune filter: a territory of the city contract has under 100,000 social dwellings.
pub const DWELLINGS_MAX: u32 = 300_000;

/// Columns of a CSV file: the register has about 90.
pub const COLUMNS_MAX: usize = 400;
/// A short cell, in characters: a code, a number, a postcode.
pub const CODE_CHARS_MAX: usize = 40;
/// A cell of an address or a name, in characters; data·inclusion allows names of 150.
pub const TEXT_CHARS_MAX: usize = 300;
/// A web address, in characters, as data·inclusion has it.
pub const LINK_CHARS_MAX: usize = 2_083;
/// A description, in characters, as data·inclusion has it.
pub const DESCRIPTION_CHARS_MAX: usize = 10_000;
/// Values of a list in one cell (`|`): no published list is longer.
pub const LIST_VALUES_MAX: usize = 50;

/// Refusals, remarks and changes that are listed; beyond, they are only counted, so that a screen stays readable.
pub const LISTED_MAX: usize = 200;
/// Characters of a refused value that are shown: enough to find it in the file.
pub const SHOWN_CHARS_MAX: usize = 60;

/// Lowest floor that is believed: towers of the neighbourhoods have at most three basements.
pub const FLOOR_MIN: i16 = -5;
/// Highest floor that is believed: the tallest housing tower of France has 40.
pub const FLOOR_MAX: i16 = 60;
