//! What was answered, as it is kept, and the engine's inputs made of it.

use serde_json::{Map, Value, json};

use crate::rules::facts::FACTS;

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The question it answers: `menage`, `logement`, `adultes[0].revenus`, `enfants.garde`, `faits.adresse_stable`.
    pub question: String,
    /// What it says, by the engine's paths: `adultes[0].salaire_net_mensuel` or `logement.statut`, with the engine's value.
    pub value: Map<String, Value>,
    /// The person cannot tell it closer: it is not asked again.
    pub no_closer: bool,
}

/// The engine's inputs; of two answers to the same path the later one counts.
#[must_use]
pub fn inputs(told: &[Told]) -> Value {
    let mut all: Map<String, Value> = Map::new();
    for one in told {
        all.extend(one.value.iter().map(|(path, value)| (path.clone(), value.clone())));
    }
    let count = |path: &str| all.get(path).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
    let (adults, children) = (count("adultes").unwrap_or(1).max(1), count("enfants").unwrap_or(0));
    let mut root = Map::new();
    let mut adults = vec![Map::new(); adults];
    let mut children = vec![Map::new(); children];
    for (path, value) in all {
        let (place, field) = split(&path);
        match place {
            Place::Count => {}
            Place::Household => put(&mut root, &path, value),
            // An answer about a person who was counted out since is kept and says nothing.
            Place::Adult(index) => {
                if let Some(person) = adults.get_mut(index) {
                    person.insert(field.to_owned(), value);
                }
            }
            Place::Child(index) => {
                if let Some(person) = children.get_mut(index) {
                    person.insert(field.to_owned(), value);
                }
            }
        }
    }
    root.insert("adultes".to_owned(), json!(adults));
    root.insert("enfants".to_owned(), json!(children));
    Value::Object(root)
}

/// Whom a path is about.
enum Place {
    Count,
    Household,
    Adult(usize),
    Child(usize),
}

fn split(path: &str) -> (Place, &str) {
    if matches!(path, "adultes" | "enfants") {
        return (Place::Count, "");
    }
    let person = |prefix: &str| -> Option<(usize, &str)> {
        let (index, field) = path.strip_prefix(prefix)?.split_once("].")?;
        Some((index.parse().ok()?, field))
    };
    match (person("adultes["), person("enfants[")) {
        (Some((index, field)), _) => (Place::Adult(index), field),
        (_, Some((index, field))) => (Place::Child(index), field),
        _ => (Place::Household, path),
    }
}

/// Puts `logement.statut` under `logement`, `faits.x` under `faits`, the rest at the root.
fn put(root: &mut Map<String, Value>, path: &str, value: Value) {
    let Some((group, field)) = path.split_once('.').filter(|(group, _)| matches!(*group, "logement" | FACTS)) else {
        root.insert(path.to_owned(), value);
        return;
    };
    let group = root.entry(group.to_owned()).or_insert_with(|| json!({}));
    if let Some(group) = group.as_object_mut() {
        group.insert(field.to_owned(), value);
    }
}

/// What was last said to a path.
pub(super) fn said<'a>(told: &'a [Told], path: &str) -> Option<&'a Value> {
    told.iter().rev().find_map(|one| one.value.get(path))
}

/// Every path that was answered.
pub fn paths(told: &[Told]) -> impl Iterator<Item = &str> {
    told.iter().flat_map(|one| one.value.keys().map(String::as_str))
}

/// How many children were told of.
pub(super) fn children(told: &[Told]) -> usize {
    let count = said(told, "enfants").and_then(Value::as_u64).unwrap_or(0);
    usize::try_from(count).unwrap_or(0).min(crate::question::CHILDREN_MAX)
}
