//! The layout of an item.

use std::io::{self, Write};

use crate::table::{columns, write_within};

/// A heading, a summary, and fields: a line each.
#[derive(Debug)]
pub(super) struct Page {
    heading: String,
    summary: String,
    fields: Vec<[String; 2]>,
}

impl Page {
    pub(super) fn new(kind: &str, name: &str, summary: &str) -> Self {
        Self { heading: format!("{kind} {name}"), summary: summary.to_owned(), fields: Vec::new() }
    }

    /// Adds a field; nothing if the value is empty.
    pub(super) fn field(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.fields.push([format!("{name}:"), value]);
        }
    }

    /// Adds a list of names, each on a line of its own.
    pub(super) fn names<'n>(&mut self, name: &str, values: impl IntoIterator<Item = &'n str>) {
        for (index, value) in values.into_iter().enumerate() {
            let name = if index == 0 { format!("{name}:") } else { String::new() };
            self.fields.push([name, value.to_owned()]);
        }
    }

    /// Adds a list of names with their titles.
    pub(super) fn titled<'n>(
        &mut self,
        name: &str,
        values: impl Iterator<Item = (&'n str, &'n str)>,
    ) {
        let values: Vec<(&str, &str)> = values.collect();
        let width = values.iter().map(|(id, _)| id.chars().count()).max().unwrap_or_default();
        let lines = values.iter().map(|(id, title)| format!("{id:width$}  {title}"));
        let lines: Vec<String> = lines.collect();
        self.names(name, lines.iter().map(String::as_str));
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.heading)?;
        writeln!(out, "  {}", self.summary)?;
        write_within(out, 2, &self.fields, columns())
    }
}
