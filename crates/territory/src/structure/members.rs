//! Members of a data·inclusion element: texts, codes, what is needed.

use serde_json::{Map, Value};

use super::cells::{Cell, limited};
use crate::json;
use crate::limits::{CODE_CHARS_MAX, LIST_VALUES_MAX, TEXT_CHARS_MAX};
use crate::refusal::{Refusal, RefusalCode};

/// A text, or a number as written; empty when absent.
pub(crate) fn text_of(members: &Map<String, Value>, name: &'static str) -> Result<String, Refusal> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(other) => {
            Err(Refusal::of(RefusalCode::WrongType).column(name).value(json::type_name(other)).expected("text"))
        }
    }
}

pub(crate) fn needed(members: &Map<String, Value>, name: &'static str) -> Result<String, Refusal> {
    let value = limited(Cell::new(name, &text_of(members, name)?), TEXT_CHARS_MAX)?;
    if value.is_empty() {
        return Err(Refusal::of(RefusalCode::ValueMissing).column(name).expected(name));
    }
    Ok(value)
}

/// A list of codes, or a text with `|` between them.
pub(crate) fn codes_of(members: &Map<String, Value>, name: &'static str) -> Result<Vec<String>, Refusal> {
    let wrong =
        |value: &Value| Refusal::of(RefusalCode::WrongType).column(name).value(json::type_name(value)).expected("list");
    let codes: Vec<&str> = match members.get(name) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) => text.split('|').collect(),
        Some(Value::Array(list)) => {
            list.iter().map(|code| code.as_str().ok_or_else(|| wrong(code))).collect::<Result<_, _>>()?
        }
        Some(other) => return Err(wrong(other)),
    };
    let codes =
        codes.into_iter().map(str::trim).filter(|code| !code.is_empty() && code.chars().count() <= CODE_CHARS_MAX);
    Ok(codes
        .filter(|code| !code.chars().any(crate::table::is_unseen))
        .take(LIST_VALUES_MAX)
        .map(str::to_owned)
        .collect())
}
