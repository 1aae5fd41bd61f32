//! The parameters of faults and remedies in requests: the same as in a scenario file, read by the same reader.

use serde_json::{Map, Value};
use toml::de::DeTable;

use super::SessionError;
use marslab_actions::action_spec::{ActionSpec, Written};
use marslab_actions::fault::Fault;
use marslab_actions::problem::{Problem, did_you_mean};
use marslab_actions::remedy::Remedy;
use marslab_faults::faults::{FAULTS, fault};
use marslab_remedies::{REMEDIES, remedy};
use marslab_scenario::scenario::{Named, Problems};

/// The fault of this name with these parameters.
pub(super) fn fault_with(
    name: &str,
    with: &Map<String, Value>,
) -> Result<Named<dyn Fault>, SessionError> {
    let names = FAULTS.iter().map(|kind| kind.name);
    let kind = fault(name).ok_or_else(|| unknown("fault", name, names))?;
    read(kind, with)
}

/// The remedy of this name with these parameters, as JSON.
pub fn remedy_with(
    name: &str,
    with: &Map<String, Value>,
) -> Result<Named<dyn Remedy>, SessionError> {
    let names = REMEDIES.iter().map(|kind| kind.name);
    let kind = remedy(name).ok_or_else(|| unknown("remedy", name, names))?;
    read(kind, with)
}

fn unknown<'n>(
    noun: &'static str,
    name: &str,
    names: impl Iterator<Item = &'n str>,
) -> SessionError {
    let question = did_you_mean(name, names);
    SessionError::UnknownName { noun, name: name.to_owned(), question }
}

/// Converts the parameters to TOML, so that mistakes are reported as in a scenario file.
fn read<T: ?Sized>(
    kind: &'static ActionSpec<T>,
    with: &Map<String, Value>,
) -> Result<Named<T>, SessionError> {
    let bad = |text: &str, problems| {
        SessionError::BadParameters(Problems::new("the call", text, problems))
    };
    let unsayable = |reason: &str| {
        let problem = Problem::structure(0..kind.name.len(), format!("`{}`: {reason}", kind.name));
        bad(kind.name, vec![problem])
    };
    let inline =
        inline(&Value::Object(with.clone())).ok_or_else(|| unsayable("null is not allowed"))?;
    let text = format!("{} = {inline}\n", kind.name);
    let table = DeTable::parse(&text).map_err(|error| unsayable(error.message()))?;
    let Some((name, value)) = table.get_ref().get_key_value(kind.name) else {
        return Err(unsayable("cannot read the parameters"));
    };
    kind.parse(name.span(), value, Written::Named)
        .map(|it| Named { name: kind.name, it, at: name.span() })
        .map_err(|problems| bad(&text, problems))
}

/// JSON as a TOML value on one line; `None` for null.
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
