//! From bytes to text: UTF-8 or Windows-1252, with or without a byte order mark; anything else is refused by name.

use std::borrow::Cow;

use serde::Serialize;

use crate::refusal::{Refusal, RefusalCode};

/// How the file was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Windows-1252, the "CSV" of French spreadsheet programs.
    Windows1252,
}

/// The first bytes of files that are often taken for text.
const SIGNATURES: &[(&[u8], RefusalCode)] = &[
    (&[0xFF, 0xFE], RefusalCode::EncodingUtf16),
    (&[0xFE, 0xFF], RefusalCode::EncodingUtf16),
    (&[0x1F, 0x8B], RefusalCode::CompressedFile),
    (&[0xD0, 0xCF, 0x11, 0xE0], RefusalCode::SpreadsheetFile),
];

/// Bytes that Windows-1252 leaves undefined: a text that holds one is in another encoding.
const UNDEFINED_1252: &[u8] = &[0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// What é, ê, à, ç and their like of the old DOS and Macintosh encodings become when read as Windows-1252. None of them
/// follows a lower case letter in a French text, so one that does gives the other encoding away.
const GIVEAWAYS: &[char] = &['‚', 'ˆ', '‡', '‰', '„', 'ƒ', '†', '‹', 'Ž', 'Š'];

/// Reads the bytes as text.
///
/// # Errors
/// An empty or too large file, a spreadsheet, a compressed file, a web page, UTF-16, or an encoding that is neither UTF-8
/// nor Windows-1252.
pub(crate) fn decode(bytes: &[u8], bytes_max: usize) -> Result<(Cow<'_, str>, Encoding), Refusal> {
    if bytes.len() > bytes_max {
        return Err(Refusal::of(RefusalCode::FileTooLarge).expected(bytes_max / (1024 * 1024)));
    }
    if let Some((_, code)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Refusal::of(*code));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(Refusal::of(zip_kind(bytes)));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::of(RefusalCode::FileEmpty));
    }
    if bytes.contains(&0) {
        return Err(Refusal::of(without_mark(bytes)));
    }
    let (text, encoding) = match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), Encoding::Utf8),
        Err(_) => (windows_1252(bytes)?, Encoding::Windows1252),
    };
    if is_web_page(&text) { Err(Refusal::of(RefusalCode::WebPage)) } else { Ok((text, encoding)) }
}

/// XLSX and ODS are ZIP files whose first entries say so.
fn zip_kind(bytes: &[u8]) -> RefusalCode {
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let holds = |needle: &[u8]| start.windows(needle.len()).any(|window| window == needle);
    if holds(b"[Content_Types].xml") || holds(b"xl/") || holds(b"spreadsheet") {
        RefusalCode::SpreadsheetFile
    } else {
        RefusalCode::CompressedFile
    }
}

/// UTF-16 without a mark has a zero in one byte of two for every Latin letter; other zeros mean no text at all.
fn without_mark(bytes: &[u8]) -> RefusalCode {
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let zeros = start.iter().filter(|byte| **byte == 0).count();
    if zeros * 3 >= start.len() { RefusalCode::EncodingUtf16 } else { RefusalCode::EncodingUnknown }
}

fn windows_1252(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    let unknown = |at: usize| {
        let before = bytes.get(..at).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Err(Refusal::of(RefusalCode::EncodingUnknown).line(u32::try_from(line).unwrap_or(u32::MAX)))
    };
    if let Some(at) = bytes.iter().position(|byte| UNDEFINED_1252.contains(byte)) {
        return unknown(at);
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    let mut before = ' ';
    // Windows-1252 has one byte a character: the rank of the character is the place of the byte.
    for (at, c) in text.chars().enumerate() {
        if before.is_ascii_lowercase() && GIVEAWAYS.contains(&c) {
            return unknown(at);
        }
        before = c;
    }
    Ok(text)
}

fn is_web_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8], code: RefusalCode) {
        let answer = decode(bytes, 10_000).map(|(text, _)| text.into_owned());
        assert_eq!(answer.map_err(|refusal| refusal.code), Err(code), "{bytes:?} is refused by name");
    }

    #[test]
    fn utf8_and_windows_1252_are_read() {
        for (bytes, text, encoding) in [
            (&b"\xEF\xBB\xBFRen\xC3\xA9"[..], "René", Encoding::Utf8),
            (b"Ren\xC3\xA9", "René", Encoding::Utf8),
            (b"Ren\xE9", "René", Encoding::Windows1252),
            (b"c\x9Cur \x80 d\x92ici", "cœur € d’ici", Encoding::Windows1252),
        ] {
            let (read, found) = decode(bytes, 100).expect("a readable text");
            assert_eq!((read.as_ref(), found), (text, encoding), "the text and its encoding are found");
        }
    }

    #[test]
    fn other_files_are_refused_by_name() {
        let utf16: Vec<u8> = "NUMVOIE;NOMVOIE".encode_utf16().flat_map(u16::to_le_bytes).collect();
        refused(&utf16, RefusalCode::EncodingUtf16);
        refused(&[&[0xFF, 0xFE], &utf16[..]].concat(), RefusalCode::EncodingUtf16);
        refused(b"PK\x03\x04....[Content_Types].xml", RefusalCode::SpreadsheetFile);
        refused(b"PK\x03\x04....rpls.csv", RefusalCode::CompressedFile);
        refused(&[0x1F, 0x8B, 8], RefusalCode::CompressedFile);
        refused(b" \r\n ", RefusalCode::FileEmpty);
        refused(b"", RefusalCode::FileEmpty);
        refused(&[b'a'; 10_001], RefusalCode::FileTooLarge);
        refused(b"<!DOCTYPE html><html>", RefusalCode::WebPage);
        // "René" of MS-DOS (CP850) and of the old Macintosh.
        refused(b"Ren\x82 all\x82e", RefusalCode::EncodingUnknown);
        refused(b"Ren\x8E", RefusalCode::EncodingUnknown);
        refused(b"\x8F", RefusalCode::EncodingUnknown);
    }
}
