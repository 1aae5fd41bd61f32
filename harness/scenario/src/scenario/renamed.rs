//! Renamed keys. Scenario files may still use the old spelling; each use is a warning.

use std::borrow::Cow;

use marslab_actions::problem::Problem;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A key with a new spelling.
struct Renamed {
    /// The table that has the key, in the file or in a case.
    table: &'static str,
    old: &'static str,
    new: &'static str,
}

const RENAMED: [Renamed; 1] = [Renamed { table: "when", old: "told", new: "reported-operation" }];

/// Replaces old spellings, so that the rest of the reader knows only the new ones, and returns a warning for each.
pub(super) fn modernize(file: &mut DeTable<'_>) -> Vec<Problem> {
    let mut warnings = Vec::new();
    for renamed in &RENAMED {
        renamed.replace_in(file, &mut warnings);
        let cases = match file.get_mut("case").map(Spanned::get_mut) {
            Some(DeValue::Array(cases)) => cases.as_mut(),
            _ => continue,
        };
        for case in cases {
            let DeValue::Table(case) = case.get_mut() else { continue };
            renamed.replace_in(case, &mut warnings);
            let Some(set) = table_mut(case, "set") else { continue };
            renamed.replace_in(set, &mut warnings);
            let path = |key| format!("{}.{key}", renamed.table);
            rename(set, &path(renamed.old), &path(renamed.new), &mut warnings);
        }
    }
    warnings
}

impl Renamed {
    /// Replaces the key in the table of `holder`.
    fn replace_in(&self, holder: &mut DeTable<'_>, warnings: &mut Vec<Problem>) {
        if let Some(table) = table_mut(holder, self.table) {
            rename(table, self.old, self.new, warnings);
        }
    }
}

/// Renames a key. If the table has both spellings, the old one stays, and is reported as unknown.
fn rename(table: &mut DeTable<'_>, old: &str, new: &str, warnings: &mut Vec<Problem>) {
    if table.contains_key(new) {
        return;
    }
    let Some(span) = table.get_key_value(old).map(|(key, _)| key.span()) else { return };
    let Some(value) = table.remove(old) else { return };
    let warning = Problem::warning(span.clone(), format!("old key `{old}`"));
    warnings.push(warning.with_hint(format!("it is now called `{new}`")));
    table.insert(Spanned::new(span, Cow::Owned(new.to_owned())), value);
}

fn table_mut<'t, 'i>(table: &'t mut DeTable<'i>, key: &str) -> Option<&'t mut DeTable<'i>> {
    match table.get_mut(key)?.get_mut() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}
