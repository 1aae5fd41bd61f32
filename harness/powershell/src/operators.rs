//! Operators of expressions.

use std::cmp::Ordering;

use regex::{Regex, RegexBuilder};

use super::cmdlet::is_like;
use super::failure::Failure;
use super::value::{Object, Value, fold};

/// Whether case counts in a comparison of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// It does.
    Counts,
    /// It does not.
    Ignored,
}

impl Case {
    /// An operator's name without the letter that says so (`ceq`).
    pub(crate) fn split(name: &str) -> (Self, &str) {
        match name.strip_prefix('c') {
            Some(bare) if name != "contains" => (Self::Counts, bare),
            _ => (Self::Ignored, name),
        }
    }
}

/// `left -name right`. A list on the left of a comparison is filtered.
pub(crate) fn apply(name: &str, left: &Value, right: &Value) -> Result<Value, Failure> {
    let (case, bare) = Case::split(name);
    match bare {
        "+" | "-" | "*" | "/" | "%" => arithmetic(bare, left, right),
        "f" => Ok(Value::Text(formatted(&left.plain(), right))),
        "xor" => Ok(Value::Bool(left.is_true() != right.is_true())),
        "contains" => Ok(Value::Bool(is_among(right, left))),
        "notcontains" => Ok(Value::Bool(!is_among(right, left))),
        "in" => Ok(Value::Bool(is_among(left, right))),
        "notin" => Ok(Value::Bool(!is_among(left, right))),
        "replace" => replaced(left, right),
        "split" => {
            let text = left.plain();
            let parts = pattern(&right.plain(), Case::Ignored)?;
            Ok(Value::texts(parts.split(&text)))
        }
        "join" => {
            let parts: Vec<String> = left.clone().into_many().iter().map(Value::plain).collect();
            Ok(Value::Text(parts.join(&right.plain())))
        }
        _ => match left {
            Value::List(values) => {
                let mut kept = Vec::new();
                for value in values {
                    if holds(bare, value, right, case)? {
                        kept.push(value.clone());
                    }
                }
                Ok(Value::List(kept))
            }
            value => holds(bare, value, right, case).map(Value::Bool),
        },
    }
}

/// Whether a comparison holds.
pub(crate) fn holds(name: &str, left: &Value, right: &Value, case: Case) -> Result<bool, Failure> {
    if let Some(positive) = name.strip_prefix("not") {
        return Ok(!holds(positive, left, right, case)?);
    }
    if name == "match" {
        return Ok(pattern(&right.plain(), case)?.is_match(&left.plain()));
    }
    let order = if case == Case::Counts && matches!(left, Value::Text(_) | Value::Enum(_)) {
        Some(left.plain().cmp(&right.plain()))
    } else {
        left.compare(right)
    };
    Ok(match name {
        "eq" => order == Some(Ordering::Equal),
        "ne" => order != Some(Ordering::Equal),
        "lt" => order == Some(Ordering::Less),
        "le" => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        "gt" => order == Some(Ordering::Greater),
        "ge" => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        "like" => is_like(&left.plain(), &right.plain()),
        _ => return Err(Failure::not_in_lab(&format!("The operator '-{name}'"))),
    })
}

/// A regular expression, as far as .NET's and those of the `regex` crate are the same. Its size is bounded.
pub(crate) fn pattern(text: &str, case: Case) -> Result<Regex, Failure> {
    let built =
        RegexBuilder::new(text).case_insensitive(case == Case::Ignored).size_limit(1 << 18).build();
    built.map_err(|_invalid| {
        let message =
            format!("parsing \"{text}\" - the pattern is not valid or not part of the lab.");
        Failure::new("InvalidOperation", "System.ArgumentException", message)
            .of("ArgumentException")
    })
}

fn is_among(one: &Value, many: &Value) -> bool {
    let is = |it: &Value| it.compare(one) == Some(Ordering::Equal);
    many.clone().into_many().iter().any(is)
}

fn replaced(left: &Value, right: &Value) -> Result<Value, Failure> {
    let mut parts = right.clone().into_many().into_iter();
    let from = parts.next().unwrap_or_default().plain();
    let to = parts.next().unwrap_or_default().plain();
    let from = pattern(&from, Case::Ignored)?;
    let one =
        |value: &Value| Value::Text(from.replace_all(&value.plain(), to.as_str()).into_owned());
    Ok(match left {
        Value::List(values) => Value::List(values.iter().map(one).collect()),
        value => one(value),
    })
}

