//! Binding what stands behind a cmdlet's name to its parameters.

use std::collections::BTreeMap;

use marslab_model::Name;

use super::failure::Failure;
use super::syntax::Span;
use super::value::Value;

/// What a cmdlet was given, by the full names of its parameters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments(BTreeMap<Name, Value>);

/// An argument whose value is known.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    /// `-Name`, or `-Name:value`.
    Parameter(String, Option<Value>, Span),
    /// A value.
    Value(Value, Span),
}

impl Arguments {
    /// Binds arguments: names may be cut short as long as one parameter alone begins so.
    pub(crate) fn bind(
        parameters: &[&str],
        lacks: &[&str],
        given: Vec<Given>,
    ) -> Result<Self, Failure> {
        let mut bound = Self::default();
        let mut loose = Vec::new();
        let mut given = given.into_iter().peekable();
        while let Some(one) = given.next() {
            match one {
                Given::Value(value, span) => loose.push((value, span)),
                Given::Parameter(name, value, span) => {
                    let parameter = find(parameters, lacks, &name, span)?;
                    let next = |it: Given| match it {
                        Given::Value(value, _) => Some(value),
                        Given::Parameter(..) => None,
                    };
                    let value = match (value, parameter.is_switch) {
                        (Some(value), _) => value,
                        (None, true) => Value::Bool(true),
                        (None, false) => given
                            .next_if(|it| matches!(it, Given::Value(..)))
                            .and_then(next)
                            .ok_or_else(|| no_argument(parameter.name, span))?,
                    };
                    bound.0.insert(Name::new(parameter.name), value);
                }
            }
        }
        bound.place(parameters, loose)?;
        Ok(bound)
    }

    /// Gives each value that has no name to the first parameter that is free and can be given by position.
    fn place(&mut self, parameters: &[&str], loose: Vec<(Value, Span)>) -> Result<(), Failure> {
        let by_position = parameters.iter().take_while(|it| !it.ends_with('!') && **it != "…");
        let names: Vec<&str> = by_position.map(|it| Parameter::of(it).name).collect();
        for (value, span) in loose {
            let free = names.iter().find(|name| !self.has(name));
            let Some(free) = free else { return Err(no_position(&value, span)) };
            self.0.insert(Name::new(*free), value);
        }
        Ok(())
    }

    /// Whether a parameter was given.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(&Name::new(name))
    }

    /// A parameter's value.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(&Name::new(name))
    }

    /// Whether a switch is on.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.get(name).is_some_and(Value::is_true)
    }

    /// A parameter's text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(Value::plain)
    }

    /// A parameter's texts; none if it was not given.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let values = self.get(name).cloned().unwrap_or_default().into_many();
        values.iter().map(Value::plain).collect()
    }

    /// A parameter's whole number, where it was given.
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, Failure> {
        let Some(value) = self.get(name) else { return Ok(None) };
        match value.whole() {
            Some(number) => Ok(Some(number)),
            None => Err(cannot_convert(name, value, "System.Int32")),
        }
    }

    /// The same for what can be counted.
    pub(crate) fn count(&self, name: &str) -> Result<Option<usize>, Failure> {
        Ok(self.number(name)?.map(|number| usize::try_from(number).unwrap_or(0)))
    }

    /// A parameter whose value is one of some names, in the spelling of the list.
    pub(crate) fn one_of(
        &self,
        name: &str,
        among: &'static [&'static str],
    ) -> Result<Option<&'static str>, Failure> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let found = among.iter().find(|it| it.eq_ignore_ascii_case(&text));
        found.map(|it| Some(*it)).ok_or_else(|| {
            let message = format!(
                "Cannot bind parameter '{name}'. Cannot convert value \"{text}\" to the type of the parameter. \
                 Specify one of the following enumerator names and try again: {}",
                among.join(", ")
            );
            Failure::new("InvalidArgument", "CannotConvertArgumentNoMessage", message)
                .of("ParameterBindingException")
        })
    }

    /// Takes a parameter away.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(&Name::new(name))
    }
}

/// A parameter as a [`Spec`](super::cmdlet::Spec) writes it.
#[derive(Clone, Copy)]
struct Parameter<'p> {
    name: &'p str,
    others: &'p str,
    is_switch: bool,
}

impl<'p> Parameter<'p> {
    fn of(written: &'p str) -> Self {
        let is_switch = written.ends_with('!');
        let written = written.trim_end_matches('!');
        let (name, others) = written.split_once('=').unwrap_or((written, ""));
        Self { name, others, is_switch }
    }

    fn names(self) -> impl Iterator<Item = &'p str> {
        std::iter::once(self.name).chain(self.others.split('=').filter(|it| !it.is_empty()))
    }
}

/// The parameter that a name means: exactly, or as the only one that begins so.
fn find<'p>(
    parameters: &[&'p str],
    lacks: &[&str],
    name: &str,
    span: Span,
) -> Result<Parameter<'p>, Failure> {
    let all =
        || parameters.iter().filter(|it| **it != "…").chain(COMMON).map(|it| Parameter::of(it));
    if let Some(exact) = all().find(|it| it.names().any(|own| own.eq_ignore_ascii_case(name))) {
        return Ok(exact);
    }
    let begins = |own: &str| own.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
    let fitting: Vec<Parameter<'_>> = all().filter(|it| begins(it.name)).collect();
    let lacking = lacks.iter().find(|own| begins(own));
    match (fitting.as_slice(), lacking) {
        ([one], None) => Ok(*one),
        ([], Some(lacking)) => {
            Err(Failure::not_in_lab(&format!("The parameter '{lacking}'")).at(span))
        }
        ([], None) => Err(unknown(name, span)),
        _ => {
            let list = fitting.iter().map(|it| it.name).chain(lacking.copied());
            let list: String = list.map(|it| format!(" -{it}")).collect();
            let message = format!(
                "Parameter cannot be processed because the parameter name '{name}' is ambiguous. Possible matches \
                 include:{list}."
            );
            Err(bad("AmbiguousParameter", message).at(span))
        }
    }
}

fn bad(id: &str, message: String) -> Failure {
    Failure::new("InvalidArgument", id, message).of("ParameterBindingException")
}

fn unknown(name: &str, span: Span) -> Failure {
    let message = format!("A parameter cannot be found that matches parameter name '{name}'.");
    bad("NamedParameterNotFound", message).at(span)
}

fn no_argument(name: &str, span: Span) -> Failure {
    let message = format!(
        "Missing an argument for parameter '{name}'. Specify a parameter of type 'System.String' and try again."
    );
    bad("MissingArgument", message).at(span)
}

fn no_position(value: &Value, span: Span) -> Failure {
    let message = format!(
        "A positional parameter cannot be found that accepts argument '{}'.",
        value.plain()
    );
    bad("PositionalParameterNotFound", message).at(span)
}

/// A value does not fit a parameter's type.
pub(crate) fn cannot_convert(name: &str, value: &Value, into: &str) -> Failure {
    let value = value.plain();
    let message = format!(
        "Cannot bind parameter '{name}'. Cannot convert value \"{value}\" to type \"{into}\". Error: \"Input string was not in a \
         correct format.\""
    );
    bad("CannotConvertArgumentNoMessage", message)
}

/// What every cmdlet takes (about_CommonParameters), as far as it matters to a line.
const COMMON: &[&str] = &[
    "ErrorAction=ea",
    "WarningAction=wa",
    "InformationAction=infa",
    "ErrorVariable=ev",
    "Verbose=vb!",
    "Debug=db!",
    "Confirm=cf!",
];

#[cfg(test)]
mod tests;
