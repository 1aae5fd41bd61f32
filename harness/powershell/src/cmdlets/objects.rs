//! What works on any objects: choosing, sorting, counting, showing.

use std::cmp::Ordering;

use async_trait::async_trait;

use crate::cmdlet::{Call, Cmdlet, Spec, is_like};
use crate::failure::Failure;
use crate::format::{self, Style};
use crate::operators::{Case, apply, holds, whole};
use crate::value::{Object, Value};

mod select;
mod texts;

/// The cmdlets of this file and those below it.
pub(crate) const ALL: &[&dyn Cmdlet] = &[
    &WhereObject,
    &ForEachObject,
    &select::SelectObject,
    &SortObject,
    &MeasureObject,
    &Format { is_list: false },
    &Format { is_list: true },
    &texts::OutString,
    &texts::OutNull,
    &texts::OutFile,
    &texts::WriteOutput { is_host: false },
    &texts::WriteOutput { is_host: true },
    &texts::SelectString,
];

struct WhereObject;
struct ForEachObject;
struct SortObject;
struct MeasureObject;
struct Format {
    is_list: bool,
}

#[async_trait]
impl Cmdlet for WhereObject {
    fn spec(&self) -> Spec {
        Spec::new("Where-Object", "Microsoft.PowerShell.Commands.WhereObjectCommand")
            .also(&["where", "?"])
            .takes(WHERE)
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let input = call.take_input();
        let block =
            ["FilterScript", "Property"].iter().find_map(|name| match call.arguments.get(name) {
                Some(Value::Block(block)) => Some(block.clone()),
                _ => None,
            });
        if let Some(block) = block {
            for item in input {
                let blocks = call.blocks;
                let made = blocks.run(&block, Some(item.clone()), call.session).await?;
                if Value::from_many(made).is_true() {
                    call.put(item);
                }
            }
            return Ok(());
        }
        // The short form has come with 3.0.
        if call.engine.number.0 < 3 {
            let failure =
                Failure::new("InvalidArgument", "CannotConvertArgumentNoMessage", NOT_A_BLOCK);
            return Err(failure.of("ParameterBindingException"));
        }
        let property = call.needed_text("Property")?;
        let operator = WHERE.iter().filter_map(|it| it.strip_suffix('!'));
        let operator = operator.map(str::to_lowercase).find(|it| call.arguments.has(it));
        let wanted = call.arguments.get("Value").cloned();
        for item in input {
            let own = item.property(&property).unwrap_or_default();
            let is = match (operator.as_deref(), &wanted) {
                (None, None) => own.is_true(),
                (Some("not"), _) => !own.is_true(),
                (operator, wanted) => {
                    let wanted = wanted.clone().unwrap_or_default();
                    short(operator.unwrap_or("eq"), &own, &wanted)?
                }
            };
            if is {
                call.put(item);
            }
        }
        Ok(())
    }
}

/// A comparison of the short form; `-In` and `-Contains` look into lists.
fn short(operator: &str, own: &Value, wanted: &Value) -> Result<bool, Failure> {
    let (case, bare) = Case::split(operator);
    match bare {
        "contains" | "notcontains" | "in" | "notin" => Ok(apply(bare, own, wanted)?.is_true()),
        bare => holds(bare, own, wanted, case),
    }
}

/// `Property`, `Value`, and the comparisons as switches (about_Comparison_Operators).
const WHERE: &[&str] = &[
    "Property",
    "Value",
    "…",
    "FilterScript",
    "EQ!",
    "NE!",
    "GT!",
    "GE!",
    "LT!",
    "LE!",
    "Like!",
    "NotLike!",
    "Match!",
    "NotMatch!",
    "Contains!",
    "NotContains!",
    "In!",
    "NotIn!",
    "CEQ!",
    "CNE!",
    "CLike!",
    "CMatch!",
    "Not!",
];

const NOT_A_BLOCK: &str = "Cannot bind parameter 'FilterScript'. Cannot convert the value to type \
                           \"System.Management.Automation.ScriptBlock\".";

