//! What values look like in a window 120 columns wide.
//!
//! Blanks at the ends of lines are left out †. Tables of types are as PowerShell's own files of formats define them.

use marslab_model::world::Language;
use marslab_shell::dates;

use super::evaluate::TABLE;
use super::operators::{Case, pattern};
use super::value::{Object, Value};
use views::{Column, View};

mod layout;
mod views;

/// How objects are shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Style {
    /// As a list; else as a table.
    pub(crate) as_list: Option<bool>,
    /// These properties only, each with the title and the value that it has in an object.
    pub(crate) properties: Option<Vec<String>>,
    /// Whether columns are as wide as what is in them.
    pub(crate) is_sized: bool,
    /// Whether a table has no heading.
    pub(crate) hides_heading: bool,
}

/// Values as they are printed where nothing else is said.
pub(crate) fn shown(values: &[Value], language: Language) -> String {
    styled(values, &Style::default(), language)
}

/// Values in a style. Objects that follow each other and are of one type stand in one table.
pub(crate) fn styled(values: &[Value], style: &Style, language: Language) -> String {
    let mut text = String::new();
    let mut rest = values;
    while let Some(first) = rest.first() {
        let kind = kind_of(first);
        let count =
            rest.iter().take_while(|value| kind.is_some() && kind_of(value) == kind).count();
        let (group, behind) = rest.split_at(count.max(1));
        match first {
            Value::Object(_) => {
                let objects: Vec<&Object> = group
                    .iter()
                    .filter_map(|value| if let Value::Object(it) = value { Some(it) } else { None })
                    .collect();
                text.push_str(&of_objects(&objects, style, language));
            }
            value => text.push_str(&alone(value, language)),
        }
        rest = behind;
    }
    text
}

fn kind_of(value: &Value) -> Option<&str> {
    match value {
        Value::Object(object) => Some(object.kind),
        _ => None,
    }
}

/// A value that is not an object.
fn alone(value: &Value, language: Language) -> String {
    match value {
        Value::Null => String::new(),
        Value::Rendered(text) => text.clone(),
        Value::Date(at) => format!("\n{}\n\n\n", long_date(at, language)),
        Value::List(values) => shown(values, language),
        value => format!("{}\n", value.shown(language)),
    }
}

/// A time on its own: long date, long time. Windows' own settings of the four locales.
pub(crate) fn long_date(at: &jiff::civil::DateTime, language: Language) -> String {
    let clock = dates::time(language, *at);
    let day = usize::from(at.weekday().to_sunday_zero_offset().unsigned_abs());
    let date = match language {
        Language::English => at.strftime("%A, %B %-d, %Y").to_string(),
        Language::Japanese => at.strftime("%Y年%-m月%-d日").to_string(),
        Language::Korean => {
            let day =
                ["일", "월", "화", "수", "목", "금", "토"].get(day).copied().unwrap_or_default();
            format!("{} {day}요일", at.strftime("%Y년 %-m월 %-d일"))
        }
        Language::ChineseTraditional => at.strftime("%Y年%-m月%-d日").to_string(),
    };
    format!("{date} {clock}")
}

