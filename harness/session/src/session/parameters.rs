//! What stands behind the name of a fault or a remedy: the same parameters as in a scenario file, read by the same
//! reader.

use serde_json::{Map, Value};
use toml::de::DeTable;

use super::SessionError;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::fault::Fault;
use marslab_actions::faults::{FAULTS, fault};
use marslab_actions::problem::{nearest, quote};
use marslab_actions::remedies::{REMEDIES, remedy};
use marslab_actions::remedy::Remedy;
use marslab_scenario::scenario::{Named, Paint, Problems};

/// The fault of this name with these parameters.
pub(super) fn fault_with(
    name: &str,
    with: &Map<String, Value>,
) -> Result<Named<dyn Fault>, SessionError> {
    let names = FAULTS.iter().map(|kind| kind.name);
    let kind = fault(name).ok_or_else(|| unknown("fault", name, names))?;
    read(kind, with)
}

/// The remedy of this name with these parameters.
pub(super) fn remedy_with(
    name: &str,
    with: &Map<String, Value>,
) -> Result<Named<dyn Remedy>, SessionError> {
    let names = REMEDIES.iter().map(|kind| kind.name);
    let kind = remedy(name).ok_or_else(|| unknown("remedy", name, names))?;
    read(kind, with)
}

fn unknown<'n>(noun: &str, name: &str, names: impl Iterator<Item = &'n str>) -> SessionError {
    let hint = match nearest(name, names) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => String::new(),
    };
    SessionError::BadRequest(format!("there is no {noun} `{}`{hint}", quote(name)))
}

/// Writes the parameters as a scenario file would have them, so that mistakes are shown in the words of one.
fn read<T: ?Sized>(
    kind: &'static ActionSpec<T>,
    with: &Map<String, Value>,
) -> Result<Named<T>, SessionError> {
    let bad = |reason: String| SessionError::BadRequest(format!("`{}`: {reason}", kind.name));
    let inline = inline(&Value::Object(with.clone()))
        .ok_or_else(|| bad("a parameter is nothing that a scenario file could say".to_owned()))?;
    let text = format!("{} = {inline}\n", kind.name);
    let table = DeTable::parse(&text).map_err(|error| bad(error.message().to_owned()))?;
    let Some((name, value)) = table.get_ref().get_key_value(kind.name) else {
        return Err(bad("its parameters cannot be read".to_owned()));
    };
    match kind.parse(name.span(), value) {
        Ok(it) => Ok(Named { name: kind.name, it }),
        Err(problems) => {
            let problems = Problems::new("the call", &text, problems);
            Err(SessionError::BadRequest(problems.render(Paint::Plain)))
        }
    }
}

/// JSON as a TOML value in one line; nothing for a null.
fn inline(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        // What JSON escapes in a text, TOML escapes in the same way.
        Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
        Value::Array(entries) => {
            let entries: Option<Vec<String>> = entries.iter().map(inline).collect();
            format!("[{}]", entries?.join(", "))
        }
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let key = Value::from(key.as_str());
                Some(format!("{key} = {}", inline(value)?))
            });
            let entries: Option<Vec<String>> = entries.collect();
            format!("{{ {} }}", entries?.join(", "))
        }
    })
}
