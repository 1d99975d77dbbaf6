//! What leaves the structure (decision 025): the figures of a quarter or a year, small numbers hidden, frozen and numbered. Every file of a
//! release is a selection of the same frozen numbers: two files never differ in one.

mod document;
mod kept;
mod span;
mod subjects;

use data_encoding::BASE64;
use palier_domain::calendar;
use palier_reports::Words;

use self::document::{Heading, bilan, template_code};
use self::kept::Release;
use self::span::Span;
use super::ConsoleError;
use super::api::*;
use super::call::Call;

/// A release of which more than this is hidden says little: in hundredths.
const MOSTLY: u32 = 50;

pub(super) fn releases(call: &mut Call<'_>, _: Nothing) -> Result<Releases, ConsoleError> {
    let rows = call.centre.registry.releases()?;
    let told: Vec<Span> = rows.iter().filter_map(|row| Span::read(&row.period)).collect();
    let mut made = Vec::new();
    for row in rows.iter().rev() {
        let (hidden, all) = Release::read(row)?.hidden_of();
        made.push(ReleaseMade {
            number: row.number,
            period: row.period.clone(),
            day: calendar::local_date(row.made_at),
            account: row.account.clone(),
            hidden,
            all,
        });
    }
    Ok(Releases { open: Span::open(&told, call.now_ms).into_iter().map(Span::code).collect(), made })
}

pub(super) fn try_release(call: &mut Call<'_>, request: ReleaseRequest) -> Result<ReleaseTrial, ConsoleError> {
    let (_, release) = counted(call, &request)?;
    let (hidden, all) = release.hidden_of();
    Ok(ReleaseTrial { hidden, all, mostly_hidden: hidden.saturating_mul(100) > all.saturating_mul(MOSTLY) })
}

pub(super) fn make_release(call: &mut Call<'_>, request: ReleaseRequest) -> Result<Releases, ConsoleError> {
    let (span, release) = counted(call, &request)?;
    let body = serde_json::to_string(&release).map_err(ConsoleError::bad_request)?;
    let kept = call.centre.registry.keep_release(&span.code(), &body, &call.who(), call.now_ms)?;
    let number = kept.ok_or_else(|| ConsoleError::of(ErrorCode::AlreadySet))?;
    tracing::info!(number, period = span.code(), "figures of a period were released");
    releases(call, Nothing {})
}

/// Counts a period that may leave now.
fn counted(call: &Call<'_>, request: &ReleaseRequest) -> Result<(Span, Release), ConsoleError> {
    let span = Span::read(&request.period).ok_or_else(|| ConsoleError::field("period"))?;
    let rows = call.centre.registry.releases()?;
    let told: Vec<Span> = rows.iter().filter_map(|row| Span::read(&row.period)).collect();
    if told.contains(&span) {
        return Err(ConsoleError::of(ErrorCode::AlreadySet));
    }
    if !Span::open(&told, call.now_ms).contains(&span) {
        return Err(ConsoleError::field("period"));
    }
    Ok((span, Release::count(call, span, request.by_qpv, &rows)?))
}

pub(super) fn release_file(call: &mut Call<'_>, request: ReleaseFileRequest) -> Result<FileAnswer, ConsoleError> {
    let rows = call.centre.registry.releases()?;
    let row = rows.iter().find(|row| row.number == request.number);
    let row = row.ok_or_else(|| ConsoleError::of(ErrorCode::NotFound))?;
    let days = Span::read(&row.period).ok_or_else(|| ConsoleError::of(ErrorCode::Internal))?.days()?;
    let heading = Heading {
        number: row.number,
        period: row.period.clone(),
        from: days.from,
        to: days.to,
        released_on: calendar::local_date(row.made_at),
    };
    let failed = |error: palier_reports::ReportError| {
        tracing::error!(%error, number = row.number, "the file of a release was not made");
        ConsoleError::of(ErrorCode::Internal)
    };
    let words = Words::read().map_err(failed)?;
    let bilan = bilan(&Release::read(row)?, heading, request.template, &request.subjects, &words);
    let (ending, kind, bytes) = match request.format {
        FileFormat::Pdf => ("pdf", "application/pdf", palier_reports::pdf(&bilan, &words)),
        FileFormat::Xlsx => (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            palier_reports::xlsx(&bilan, &words),
        ),
        FileFormat::Csv => ("csv", "text/csv;charset=utf-8", palier_reports::csv(&bilan, &words)),
        FileFormat::Json => ("json", "application/json", palier_reports::json(&bilan)),
    };
    let template = template_code(request.template);
    Ok(FileAnswer {
        name: format!("palier-bilan-{}-{}-{template}.{ending}", row.number, row.period),
        kind: kind.to_owned(),
        base64: BASE64.encode(&bytes.map_err(failed)?),
    })
}
