//! `Select-Object`, and properties that a line works out (`@{n='x'; e={…}}`).

use async_trait::async_trait;

use super::fits;
use crate::cmdlet::{Call, Cmdlet, Spec};
use crate::evaluate::TABLE;
use crate::failure::Failure;
use crate::value::{Object, Value};

pub(super) struct SelectObject;

#[async_trait]
impl Cmdlet for SelectObject {
    fn spec(&self) -> Spec {
        Spec::new("Select-Object", "Microsoft.PowerShell.Commands.SelectObjectCommand")
            .also(&["select"])
            .takes(&[
                "Property",
                "…",
                "First",
                "Last",
                "Skip",
                "Index",
                "ExpandProperty",
                "ExcludeProperty",
                "Unique!",
                "Wait!",
            ])
            .lacks(&["SkipLast"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let mut items = call.take_input();
        let skip = call.arguments.count("Skip")?.unwrap_or(0);
        items.drain(..skip.min(items.len()));
        if let Some(last) = call.arguments.count("Last")? {
            items.drain(..items.len().saturating_sub(last));
        }
        if let Some(first) = call.arguments.count("First")? {
            items.truncate(first);
        }
        if let Some(index) = call.arguments.count("Index")? {
            items = items.into_iter().skip(index).take(1).collect();
        }
        if let Some(property) = call.arguments.text("ExpandProperty") {
            expand(call, &items, &property);
            return Ok(());
        }
        let columns = call.arguments.get("Property").cloned().map(Value::into_many);
        if let Some(columns) = columns {
            items = project(call, items, &columns).await?;
        }
        if call.arguments.is_on("Unique") {
            let mut kept: Vec<Value> = Vec::new();
            for item in items {
                if !kept.contains(&item) {
                    kept.push(item);
                }
            }
            items = kept;
        }
        call.output = items;
        Ok(())
    }
}

/// The values of one property.
fn expand(call: &mut Call<'_>, items: &[Value], property: &str) {
    for item in items {
        match item.property(property) {
            Some(value) => call.output.extend(value.into_many()),
            None => {
                let message = format!("Property \"{property}\" cannot be found.");
                let failure = Failure::new("InvalidArgument", "ExpandPropertyNotFound", message);
                call.fail(failure.about("", "PSObject").of("PSArgumentException"));
            }
        }
    }
}

/// Objects with these properties alone.
pub(super) async fn project(
    call: &mut Call<'_>,
    items: Vec<Value>,
    columns: &[Value],
) -> Result<Vec<Value>, Failure> {
    let excluded = call.arguments.texts("ExcludeProperty");
    let mut made = Vec::new();
    for item in items {
        let mut object = Object::default();
        for column in columns {
            if is_made(column) {
                let value = work_out(call, column, &item).await?;
                object.fields.push((title(column), value));
            } else {
                object.fields.extend(named(&item, &column.plain()));
            }
        }
        object.fields.retain(|(name, _)| !excluded.iter().any(|it| fits(name, it)));
        made.push(object.into());
    }
    Ok(made)
}

/// The properties that a name or a pattern means; a name that no property has stands without a value.
fn named(item: &Value, wanted: &str) -> Vec<(String, Value)> {
    if wanted.contains('*') {
        return match item {
            Value::Object(object) => {
                object.fields.iter().filter(|(name, _)| fits(name, wanted)).cloned().collect()
            }
            _ => Vec::new(),
        };
    }
    let own = match item {
        Value::Object(object) => {
            object.fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).cloned()
        }
        other => other.property(wanted).map(|value| (wanted.to_owned(), value)),
    };
    vec![own.unwrap_or_else(|| (wanted.to_owned(), Value::Null))]
}

/// Whether a column is worked out.
pub(super) fn is_made(column: &Value) -> bool {
    matches!(column, Value::Block(_)) || matches!(column, Value::Object(it) if it.kind == TABLE)
}

/// The heading of a column.
pub(super) fn title(column: &Value) -> String {
    let named = |name: &str| part(column, name).map(|it| it.plain());
    match column {
        Value::Object(_) => named("name").or_else(|| named("label")).unwrap_or_default(),
        other => other.plain(),
    }
}

/// An entry of a column's table, whose name may be cut short.
fn part(column: &Value, name: &str) -> Option<Value> {
    let Value::Object(table) = column else { return None };
    let is = |key: &str| !key.is_empty() && name.starts_with(&key.to_lowercase());
    table.fields.iter().find(|(key, _)| is(key)).map(|(_, value)| value.clone())
}

async fn work_out(call: &mut Call<'_>, column: &Value, item: &Value) -> Result<Value, Failure> {
    let expression = match column {
        Value::Block(_) => Some(column.clone()),
        _ => part(column, "expression"),
    };
    match expression {
        Some(Value::Block(block)) => {
            let blocks = call.blocks;
            let made = blocks.run(&block, Some(item.clone()), call.session).await?;
            Ok(Value::from_many(made))
        }
        Some(name) => Ok(item.property(&name.plain()).unwrap_or_default()),
        None => Ok(Value::Null),
    }
}
