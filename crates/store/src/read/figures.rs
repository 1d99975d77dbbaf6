//! The figures of the contrat de ville (model.md §4), each counted from the projections. What nobody was asked is told apart and
//! is never among those who answered.

use std::collections::{BTreeMap, BTreeSet};

use palier_domain::trust::Measure;
use rusqlite::{Connection, Params, params};
use uuid::Uuid;

use super::heard::trust_row;
use crate::{Store, StoreError};

/// When and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period<'a> {
    /// From this instant, UTC milliseconds.
    pub from_ms: i64,
    /// Before this instant, UTC milliseconds.
    pub to_ms: i64,
    /// Of one sector, or of all.
    pub sector: Option<Uuid>,
    /// Of the sectors of one QPV by its code, of those that are in none when it is empty, or of all.
    pub qpv: Option<&'a str>,
}

/// Counts by code.
pub type Counts = BTreeMap<String, u32>;

/// R2: doors and passages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DoorFigures {
    /// Doors there are.
    pub doors: u32,
    /// Tried at least once in the period.
    pub tried: u32,
    /// Opened at least once in the period.
    pub opened: u32,
    /// Passages by outcome.
    pub outcomes: Counts,
}

/// R3, S02, S12, S35: whom one met. The first two are never summed: a slip may be a household's that opened a file later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetFigures {
    /// Files opened.
    pub households: u32,
    /// Slips given to people without a file: diagnoses, referrals, trust.
    pub slips: u32,
    /// Files where it was asked whether a structure knows the household.
    pub known_asked: u32,
    /// Of them, those that no structure knows.
    pub known_by_none: u32,
    /// Files by when the household last came to a public service; those that nobody asked are left out.
    pub last_contact: Counts,
    /// Files by need expressed.
    pub needs: Counts,
}

/// R1, R3, S41, S54: actions that took place, and who was counted there. Never summed with people met at a door.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionFigures {
    /// Actions by type.
    pub kinds: Counts,
    /// What was counted there, by code (`palier_domain::action`).
    pub tallies: Counts,
}

/// Q3, Q4, I1: rights of the latest closed diagnosis of each household or slip, and what became of rights.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RightFigures {
    /// Households and slips with a closed diagnosis.
    pub diagnosed: u32,
    /// Items by status: `held`, `claimable`, `not_claimable`, `in_progress`, `to_check`.
    pub statuses: Counts,
    /// Claimable items by right.
    pub claimable: Counts,
    /// Claimable items by type of non-take-up, where it was said.
    pub non_take_up: Counts,
    /// Claimable items by motive, where it was said.
    pub motives: Counts,
    /// Rights by what became of them in the period: `asked`, `granted`, `refused`, `nothing`.
    pub follow_ups: Counts,
    /// Days from the diagnosis to each right granted in the period, shortest first.
    pub granted_days: Vec<u32>,
}

/// P1, Q1, Q2, I2: referrals made in the period, and who came somewhere for the first time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferralFigures {
    /// Made.
    pub made: u32,
    /// By state, as their events tell it: what expired since is told by the clock, not here.
    pub states: Counts,
    /// By need.
    pub needs: Counts,
    /// Closed, by who said so.
    pub sources: Counts,
    /// Days from the referral to its end, shortest first.
    pub closed_days: Vec<u32>,
    /// Q1: enrolled for the first time, in the period.
    pub enrolled_first: u32,
    /// Attended in the period, for the first time or not, by service.
    pub attended: Counts,
    /// Attended for the first time in the period, by service.
    pub attended_first: Counts,
    /// I2: households and slips that came somewhere for the first time.
    pub newcomers: u32,
}

/// A household: files that stand together count once.
const ONE: &str = "coalesce(holder, household.id)";
/// Condition on a sector's column: `?3` is the sector or null, `?4` the code of a QPV or null. A sector that is not here yet is in none.
const IN_SECTOR: &str = "(?3 IS NULL OR sector = ?3)
    AND (?4 IS NULL OR coalesce((SELECT qpv FROM sector AS known WHERE known.id = sector), '') = ?4)";
/// The same, of the sector of a building.
const BUILDING_IN_SECTOR: &str = "(?3 IS NULL OR building.sector = ?3)
    AND (?4 IS NULL OR coalesce((SELECT qpv FROM sector AS known WHERE known.id = building.sector), '') = ?4)";
const DAY_MS: i64 = 86_400_000;

