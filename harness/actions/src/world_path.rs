//! Paths of fields, as a person writes them.

use marslab_model::World;
use marslab_model::tracked::FieldPath;
use serde_json::Value;

use crate::error::NotApplicable;
use crate::problem::did_you_mean;

/// The field that a path names: those of reports, or one of the machine that complains, from there.
pub fn resolve(world: &World, path: &str) -> FieldPath {
    let at = FieldPath::parse(path);
    match at.segments().first().map(String::as_str) {
        None | Some("now" | "machines" | "network" | "cloud") => at,
        Some(_) => {
            let machines = FieldPath::root().then("machines");
            machines.then(world.cast.machine.as_str()).join(&at)
        }
    }
}

/// The error for a path that leads to no field: where it ends, and the field that was probably meant.
pub fn no_field(world: &World, at: &FieldPath) -> NotApplicable {
    let (mut holder, mut lacks) = (FieldPath::root(), String::new());
    for segment in at.segments() {
        let next = holder.clone().then(&segment);
        lacks = segment;
        if world.look(&next).is_none() {
            break;
        }
        holder = next;
    }
    let known: Vec<String> = match world.look(&holder) {
        Some(Value::Object(entries)) => entries.keys().cloned().collect(),
        _ => Vec::new(),
    };
    let meant = did_you_mean(&lacks, known.iter().map(String::as_str));
    let meant = meant.map(|question| format!("; {question}")).unwrap_or_default();
    NotApplicable::NoField { holder, lacks, meant }
}

#[cfg(test)]
mod tests;