#[async_trait]
impl Cmdlet for ForEachObject {
    fn spec(&self) -> Spec {
        Spec::new("ForEach-Object", "Microsoft.PowerShell.Commands.ForEachObjectCommand")
            .also(&["foreach", "%"])
            .takes(&["Process=MemberName"])
            .lacks(&["Begin", "End", "ArgumentList", "RemainingScripts"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let input = call.take_input();
        let Some(process) = call.arguments.get("Process").cloned() else {
            return Err(crate::cmdlet::missing("Process"));
        };
        for item in input {
            if let Value::Block(block) = &process {
                let blocks = call.blocks;
                let made = blocks.run(block, Some(item), call.session).await?;
                call.output.extend(made);
            } else {
                let member = item.property(&process.plain()).unwrap_or_default();
                call.output.extend(member.into_many());
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for SortObject {
    fn spec(&self) -> Spec {
        Spec::new("Sort-Object", "Microsoft.PowerShell.Commands.SortObjectCommand")
            .also(&["sort"])
            .takes(&["Property", "Descending!", "Unique!"])
            .lacks(&["Culture", "CaseSensitive"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let properties = call.arguments.texts("Property");
        let mut items = call.take_input();
        let compare = |one: &Value, two: &Value| {
            let by = |property: &String| {
                let of = |value: &Value| value.property(property).unwrap_or_default();
                of(one).compare(&of(two)).unwrap_or(Ordering::Equal)
            };
            let named = properties.iter().map(by).find(|order| order.is_ne());
            let whole = || one.compare(two).unwrap_or(Ordering::Equal);
            if properties.is_empty() { whole() } else { named.unwrap_or(Ordering::Equal) }
        };
        if call.arguments.is_on("Descending") {
            items.sort_by(|one, two| compare(two, one));
        } else {
            items.sort_by(|one, two| compare(one, two));
        }
        if call.arguments.is_on("Unique") {
            items.dedup_by(|one, two| compare(one, two).is_eq());
        }
        call.output = items;
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for MeasureObject {
    fn spec(&self) -> Spec {
        Spec::new("Measure-Object", "Microsoft.PowerShell.Commands.MeasureObjectCommand")
            .also(&["measure"])
            .takes(&["Property", "Sum!", "Average!", "Maximum!", "Minimum!", "Line!"])
            .lacks(&["Word", "Character", "IgnoreWhiteSpace"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let items = call.take_input();
        let property = call.arguments.text("Property");
        let values: Vec<Value> = items
            .iter()
            .filter_map(|item| match &property {
                Some(property) => item.property(property),
                None => Some(item.clone()),
            })
            .collect();
        if call.arguments.is_on("Line") {
            let lines: usize = values.iter().map(|value| value.plain().lines().count()).sum();
            call.put(Object::new("").with("Lines", count(lines)));
            return Ok(());
        }
        let numbers: Vec<f64> = values.iter().filter_map(Value::number).collect();
        let sum: f64 = numbers.iter().sum();
        #[expect(clippy::cast_precision_loss, reason = "counts of what one line makes")]
        let average = (!numbers.is_empty()).then(|| sum / numbers.len() as f64);
        let on = |name: &str, number: Option<f64>| match number {
            Some(number) if call.arguments.is_on(name) => whole(number),
            _ => Value::Null,
        };
        let measured = Object::new("Microsoft.PowerShell.Commands.GenericMeasureInfo")
            .with("Count", count(values.len()))
            .with("Average", on("Average", average))
            .with("Sum", on("Sum", Some(sum)))
            .with("Maximum", on("Maximum", numbers.iter().copied().reduce(f64::max)))
            .with("Minimum", on("Minimum", numbers.iter().copied().reduce(f64::min)))
            .with("Property", property);
        call.put(measured);
        Ok(())
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[async_trait]
impl Cmdlet for Format {
    fn spec(&self) -> Spec {
        if self.is_list {
            Spec::new("Format-List", "Microsoft.PowerShell.Commands.FormatListCommand")
                .also(&["fl"])
                .takes(&["Property", "Force!"])
                .lacks(&["GroupBy", "View", "Expand", "DisplayError", "ShowError"])
        } else {
            Spec::new("Format-Table", "Microsoft.PowerShell.Commands.FormatTableCommand")
                .also(&["ft"])
                .takes(&["Property", "AutoSize!", "HideTableHeaders!", "Wrap!", "Force!"])
                .lacks(&["GroupBy", "View", "Expand", "DisplayError", "ShowError"])
        }
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let items = call.take_input();
        let columns = call.arguments.get("Property").cloned().map(Value::into_many);
        let style = Style {
            as_list: Some(self.is_list),
            properties: columns.as_ref().map(|columns| columns.iter().map(select::title).collect()),
            is_sized: call.arguments.is_on("AutoSize"),
            hides_heading: call.arguments.is_on("HideTableHeaders"),
        };
        let items = match &columns {
            Some(columns) if columns.iter().any(select::is_made) => {
                select::project(call, items, columns).await?
            }
            _ => items,
        };
        let text = format::styled(&items, &style, call.language());
        call.put(Value::Rendered(text));
        Ok(())
    }
}

/// Whether a property fits a pattern, for those that choose properties.
fn fits(name: &str, wanted: &str) -> bool {
    is_like(name, wanted)
}
