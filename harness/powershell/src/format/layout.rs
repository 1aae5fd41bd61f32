//! Laying out tables and lists.

use marslab_model::world::Language;
use marslab_shell::columns::width as cells;

use super::super::value::{Object, Value};
use super::views::Column;

/// How a table is laid out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    /// Columns are as wide as what is in them.
    pub(super) is_sized: bool,
    /// The heading is left out.
    pub(super) hides_heading: bool,
}

impl Table {
    /// The table of some objects.
    pub(super) fn of(
        self,
        objects: &[&Object],
        columns: &[Column<'_>],
        language: Language,
    ) -> String {
        let cell = |object: &Object, column: &Column<'_>| -> String {
            let value = object.get(column.property).map(|it| it.shown(language));
            value.unwrap_or_default().split(['\r', '\n']).next().unwrap_or_default().to_owned()
        };
        let rows: Vec<Vec<String>> = objects
            .iter()
            .map(|it| columns.iter().map(|column| cell(it, column)).collect())
            .collect();
        let widths = self.widths(columns, &rows);
        let line = |row: &[String]| -> String {
            let row = row.iter().zip(columns).zip(&widths);
            let fitted = row.map(|((cell, column), width)| fit(cell, *width, column));
            fitted.collect::<Vec<_>>().join(" ").trim_end().to_owned() + "\n"
        };
        let mut text = String::from("\n");
        if !self.hides_heading {
            let titles: Vec<String> = columns.iter().map(|it| it.title.to_owned()).collect();
            let dashes: Vec<String> =
                columns.iter().map(|it| "-".repeat(cells(it.title))).collect();
            text = text + &line(&titles) + &line(&dashes);
        }
        text.extend(rows.iter().map(|row| line(row)));
        text + "\n\n"
    }

    /// The widths of the columns that fit into the window, from the left; those of the others are left out.
    fn widths(self, columns: &[Column<'_>], rows: &[Vec<String>]) -> Vec<usize> {
        let mut widths = Vec::new();
        let mut left = WINDOW_COLUMNS - 1;
        for (index, column) in columns.iter().enumerate() {
            let longest = || rows.iter().filter_map(|row| row.get(index)).map(|it| cells(it)).max();
            let content = || longest().unwrap_or(0).max(cells(column.title));
            let wanted = if self.is_sized || column.width == 0 { content() } else { column.width };
            let width = wanted.max(cells(column.title)).min(left);
            if left == 0 {
                break;
            }
            widths.push(width);
            left = left.saturating_sub(width + 1);
        }
        widths
    }
}

/// Objects as lists of properties.
pub(super) fn list(objects: &[&Object], names: &[String], language: Language) -> String {
    let longest = names.iter().map(|name| cells(name)).max().unwrap_or(0);
    let mut text = String::from("\n\n");
    for (index, object) in objects.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        for name in names {
            let value = object.get(name).map(|it| listed(it, language)).unwrap_or_default();
            let pad = " ".repeat(longest - cells(name));
            let indent = format!("\n{}", " ".repeat(longest + 3));
            let value = wrapped(&value, WINDOW_COLUMNS - 1 - (longest + 3).min(60)).join(&indent);
            let line = format!("{name}{pad} : {value}");
            text = text + line.trim_end() + "\n";
        }
    }
    text + "\n\n"
}

fn listed(value: &Value, language: Language) -> String {
    value.shown(language)
}

/// A text in its column: cut with dots where it is too long.
fn fit(text: &str, width: usize, column: &Column<'_>) -> String {
    let is_right = column.is_right;
    let own = cells(text);
    let pad = " ".repeat(width.saturating_sub(own));
    if own <= width {
        return if is_right { pad + text } else { text.to_owned() + &pad };
    }
    let room = width.saturating_sub(DOTS.len());
    if room == 0 {
        return start(text, width);
    }
    if is_right {
        let end: Vec<char> = text.chars().rev().collect();
        let end: String = start(&end.into_iter().collect::<String>(), room).chars().rev().collect();
        return DOTS.to_owned() + &end;
    }
    let cut = start(text, room);
    let pad = " ".repeat(room - cells(&cut));
    cut + DOTS + &pad
}

/// As much of a text as fits.
fn start(text: &str, width: usize) -> String {
    let mut used = 0;
    let fits = |letter: &char| {
        used += cells(letter.encode_utf8(&mut [0; 4]));
        used <= width
    };
    text.chars().take_while(fits).collect()
}

/// A text in lines no longer than this, broken at blanks where there are any.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut made = String::new();
        for word in line.split_inclusive(' ') {
            if !made.is_empty() && cells(&made) + cells(word.trim_end()) > width {
                lines.push(std::mem::take(&mut made).trim_end().to_owned());
            }
            let mut word = word.to_owned();
            while cells(&word) > width + 1 {
                let part = start(&word, width);
                word = word.get(part.len()..).unwrap_or_default().to_owned();
                lines.push(part);
            }
            made.push_str(&word);
        }
        lines.push(made);
    }
    lines
}

const DOTS: &str = "...";

/// How wide a window is that nobody has changed.
const WINDOW_COLUMNS: usize = 120;