fn arithmetic(name: &str, left: &Value, right: &Value) -> Result<Value, Failure> {
    match (name, left, right) {
        ("+", Value::Text(left), right) => return Ok(Value::Text(joined(left, &right.plain())?)),
        ("+", Value::List(_), _) => {
            let mut values = left.clone().into_many();
            values.extend(right.clone().into_many());
            return Ok(Value::List(values));
        }
        ("+", Value::Object(one), Value::Object(two)) if one.kind == two.kind => {
            let fields = one.fields.iter().chain(&two.fields).cloned().collect();
            return Ok(Value::Object(Object { fields, ..one.clone() }));
        }
        ("-", Value::Date(one), Value::Date(two)) => {
            let seconds = one.duration_since(*two).as_secs_f64();
            return Ok(span(seconds));
        }
        ("+", Value::Null, right) => return Ok(right.clone()),
        _ => {}
    }
    let number = |value: &Value| {
        value.number().ok_or_else(|| {
            let message = format!(
                "Cannot convert value \"{}\" to type \"System.Int32\". Error: \"Input string was not in a correct format.\"",
                value.plain()
            );
            Failure::new("InvalidArgument", "InvalidCastFromStringToInteger", message)
                .of("RuntimeException")
        })
    };
    let (one, two) = (number(left)?, number(right)?);
    if matches!(name, "/" | "%") && two == 0.0 {
        let failure =
            Failure::new("NotSpecified", "RuntimeException", "Attempted to divide by zero.");
        return Err(failure.of("RuntimeException"));
    }
    let result = match name {
        "+" => one + two,
        "-" => one - two,
        "*" => one * two,
        "/" => one / two,
        _ => one % two,
    };
    let has_fraction = matches!(left, Value::Float(_)) || matches!(right, Value::Float(_));
    Ok(if has_fraction { Value::Float(result) } else { whole(result) })
}

/// The number without a fraction, where it has none.
pub(crate) fn whole(number: f64) -> Value {
    if number.fract() == 0.0 {
        Value::Float(number).whole().map_or(Value::Float(number), Value::Int)
    } else {
        Value::Float(number)
    }
}

/// A duration, as far as people look at one.
fn span(seconds: f64) -> Value {
    let total = Value::Float(seconds).whole().unwrap_or_default();
    let (days, rest) = (total / 86_400, total % 86_400);
    let (hours, minutes, left) = (rest / 3600, rest % 3600 / 60, rest % 60);
    let text = format!("{hours:02}:{minutes:02}:{left:02}");
    let text = if days == 0 { text } else { format!("{days}.{text}") };
    let object = Object::new("System.TimeSpan")
        .with("Days", days)
        .with("Hours", hours)
        .with("Minutes", minutes)
        .with("Seconds", left)
        .with("TotalDays", seconds / 86_400.0)
        .with("TotalHours", seconds / 3600.0)
        .with("TotalMinutes", seconds / 60.0)
        .with("TotalSeconds", seconds);
    object.shown_as(text).into()
}

/// Two texts as one, which is no longer than a line may make.
fn joined(one: &str, two: &str) -> Result<String, Failure> {
    if one.len() + two.len() > TEXT_BYTES_MAX {
        return Err(Failure::new("ResourceUnavailable", "OutOfMemory", "The text is too long."));
    }
    Ok(format!("{one}{two}"))
}

/// `"{0} of {1}" -f a, b`: the values by number. Widths and formats but `N0` to `N9` are left out.
fn formatted(text: &str, values: &Value) -> String {
    let values = values.clone().into_many();
    let mut made = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        made.push_str(before);
        let Some((inside, after)) = behind.split_once('}') else {
            made.push('{');
            rest = behind;
            continue;
        };
        let (number, format) = inside.split_once(':').unwrap_or((inside, ""));
        let number = number.split(',').next().unwrap_or_default();
        let value = number.trim().parse::<usize>().ok().and_then(|it| values.get(it));
        match (value, fold(format).strip_prefix('n').and_then(|it| it.parse::<usize>().ok())) {
            (Some(value), Some(digits)) if digits < 10 => {
                made.push_str(&grouped(value.number().unwrap_or_default(), digits));
            }
            (Some(value), _) => made.push_str(&value.plain()),
            (None, _) => made = made + "{" + inside + "}",
        }
        rest = after;
    }
    made + rest
}

/// `1,234.50`.
pub(crate) fn grouped(number: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut made = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            made.push(',');
        }
        made.push(digit);
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let dot = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{made}{dot}{fraction}")
}

/// The longest text that `+` makes.
const TEXT_BYTES_MAX: usize = 1 << 20;

#[cfg(test)]
mod tests;