impl Store {
    /// R2.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn door_figures(&self, period: &Period<'_>) -> Result<DoorFigures, StoreError> {
        let places = format!(
            "JOIN door ON door.id = visit.door JOIN stair ON stair.id = door.stair
             JOIN building ON building.id = stair.building
             WHERE visit.at >= ?1 AND visit.at < ?2 AND {BUILDING_IN_SECTOR}"
        );
        let asked = params![period.from_ms, period.to_ms, period.sector, period.qpv];
        let doors = self
            .connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM door JOIN stair ON stair.id = door.stair JOIN building ON building.id = stair.building
                 WHERE ?1 <= ?2 AND {BUILDING_IN_SECTOR}"
            ))?
            .query_row(asked, |row| row.get(0))?;
        let (tried, opened) = self
            .connection
            .prepare_cached(&format!(
                "SELECT count(DISTINCT visit.door),
                        count(DISTINCT CASE WHEN visit.outcome IN ('opened_brief', 'opened_full') THEN visit.door END)
                 FROM visit {places}"
            ))?
            .query_row(asked, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let outcomes = counts(
            &self.connection,
            &format!("SELECT visit.outcome, count(*) FROM visit {places} GROUP BY visit.outcome"),
            asked,
        )?;
        Ok(DoorFigures { doors, tried, opened, outcomes })
    }

    /// R3, S02, S12, S35.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn met_figures(&self, period: &Period<'_>) -> Result<MetFigures, StoreError> {
        let asked = params![period.from_ms, period.to_ms, period.sector, period.qpv];
        // Files that stand together are one household.
        let opened = format!(
            "FROM household LEFT JOIN merged ON merged.id = household.id
             WHERE opened_at >= ?1 AND opened_at < ?2 AND {IN_SECTOR}"
        );
        let (households, known_asked, known_by_none) = self
            .connection
            .prepare_cached(&format!(
                "SELECT count(DISTINCT {ONE}), count(DISTINCT CASE WHEN known_by <> '' THEN {ONE} END),
                        count(DISTINCT CASE WHEN known_by = 'none' THEN {ONE} END) {opened}"
            ))?
            .query_row(asked, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let slips = self
            .connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM (
                     SELECT slip FROM diagnosis
                     WHERE household IS NULL AND slip <> '' AND started_at >= ?1 AND started_at < ?2 AND {IN_SECTOR}
                     UNION SELECT slip FROM referral
                     WHERE household IS NULL AND slip <> '' AND opened_at >= ?1 AND opened_at < ?2 AND {IN_SECTOR}
                     UNION SELECT slip FROM trust WHERE at >= ?1 AND at < ?2 AND {IN_SECTOR})"
            ))?
            .query_row(asked, |row| row.get(0))?;
        let last =
            format!("SELECT last_contact, count(DISTINCT {ONE}) {opened} AND last_contact <> '' GROUP BY last_contact");
        let last_contact = counts(&self.connection, &last, asked)?;
        let sets = counts(
            &self.connection,
            &format!(
                "SELECT all_needs, count(*) FROM (SELECT group_concat(needs) AS all_needs {opened} AND needs <> ''
                 GROUP BY {ONE}) GROUP BY all_needs"
            ),
            asked,
        )?;
        Ok(MetFigures { households, slips, known_asked, known_by_none, last_contact, needs: each(&sets) })
    }

    /// R1, R3, S41, S54.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn action_figures(&self, period: &Period<'_>) -> Result<ActionFigures, StoreError> {
        let asked = params![period.from_ms, period.to_ms, period.sector, period.qpv];
        let done = format!("action.status = 'done' AND started_at >= ?1 AND started_at < ?2 AND {IN_SECTOR}");
        let kinds = format!("SELECT kind, count(*) FROM action WHERE {done} GROUP BY kind");
        let tallies = format!(
            "SELECT tally.code, sum(tally.count) FROM action JOIN tally ON tally.action = action.id
             WHERE tally.count > 0 AND {done} GROUP BY tally.code"
        );
        Ok(ActionFigures {
            kinds: counts(&self.connection, &kinds, asked)?,
            tallies: counts(&self.connection, &tallies, asked)?,
        })
    }

    /// Q3, Q4, I1.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn right_figures(&self, period: &Period<'_>) -> Result<RightFigures, StoreError> {
        let asked = params![period.from_ms, period.to_ms, period.sector, period.qpv];
        // SQLite gives the other columns of the row that has the greatest value.
        let latest = format!(
            "(SELECT diagnosis.id, max(closed_at) FROM diagnosis LEFT JOIN merged ON merged.id = household
              WHERE closed_at >= ?1 AND closed_at < ?2 AND {IN_SECTOR} GROUP BY coalesce(holder, household, slip)) AS latest"
        );
        let of = |what: &str, more: &str| {
            let query = format!(
                "SELECT {what}, count(*) FROM {latest} JOIN right_status ON right_status.diagnosis = latest.id
                 LEFT JOIN right_item ON right_item.diagnosis = latest.id
                     AND right_item.right_key = right_status.right_key
                 WHERE {more} GROUP BY 1"
            );
            counts(&self.connection, &query, asked)
        };
        let followed = format!(
            "FROM right_item JOIN diagnosis ON diagnosis.id = right_item.diagnosis
             WHERE follow_up_at >= ?1 AND follow_up_at < ?2 AND follow_up <> '' AND {IN_SECTOR}"
        );
        Ok(RightFigures {
            diagnosed: self
                .connection
                .prepare_cached(&format!("SELECT count(*) FROM {latest}"))?
                .query_row(asked, |row| row.get(0))?,
            statuses: of("status", "1")?,
            claimable: of("right_status.right_key", "status = 'claimable'")?,
            non_take_up: of("non_take_up", "status = 'claimable' AND non_take_up <> ''")?,
            motives: of("motive", "status = 'claimable' AND motive <> ''")?,
            follow_ups: counts(
                &self.connection,
                &format!("SELECT follow_up, count(*) {followed} GROUP BY follow_up"),
                asked,
            )?,
            granted_days: days(
                &self.connection,
                &format!("SELECT follow_up_at - started_at {followed} AND follow_up = 'granted' ORDER BY 1"),
                asked,
            )?,
        })
    }

    /// P1, Q1, Q2, I2.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn referral_figures(&self, period: &Period<'_>) -> Result<ReferralFigures, StoreError> {
        const ENDS: &str = "('closed_success', 'closed_without_result', 'reoriented')";
        let asked = params![period.from_ms, period.to_ms, period.sector, period.qpv];
        let made = format!("FROM referral WHERE opened_at >= ?1 AND opened_at < ?2 AND {IN_SECTOR}");
        let ended = format!(
            "FROM referral_event AS event JOIN referral ON referral.id = event.referral
             WHERE opened_at >= ?1 AND opened_at < ?2 AND {IN_SECTOR} AND event.what IN {ENDS}"
        );
        let happened = format!(
            "FROM referral_event AS event JOIN referral ON referral.id = event.referral
             WHERE event.at >= ?1 AND event.at < ?2 AND {IN_SECTOR}"
        );
        let one = |query: String| -> Result<u32, StoreError> {
            Ok(self.connection.prepare_cached(&query)?.query_row(asked, |row| row.get(0))?)
        };
        let by = |query: String| counts(&self.connection, &query, asked);
        let came = format!("{happened} AND event.what = 'attended'");
        Ok(ReferralFigures {
            made: one(format!("SELECT count(*) {made}"))?,
            states: by(format!(
                "SELECT referral_state.state, count(*) FROM referral JOIN referral_state ON referral_state.referral = referral.id
                 WHERE opened_at >= ?1 AND opened_at < ?2 AND {IN_SECTOR} GROUP BY 1"
            ))?,
            needs: by(format!("SELECT need, count(*) {made} AND need <> '' GROUP BY need"))?,
            sources: by(format!("SELECT source, count(DISTINCT event.referral) {ended} GROUP BY source"))?,
            closed_days: days(
                &self.connection,
                &format!("SELECT min(event.at) - opened_at {ended} GROUP BY event.referral ORDER BY 1"),
                asked,
            )?,
            enrolled_first: one(format!(
                "SELECT count(DISTINCT event.referral) {happened} AND event.result = 'enrolled' AND event.first_time = 'yes'"
            ))?,
            attended: by(format!("SELECT service, count(DISTINCT event.referral) {came} GROUP BY service"))?,
            attended_first: by(format!(
                "SELECT service, count(DISTINCT event.referral) {came} AND event.first_time = 'yes' GROUP BY service"
            ))?,
            newcomers: one(format!(
                // Never by hex(), which makes an empty text of NULL: all slips would be one.
                "SELECT count(DISTINCT coalesce(holder, household, slip)) FROM referral_event AS event
                 JOIN referral ON referral.id = event.referral LEFT JOIN merged ON merged.id = household
                 WHERE event.at >= ?1 AND event.at < ?2 AND {IN_SECTOR} AND event.first_time = 'yes'"
            ))?,
        })
    }

    /// I3: what was said of trust up to the end of the period by who said something in it: the first answer may be older.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn trust_figures(&self, period: &Period<'_>) -> Result<Vec<Measure>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, slip, object, level, at FROM trust WHERE at < ?2 AND {IN_SECTOR}
               AND slip IN (SELECT slip FROM trust WHERE at >= ?1 AND at < ?2) ORDER BY slip, object, at"
        ))?;
        let asked = params![period.from_ms, period.to_ms, period.sector, period.qpv];
        Ok(statement.query_map(asked, |row| Ok(trust_row(row)?.measure))?.collect::<Result<_, _>>()?)
    }
}

fn counts(connection: &Connection, query: &str, asked: impl Params) -> Result<Counts, StoreError> {
    let mut statement = connection.prepare_cached(query)?;
    Ok(statement.query_map(asked, |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// Whole days of as many spans in milliseconds; one that ended before it began took none.
fn days(connection: &Connection, query: &str, asked: impl Params) -> Result<Vec<u32>, StoreError> {
    let mut statement = connection.prepare_cached(query)?;
    let spans: Vec<i64> = statement.query_map(asked, |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(spans.into_iter().map(|span| u32::try_from(span.max(0) / DAY_MS).unwrap_or(u32::MAX)).collect())
}

/// Counts by code from counts by set of codes: a household with two needs counts in both.
fn each(sets: &Counts) -> Counts {
    let mut counts = Counts::new();
    for (set, count) in sets {
        let codes: BTreeSet<&str> = set.split(',').filter(|code| !code.is_empty()).collect();
        for code in codes {
            let sum = counts.entry(code.to_owned()).or_default();
            *sum = sum.saturating_add(*count);
        }
    }
    counts
}
