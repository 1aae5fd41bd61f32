//! Methods of values, static members of types, and conversions.

use jiff::{SignedDuration, ToSpan as _};
use marslab_model::admin::HostAdmin;
use marslab_model::host::{Account, RegistryValue};
use marslab_model::world::Language;
use marslab_model::{KeyPath, Name};

use super::failure::Failure;
use super::operators::{Case, pattern, whole};
use super::session::{AGENT_KEY, AGENT_MODULE, Session, text};
use super::value::{Object, Value, read_date};

/// `value.Name(…)`.
pub(crate) fn call(value: &Value, name: &str, arguments: &[Value]) -> Result<Value, Failure> {
    let found = match value {
        Value::Date(_) => of_date(value, name, arguments),
        Value::Text(text) | Value::Enum(text) => of_text(text, name, arguments),
        _ if name.eq_ignore_ascii_case("ToString") => Some(Value::Text(value.plain())),
        _ => None,
    };
    found.ok_or_else(|| {
        let kind = type_name(value);
        let message = format!(
            "Method invocation failed because [{kind}] does not contain a method named '{name}' in the lab."
        );
        Failure::new("InvalidOperation", "MethodNotFound", message)
            .about(name, "String")
            .of("RuntimeException")
    })
}

fn of_text(text: &str, name: &str, arguments: &[Value]) -> Option<Value> {
    let argument = |index: usize| arguments.get(index).map(Value::plain).unwrap_or_default();
    let index = |at: usize| {
        arguments.get(at).and_then(Value::whole).and_then(|it| usize::try_from(it).ok())
    };
    let trimmed: Vec<char> = argument(0).chars().collect();
    let is_trimmed = |letter: char| {
        if trimmed.is_empty() { letter.is_whitespace() } else { trimmed.contains(&letter) }
    };
    Some(match name.to_ascii_lowercase().as_str() {
        "tolower" => Value::Text(text.to_lowercase()),
        "toupper" => Value::Text(text.to_uppercase()),
        "tostring" => Value::Text(text.to_owned()),
        "trim" => Value::text(text.trim_matches(is_trimmed)),
        "trimend" => Value::text(text.trim_end_matches(is_trimmed)),
        "trimstart" => Value::text(text.trim_start_matches(is_trimmed)),
        "contains" => Value::Bool(text.contains(&argument(0))),
        "startswith" => Value::Bool(text.starts_with(&argument(0))),
        "endswith" => Value::Bool(text.ends_with(&argument(0))),
        "replace" => Value::Text(text.replace(&argument(0), &argument(1))),
        "split" => {
            let at: Vec<char> = argument(0).chars().collect();
            let at = if at.is_empty() { vec![' '] } else { at };
            Value::texts(text.split(at.as_slice()))
        }
        "substring" => {
            let length = index(1).unwrap_or(usize::MAX);
            Value::Text(text.chars().skip(index(0)?).take(length).collect())
        }
        _ => return None,
    })
}

fn of_date(value: &Value, name: &str, arguments: &[Value]) -> Option<Value> {
    let Value::Date(at) = value else { return None };
    let amount = arguments.first().and_then(Value::number);
    let seconds = |unit: f64| {
        let seconds = Value::Float(amount? * unit).whole()?;
        at.checked_add(SignedDuration::from_secs(seconds)).ok().map(Value::Date)
    };
    match name.to_ascii_lowercase().as_str() {
        "addseconds" => seconds(1.0),
        "addminutes" => seconds(60.0),
        "addhours" => seconds(3600.0),
        "adddays" => seconds(86_400.0),
        "addmonths" => {
            let months = i32::try_from(arguments.first()?.whole()?).ok()?;
            at.checked_add(months.months()).ok().map(Value::Date)
        }
        "tostring" => match arguments.first() {
            Some(format) => Some(Value::Text(net_format(at, &format.plain()))),
            None => Some(Value::Text(value.shown(Language::English))),
        },
        "toshortdatestring" => Some(Value::Text(at.strftime("%-m/%-d/%Y").to_string())),
        _ => None,
    }
}

/// A time by a format of .NET's own letters.
pub(crate) fn net_format(at: &jiff::civil::DateTime, format: &str) -> String {
    let mut made = String::new();
    let mut rest = format;
    while let Some(letter) = rest.chars().next() {
        let found = NET_FORMATS.iter().find(|(own, _)| rest.starts_with(own));
        match found {
            Some((own, strftime)) => {
                made.push_str(&at.strftime(strftime).to_string());
                rest = rest.get(own.len()..).unwrap_or_default();
            }
            None => {
                made.push(letter);
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            }
        }
    }
    made
}

/// Longest first.
const NET_FORMATS: [(&str, &str); 16] = [
    ("yyyy", "%Y"),
    ("yy", "%y"),
    ("MMMM", "%B"),
    ("MMM", "%b"),
    ("MM", "%m"),
    ("dddd", "%A"),
    ("ddd", "%a"),
    ("dd", "%d"),
    ("HH", "%H"),
    ("hh", "%I"),
    ("mm", "%M"),
    ("ss", "%S"),
    ("tt", "%p"),
    ("fff", "%3f"),
    ("M", "%-m"),
    ("d", "%-d"),
];

