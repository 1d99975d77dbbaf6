//! How a right was computed: ordered steps, each with the answers and the figures it rests on.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::answers::Household;
use crate::case::{Case, Step};
use crate::catalogue::Right;
use crate::month::Month;
use crate::pack::Pack;
use crate::question::Question;
use crate::reading::{Completeness, read};

/// A figure of the law as a step read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureRead {
    /// Its key in the pack.
    pub key: &'static str,
    /// Step of the scale, from 0.
    pub step: usize,
    /// The month it was read for.
    pub month: String,
    /// The day from which that value is in force; none when the pack has only later ones.
    pub in_force_from: Option<String>,
    /// Millionths of the key's unit.
    pub millionths: i64,
}

/// A step of the computation of a right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TracedStep {
    /// Code of the sentence and of its article (`explain-fr.json`).
    pub code: &'static str,
    /// The month it was computed for.
    pub month: String,
    /// The answers that its result may change with.
    #[serde(serialize_with = "paths")]
    pub inputs: Vec<Question>,
    /// Figures of the law read for it.
    pub figures: Vec<FigureRead>,
    /// Lowest and highest intermediate result, in millionths.
    pub millionths: (i64, i64),
}

fn paths<S: Serializer>(questions: &[Question], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(questions.iter().map(|question| question.path()))
}

/// Computes one right with its steps and the conditions that are certainly not met.
#[must_use]
pub fn trace(pack: &Pack, household: &Household, now: Month, right: &Right) -> (Vec<Step>, Vec<&'static str>) {
    let case = Case::traced(pack, household, now);
    (right.compute)(&case);
    case.into_trace()
}

/// The step of the same code and month, the same time it comes.
fn same_step<'a>(steps: &'a [Step], of: &[Step], index: usize) -> Option<&'a Step> {
    let step = of.get(index)?;
    let alike = |other: &&Step| other.code == step.code && other.month == step.month;
    let earlier = of.get(..index)?.iter().filter(|other| alike(other)).count();
    steps.iter().filter(|other| alike(other)).nth(earlier)
}

/// The answers of a household with one of them taken back.
fn without(inputs: &Value, question: Question) -> Option<Value> {
    let mut inputs = inputs.clone();
    let path = format!("/{}", question.path().replace("].", "/").replace(['[', '.'], "/"));
    let (parent, field) = path.rsplit_once('/')?;
    inputs.pointer_mut(parent)?.as_object_mut()?.remove(field)?;
    Some(inputs)
}

/// The steps of a right with the answers each rests on: those that, taken back, leave its result open.
#[must_use]
pub fn trace_with_inputs(pack: &Pack, inputs: &Value, now: Month, right: &Right) -> Vec<TracedStep> {
    let Ok(household) = read(inputs, now, Completeness::Partial) else { return Vec::new() };
    let (steps, _) = trace(pack, &household, now, right);
    let mut used: Vec<Vec<Question>> = vec![Vec::new(); steps.len()];
    for question in Question::all() {
        let Some(opened) = without(inputs, question).and_then(|inputs| read(&inputs, now, Completeness::Partial).ok())
        else {
            continue;
        };
        let (opened, _) = trace(pack, &opened, now, right);
        for (index, used) in used.iter_mut().enumerate() {
            if same_step(&opened, &steps, index).is_some_and(|step| step.value.open & question.bit() != 0) {
                used.push(question);
            }
        }
    }
    steps.into_iter().zip(used).map(|(step, inputs)| traced(pack, step, inputs)).collect()
}

fn traced(pack: &Pack, step: Step, inputs: Vec<Question>) -> TracedStep {
    let figures = step.figures.iter().map(|(key, place, month, value)| FigureRead {
        key: key.text(),
        step: *place,
        month: month.to_string(),
        in_force_from: pack.in_force_from(key.text(), *month),
        millionths: value.lo(),
    });
    TracedStep {
        code: step.code,
        month: step.month.to_string(),
        inputs,
        figures: figures.collect(),
        millionths: (step.value.lo(), step.value.hi()),
    }
}
