//! What goes through a pipe: values, and objects with properties in order.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::civil::DateTime;
use marslab_model::world::Language;
use marslab_shell::dates;

use super::syntax::Statement;

/// A value. Texts compare without case, as PowerShell compares them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Value {
    /// `$null`.
    #[default]
    Null,
    /// `$true` and `$false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Another number.
    Float(f64),
    /// A text.
    Text(String),
    /// A constant of an enumeration, by name. In tables it stands on the right, as numbers do.
    Enum(String),
    /// A local time.
    Date(DateTime),
    /// Several values.
    List(Vec<Self>),
    /// An object.
    Object(Object),
    /// What `ConvertTo-SecureString` makes of a text; never printed.
    Secret(String),
    /// Lines as they are printed, of `Format-Table` and the like.
    Rendered(String),
    /// A block between braces.
    Block(Arc<[Statement]>),
}

/// An object: the name of its type, and its properties in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Object {
    /// Decides how it is shown; empty for what `Select-Object` makes.
    pub(crate) kind: &'static str,
    /// The properties.
    pub(crate) fields: Vec<(String, Value)>,
    /// Its text (`ToString()`), where it is not the name of its type.
    pub(crate) text: Option<String>,
}

impl Object {
    /// An object of a type.
    pub(crate) fn new(kind: &'static str) -> Self {
        Self { kind, ..Self::default() }
    }

    /// The same with one more property.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.fields.push((name.to_owned(), value.into()));
        self
    }

    /// The same with this text.
    #[must_use]
    pub(crate) fn shown_as(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// A property, by any case of its name.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        let found = self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }
}

impl Value {
    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A constant of an enumeration.
    pub(crate) fn of_enum(name: impl Into<String>) -> Self {
        Self::Enum(name.into())
    }

    /// Several texts.
    pub(crate) fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// A property. Those of a list are the properties of its members.
    pub(crate) fn property(&self, name: &str) -> Option<Self> {
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        match self {
            Self::Object(object) if object.get(name).is_some() => object.get(name).cloned(),
            Self::Text(text) if is("Length") => Some(length(text.chars().count())),
            Self::List(values) if is("Count") || is("Length") => Some(length(values.len())),
            Self::List(values) => {
                let found: Vec<Self> = values.iter().filter_map(|it| it.property(name)).collect();
                (!found.is_empty()).then(|| Self::from_many(found))
            }
            Self::Date(at) => date_part(at, name),
            Self::Null => None,
            _ if is("Count") => Some(Self::Int(1)),
            _ => None,
        }
    }

    /// Nothing, the one value, or the list of several.
    pub(crate) fn from_many(mut values: Vec<Self>) -> Self {
        match values.len() {
            0 => Self::Null,
            1 => values.remove(0),
            _ => Self::List(values),
        }
    }

    /// The members of a list; of another value itself, and none of nothing.
    pub(crate) fn into_many(self) -> Vec<Self> {
        match self {
            Self::Null => Vec::new(),
            Self::List(values) => values,
            value => vec![value],
        }
    }

    /// Whether a condition holds that comes to this value.
    pub(crate) fn is_true(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(is) => *is,
            Self::Int(number) => *number != 0,
            Self::Float(number) => *number != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::List(values) => values.len() > 1 || values.first().is_some_and(Self::is_true),
            _ => true,
        }
    }

    /// The number that the value is, or that its text says.
    pub(crate) fn number(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "as .NET converts to a double")]
        match self {
            Self::Null => Some(0.0),
            Self::Bool(is) => Some(f64::from(u8::from(*is))),
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            Self::Text(text) => match text.trim().strip_prefix("0x") {
                Some(digits) => i64::from_str_radix(digits, 16).ok().map(|it| it as f64),
                None => text.trim().parse().ok(),
            },
            _ => None,
        }
    }

    /// The whole number that the value is, or that its text says.
    pub(crate) fn whole(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            #[expect(clippy::cast_possible_truncation, reason = "checked: in range and whole")]
            other => other
                .number()
                .map(f64::round)
                .filter(|number| number.abs() < 9.0e15)
                .map(|number| number as i64),
        }
    }

    /// Compares as `-eq`, `-lt` and `Sort-Object` do: by the type of the left side.
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Null, Self::Null) => Some(Ordering::Equal),
            (Self::Null, _) => Some(Ordering::Less),
            (_, Self::Null) => Some(Ordering::Greater),
            (Self::Bool(one), two) => Some(one.cmp(&two.is_true())),
            (Self::Int(_) | Self::Float(_), two) => self.number()?.partial_cmp(&two.number()?),
            (Self::Date(one), Self::Date(two)) => Some(one.cmp(two)),
            (Self::Date(one), Self::Text(two)) => Some(one.cmp(&read_date(two)?)),
            (Self::Object(one), two) => match (one.parts(), parts(&two.plain())) {
                (Some(one), Some(two)) => Some(one.cmp(&two)),
                _ => Some(fold(&self.plain()).cmp(&fold(&two.plain()))),
            },
            _ => Some(fold(&self.plain()).cmp(&fold(&other.plain()))),
        }
    }

    /// The text within a string and in a list: in no language, as .NET's invariant culture writes it.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Date(at) => at.strftime("%m/%d/%Y %H:%M:%S").to_string(),
            Self::List(values) => values.iter().map(Self::plain).collect::<Vec<_>>().join(" "),
            other => other.shown(Language::English),
        }
    }

    /// The text in a table, in a list and on its own, in the machine's language.
    pub(crate) fn shown(&self, language: Language) -> String {
        match self {
            Self::Null | Self::Block(_) => String::new(),
            Self::Bool(true) => "True".to_owned(),
            Self::Bool(false) => "False".to_owned(),
            Self::Int(number) => number.to_string(),
            Self::Float(number) => number.to_string(),
            Self::Text(text) | Self::Enum(text) | Self::Rendered(text) => text.clone(),
            Self::Date(at) => dates::full(language, *at),
            Self::List(values) => braced(values, language),
            Self::Secret(_) => "System.Security.SecureString".to_owned(),
            Self::Object(object) => match &object.text {
                Some(text) => text.clone(),
                None if object.kind.is_empty() => fields_of(object, language),
                None => object.kind.to_owned(),
            },
        }
    }
}

