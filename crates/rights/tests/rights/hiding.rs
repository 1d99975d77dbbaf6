//! Hides answers the way a landing does: not asked, not known, refused, or a range around the truth.

use palier_rights::question::Question;
use serde_json::{Map, Value, json};

/// A small generator of our own, so that a failure comes back with the same number.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Every question of a household with the field it stands in.
fn each(inputs: &mut Value, mut act: impl FnMut(&mut Map<String, Value>, &str)) {
    const HOUSEHOLD: [&str; 3] = ["situation_couple", "isolement_recent", "rsa_percu_mensuel"];
    for field in HOUSEHOLD {
        act(inputs.as_object_mut().unwrap(), field);
    }
    let mut objects = vec![inputs["logement"].take()];
    for people in ["adultes", "enfants"] {
        objects.extend(inputs[people].as_array_mut().unwrap().iter_mut().map(Value::take));
    }
    for object in &mut objects {
        let fields: Vec<String> = object.as_object().unwrap().keys().cloned().collect();
        for field in fields {
            act(object.as_object_mut().unwrap(), &field);
        }
    }
    let mut back = objects.into_iter();
    inputs["logement"] = back.next().unwrap();
    for people in ["adultes", "enfants"] {
        for person in inputs[people].as_array_mut().unwrap() {
            *person = back.next().unwrap();
        }
    }
}

fn around(field: &str, value: &Value, dice: &mut Dice) -> Option<Value> {
    if field == "date_naissance" {
        let year: i32 = value.as_str()?.get(..4)?.parse().ok()?;
        let month = value.as_str()?.get(5..7)?;
        return (year < 2026).then(|| match dice.below(2) {
            0 => json!({ "min": format!("{year}-01-01"), "max": format!("{year}-12-31") }),
            _ => json!({ "min": format!("{year}-{month}-01"), "max": format!("{year}-{month}-28") }),
        });
    }
    if field == "taux_incapacite" {
        let rate = value.as_f64()?;
        return Some(json!({ "min": rate, "max": (rate + 0.3).min(1.0) }));
    }
    let amount = value.as_i64()?;
    let most = if field == "aeeh_complement" { 6 } else { amount + dice.below(400) as i64 };
    Some(json!({ "min": (amount - dice.below(300) as i64).max(0), "max": most.max(amount) }))
}

/// The inputs with each answer hidden at these odds in a hundred.
pub fn hide(inputs: &Value, odds: u64, dice: &mut Dice) -> Value {
    let mut inputs = inputs.clone();
    each(&mut inputs, |object, field| {
        if dice.below(100) >= odds {
            return;
        }
        let Some(value) = object.get(field).cloned() else { return };
        match dice.below(4) {
            1 if field != "mois_chomage" => object.insert(field.to_owned(), Value::Null),
            2 => object.insert(field.to_owned(), json!({ "refused": true })),
            3 => around(field, &value, dice).and_then(|range| object.insert(field.to_owned(), range)),
            _ => object.remove(field),
        };
    });
    inputs
}

/// Nothing told but how many adults and children there are.
pub fn hide_all(inputs: &Value) -> Value {
    let mut inputs = inputs.clone();
    each(&mut inputs, |object, field| drop(object.remove(field)));
    inputs
}

/// Copies the true answer of a question into partial answers.
pub fn answer(partial: &mut Value, full: &Value, question: Question) {
    let path = question.path().replace("].", "/").replace(['[', '.'], "/");
    let (parent, field) = path.rsplit_once('/').map_or(("", path.as_str()), |(parent, field)| (parent, field));
    let parent = if parent.is_empty() { String::new() } else { format!("/{parent}") };
    let value = full.pointer(&format!("{parent}/{field}")).unwrap().clone();
    // No school is written null, which says "not known" in partial answers: the empty word says it for certain.
    let value = if field == "scolarite" && value.is_null() { json!("") } else { value };
    partial.pointer_mut(&parent).unwrap()[field] = value;
}

/// Makes of an amount that is there "some": between one euro and the most that is taken.
#[allow(dead_code, reason = "examples/efficiency.rs uses it")]
pub fn blur(partial: &mut Value, question: Question) {
    let path = format!("/{}", question.path().replace("].", "/").replace(['[', '.'], "/"));
    let amount = partial.pointer_mut(&path).unwrap();
    if amount.as_f64().is_some_and(|amount| amount >= 1.0) {
        *amount = json!({ "min": 1, "max": 50_000 });
    }
}

/// Puts something odd in the place of one answer.
pub fn spoil(inputs: &mut Value, dice: &mut Dice, odd: impl Fn(&mut Dice) -> Value) {
    if dice.below(12) == 0 {
        let fields = ["adultes", "enfants", "logement", "situation_couple"];
        inputs[fields[dice.below(4) as usize]] = odd(dice);
        return;
    }
    if !(inputs["logement"].is_object() && inputs["adultes"].is_array() && inputs["enfants"].is_array()) {
        return;
    }
    let (mut seen, chosen) = (0, dice.below(65));
    each(inputs, |object, field| {
        if seen == chosen {
            object.insert(field.to_owned(), odd(dice));
        }
        seen += 1;
    });
}
