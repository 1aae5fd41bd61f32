//! The fields of the healthy plain world, as the action `edit` names them.

use std::io::Write;

use marslab::base;
use marslab::live::{Fidelity, start_time};
use marslab::{schema, world_path};
use marslab_model::tracked::FieldPath;
use serde_json::Value;

use crate::error::CliError;
use crate::table::write_rows;

/// Writes what is at a path: the fields or entries, with their values and what they mean.
pub(super) fn write(out: &mut dyn Write, path: &str) -> Result<(), CliError> {
    let world = base::healthy(start_time(Fidelity::Memory));
    let at = world_path::resolve(&world, path);
    let Some(value) = world.look(&at) else {
        return Err(CliError::NoField(world_path::no_field(&world, &at)));
    };
    let schema = schema::world();
    let here = at.segments().iter().fold(&schema, |of, segment| part(&schema, of, segment));
    let heading = if at.segments().is_empty() { "world" } else { at.as_str() };
    writeln!(out, "{heading}\n  {}\n", text(&schema, here))?;
    let Value::Object(parts) = &value else {
        return Ok(writeln!(
            out,
            "  {}",
            serde_json::to_string_pretty(&value).map_err(std::io::Error::from)?
        )?);
    };
    let rows = parts.iter().filter(|(name, _)| *name != "cast").map(|(name, value)| {
        let about = text(&schema, part(&schema, here, name));
        [FieldPath::root().then(name).to_string(), brief(value), about]
    });
    Ok(write_rows(out, 2, &rows.collect::<Vec<_>>())?)
}

/// A value in a few words.
fn brief(value: &Value) -> String {
    match value {
        Value::Object(parts) => format!("{{ {} }}", count(parts.len())),
        Value::Array(entries) if entries.len() > 1 => format!("[ {} ]", count(entries.len())),
        value => {
            let text = value.to_string();
            let is_long = text.chars().count() > VALUE_CHARS_MAX;
            if is_long { text.chars().take(VALUE_CHARS_MAX).chain(['…']).collect() } else { text }
        }
    }
}

fn count(entries: usize) -> String {
    if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") }
}

/// The schema of a part.
fn part<'s>(root: &'s Value, of: &'s Value, name: &str) -> &'s Value {
    let whole = resolved(root, of);
    let field = whole.get("properties").and_then(|fields| fields.get(name));
    field.or_else(|| whole.get("additionalProperties")).unwrap_or(&Value::Null)
}

/// The schema that another refers to: of what may be `null`, that of the rest.
fn resolved<'s>(root: &'s Value, of: &'s Value) -> &'s Value {
    let either = of.get("anyOf").and_then(|choices| choices.get(0)).unwrap_or(of);
    let reference = either.get("$ref").and_then(Value::as_str);
    let target = reference.and_then(|to| root.pointer(to.strip_prefix('#')?));
    target.unwrap_or(either)
}

/// What a schema says of a part, with the values that it may have where these are few.
fn text(root: &Value, of: &Value) -> String {
    let whole = resolved(root, of);
    let about = [of, whole].into_iter().find_map(|it| it.get("description")?.as_str());
    let about = about.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let choices = whole.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let choices: Vec<&str> = choices.filter_map(|it| it.get("const")?.as_str()).collect();
    if choices.is_empty() { about } else { format!("{about} ({})", choices.join(", ")) }
}

const VALUE_CHARS_MAX: usize = 40;