impl Object {
    /// The numbers of a version, if this is one.
    fn parts(&self) -> Option<Vec<i64>> {
        (self.kind == VERSION).then(|| parts(self.text.as_deref()?)).flatten()
    }

    /// A version of four numbers; one that it does not have is -1.
    pub(crate) fn version(text: &str) -> Self {
        let mut numbers = text.split('.').map(|part| part.parse::<i64>().unwrap_or(-1));
        let names = ["Major", "Minor", "Build", "Revision"];
        let fields = names.map(|name| (name.to_owned(), Value::Int(numbers.next().unwrap_or(-1))));
        Self { kind: VERSION, fields: fields.into(), text: Some(text.to_owned()) }
    }
}

/// The numbers of a version as text.
fn parts(text: &str) -> Option<Vec<i64>> {
    text.split('.').map(|part| part.parse().ok()).collect()
}

/// Reads a time as people type it: `2019-05-21 21:00`, `5/21/2019 9:00 PM`, `21:00` on no day.
pub(crate) fn read_date(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if let Ok(at) = text.parse::<DateTime>() {
        return Some(at);
    }
    let formats = [
        "%m/%d/%Y %I:%M:%S %p",
        "%m/%d/%Y %I:%M %p",
        "%m/%d/%Y %H:%M:%S",
        "%m/%d/%Y %H:%M",
        "%Y/%m/%d %H:%M:%S",
        "%Y/%m/%d %H:%M",
        "%Y-%m-%d %H:%M",
    ];
    let day = ["%m/%d/%Y", "%Y/%m/%d"];
    let whole = formats.iter().find_map(|format| DateTime::strptime(format, text).ok());
    let midnight = || {
        let date = day.iter().find_map(|format| jiff::civil::Date::strptime(format, text).ok())?;
        Some(date.at(0, 0, 0, 0))
    };
    whole.or_else(midnight)
}

/// Minutes after midnight of a time of day as people type it: `21:00`, `9:00 PM`, `9pm`, or with a date before it.
pub(crate) fn read_minute(text: &str) -> Option<u32> {
    let text = text.trim();
    let formats = ["%I:%M:%S %p", "%I:%M %p", "%I:%M%p", "%I%p", "%I %p", "%H:%M:%S", "%H:%M"];
    let upper = text.to_ascii_uppercase();
    let time = formats.iter().find_map(|it| jiff::civil::Time::strptime(it, &upper).ok());
    let time = time.or_else(|| read_date(text).map(|at| at.time()))?;
    u32::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).ok()
}

fn date_part(at: &DateTime, name: &str) -> Option<Value> {
    let number = |number: i64| Some(Value::Int(number));
    match name.to_ascii_lowercase().as_str() {
        "year" => number(at.year().into()),
        "month" => number(at.month().into()),
        "day" => number(at.day().into()),
        "hour" => number(at.hour().into()),
        "minute" => number(at.minute().into()),
        "second" => number(at.second().into()),
        "dayofweek" => Some(Value::of_enum(at.strftime("%A").to_string())),
        "date" => Some(Value::Date(at.date().at(0, 0, 0, 0))),
        _ => None,
    }
}

/// `{a, b, c, d...}`: a list within a table or a list, where PowerShell shows four members.
fn braced(values: &[Value], language: Language) -> String {
    let shown: Vec<String> =
        values.iter().take(LISTED_MAX).map(|value| value.shown(language)).collect();
    let more = if values.len() > LISTED_MAX { "..." } else { "" };
    format!("{{{}{more}}}", shown.join(", "))
}

/// `@{Name=a; Status=b}`: an object without a text of its own within another.
fn fields_of(object: &Object, language: Language) -> String {
    let fields =
        object.fields.iter().map(|(name, value)| format!("{name}={}", value.shown(language)));
    format!("@{{{}}}", fields.collect::<Vec<_>>().join("; "))
}

fn length(count: usize) -> Value {
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

pub(crate) fn fold(text: &str) -> String {
    text.to_lowercase()
}

macro_rules! from {
    ($($type:ty => |$value:ident| $made:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $made
            }
        }
    )*};
}

from! {
    bool => |it| Self::Bool(it);
    i64 => |it| Self::Int(it);
    i32 => |it| Self::Int(it.into());
    u32 => |it| Self::Int(it.into());
    u64 => |it| Self::Int(i64::try_from(it).unwrap_or(i64::MAX));
    f64 => |it| Self::Float(it);
    &str => |it| Self::Text(it.to_owned());
    String => |it| Self::Text(it);
    DateTime => |it| Self::Date(it);
    Object => |it| Self::Object(it);
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// `$FormatEnumerationLimit`.
const LISTED_MAX: usize = 4;

/// The type of versions.
pub(crate) const VERSION: &str = "System.Version";