/// `[name]value`.
pub(crate) fn cast(name: &str, value: &Value) -> Result<Value, Failure> {
    let bare = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    let made = match bare.as_str() {
        "string" => Some(Value::Text(value.plain())),
        "int" | "int32" | "int64" | "long" | "uint32" => value.whole().map(Value::Int),
        "double" | "decimal" => value.number().map(Value::Float),
        "bool" | "boolean" => Some(Value::Bool(value.is_true())),
        "datetime" => match value {
            Value::Date(_) => Some(value.clone()),
            _ => read_date(&value.plain()).map(Value::Date),
        },
        "version" => Some(Object::version(&value.plain()).into()),
        "void" => Some(Value::Null),
        "array" => Some(Value::List(value.clone().into_many())),
        "pscustomobject" => match value {
            Value::Object(object) => Some(Object { kind: "", ..object.clone() }.into()),
            _ => Some(value.clone()),
        },
        _ => return Err(Failure::not_in_lab(&format!("The type [{name}]"))),
    };
    made.ok_or_else(|| {
        let message = format!("Cannot convert value \"{}\" to type \"{name}\".", value.plain());
        Failure::new("InvalidArgument", "InvalidCast", message).of("RuntimeException")
    })
}

/// `[name]::Member`.
pub(crate) fn of_type(
    name: &str,
    member: &str,
    arguments: &[Value],
    around: (&dyn HostAdmin, &Account, &mut Session),
) -> Result<Value, Failure> {
    let (host, who, session) = around;
    let bare = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    let text = |index: usize| arguments.get(index).map(Value::plain).unwrap_or_default();
    match (bare.as_str(), member.to_ascii_lowercase().as_str()) {
        ("environment", "getenvironmentvariable") => Ok(match text(1).to_lowercase().as_str() {
            "machine" => host.environment().unwrap_or_default().remove(&Name::new(text(0))).into(),
            _ => session.variable(&text(0)).into(),
        }),
        ("environment", "setenvironmentvariable") => {
            if text(2).eq_ignore_ascii_case("Machine") {
                let (key, name) = (KeyPath::new(ENVIRONMENT_KEY), Name::new(text(0)));
                host.set_registry_value(who, &key, &name, RegistryValue::Text(text(1)));
            } else {
                session.set_variable(&text(0), text(1));
            }
            Ok(Value::Null)
        }
        ("environment", "machinename") => Ok(host.computer_name().as_str().to_owned().into()),
        ("math", "round") => {
            let digits = arguments.get(1).and_then(Value::whole).unwrap_or(0).clamp(0, 12);
            let scale = 10_f64.powi(i32::try_from(digits).unwrap_or(0));
            let number = arguments.first().and_then(Value::number).unwrap_or_default();
            Ok(whole((number * scale).round_ties_even() / scale))
        }
        ("string", "isnullorempty") => Ok(Value::Bool(text(0).is_empty())),
        ("regex", "ismatch") => {
            Ok(Value::Bool(pattern(&text(1), Case::Counts)?.is_match(&text(0))))
        }
        ("cbclientcommon", own) => of_agent(name, own, (host, session)),
        _ => Err(Failure::not_in_lab(&format!("[{name}]::{member}"))),
    }
}

/// A member of the agent's own type, which is there once its module was loaded (mars-facts 5.6). Whether its argument matters
/// is not known.
fn of_agent(
    name: &str,
    member: &str,
    (host, session): (&dyn HostAdmin, &Session),
) -> Result<Value, Failure> {
    if !session.modules.contains(&Name::new(AGENT_MODULE)) {
        let message = format!("Unable to find type [{name}].");
        let failure = Failure::new("InvalidOperation", "TypeNotFound", message);
        return Err(failure.about(name, "TypeName").of("RuntimeException"));
    }
    match member {
        "getmachineregistrationstatus" => {
            Ok(Value::Bool(text(host, &Account::System, AGENT_KEY, "MachineId").is_some()))
        }
        _ => Err(Failure::not_in_lab(&format!("[{name}]::{member}"))),
    }
}

/// The name of a value's type.
pub(crate) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "System.Object",
        Value::Bool(_) => "System.Boolean",
        Value::Int(_) => "System.Int32",
        Value::Float(_) => "System.Double",
        Value::Text(_) | Value::Rendered(_) => "System.String",
        Value::Enum(_) => "System.Enum",
        Value::Date(_) => "System.DateTime",
        Value::List(_) => "System.Object[]",
        Value::Secret(_) => "System.Security.SecureString",
        Value::Block(_) => "System.Management.Automation.ScriptBlock",
        Value::Object(object) if object.kind.is_empty() => {
            "System.Management.Automation.PSCustomObject"
        }
        Value::Object(object) => object.kind,
    }
}

/// mars-facts 5.8.
const ENVIRONMENT_KEY: &str = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment";