fn of_objects(objects: &[&Object], style: &Style, language: Language) -> String {
    let Some(first) = objects.first() else { return String::new() };
    if let Some(text) = first.text.as_ref().filter(|_| is_text(first) && style.as_list.is_none()) {
        return objects
            .iter()
            .map(|it| format!("{}\n", it.text.as_ref().unwrap_or(text)))
            .collect();
    }
    let view = views::of(first.kind);
    if first.kind == TABLE && style.properties.is_none() {
        return hash_tables(objects, style, language);
    }
    let properties = style.properties.as_ref().map(|it| chosen(first, it));
    let is_list = style.as_list.unwrap_or(match (&properties, &view) {
        (None, Some(View::List(_))) => true,
        (None, Some(View::Table { .. })) => false,
        (Some(properties), _) => properties.len() > TABLE_COLUMNS_MAX,
        (None, None) => first.fields.len() > TABLE_COLUMNS_MAX,
    });
    if is_list {
        let names = properties.unwrap_or_else(|| match view {
            Some(View::Table { list: names, .. } | View::List(names)) if !names.is_empty() => {
                names.iter().map(|it| (*it).to_owned()).collect()
            }
            _ => all_names(first),
        });
        return layout::list(objects, &names, language);
    }
    match (properties, view) {
        (None, Some(View::Table { columns, group, .. })) => {
            let is_sized = style.is_sized || columns.iter().all(|it| it.width == 0);
            let table = layout::Table { is_sized, hides_heading: style.hides_heading };
            grouped(objects, group, |objects| table.of(objects, columns, language))
        }
        (properties, _) => {
            let names = properties.unwrap_or_else(|| all_names(first));
            let columns: Vec<Column<'_>> =
                names.iter().map(|name| Column::found(name, objects)).collect();
            let table = layout::Table { is_sized: true, hides_heading: style.hides_heading };
            table.of(objects, &columns, language)
        }
    }
}

/// Objects whose text is what a window shows: durations and the like are lists, versions tables.
fn is_text(object: &Object) -> bool {
    object.kind == FILE_TEXT
}

/// One table for each value of a property, under a heading.
fn grouped(
    objects: &[&Object],
    group: Option<(&str, &str)>,
    table: impl Fn(&[&Object]) -> String,
) -> String {
    let Some((title, property)) = group else { return table(objects) };
    let mut text = String::new();
    let mut rest = objects;
    while let Some(first) = rest.first() {
        let same = |it: &&&Object| it.get(property) == first.get(property);
        let (own, behind) = rest.split_at(rest.iter().take_while(same).count().max(1));
        let value = first.get(property).map(Value::plain).unwrap_or_default();
        text = text + "\n\n   " + title + ": " + &value + "\n" + &table(own);
        rest = behind;
    }
    text
}

/// `Name` and `Value` of the entries.
fn hash_tables(objects: &[&Object], style: &Style, language: Language) -> String {
    let entry = |(name, value): &(String, Value)| {
        Object::new("").with("Name", name.as_str()).with("Value", value.clone())
    };
    let entries: Vec<Object> =
        objects.iter().flat_map(|object| object.fields.iter().map(entry)).collect();
    let entries: Vec<&Object> = entries.iter().collect();
    if style.as_list == Some(true) {
        return layout::list(&entries, &["Name".to_owned(), "Value".to_owned()], language);
    }
    let table = layout::Table { is_sized: style.is_sized, hides_heading: style.hides_heading };
    table.of(&entries, views::ENTRIES, language)
}

/// The properties that patterns name; what no property is called stands there all the same, without a value.
fn chosen(object: &Object, patterns: &[String]) -> Vec<String> {
    let fitting = |pattern: &String| -> Vec<String> {
        let escaped = regex_of(pattern);
        let names = all_names(object).into_iter();
        let found: Vec<String> = names.filter(|name| is_match(&escaped, name)).collect();
        let is_absent = found.is_empty() && !pattern.contains('*');
        if is_absent { vec![pattern.clone()] } else { found }
    };
    patterns.iter().flat_map(fitting).collect()
}

fn regex_of(wildcard: &str) -> String {
    format!("^{}$", regex::escape(wildcard).replace(r"\*", ".*").replace(r"\?", "."))
}

fn is_match(escaped: &str, name: &str) -> bool {
    pattern(escaped, Case::Ignored).is_ok_and(|it| it.is_match(name))
}

fn all_names(object: &Object) -> Vec<String> {
    object.fields.iter().map(|(name, _)| name.clone()).collect()
}

/// An object of a type without a view is shown as a table up to this many properties.
const TABLE_COLUMNS_MAX: usize = 4;

/// A line of a file, which is a text with properties.
pub(crate) const FILE_TEXT: &str = "Microsoft.PowerShell.Commands.MatchInfo";

#[cfg(test)]
mod tests;
