//! The three layouts of `schtasks /query`.

use marslab_shell::columns::exactly;

use super::fields::{Row, label};
use super::{Format, Options};
use crate::page::Page;

/// Prints tasks, with their folder before the first of each.
pub(super) fn of(options: &Options, rows: &[Row]) -> String {
    let mut page = Page::default();
    match options.format {
        Format::Csv => csv(&mut page, options, rows),
        Format::List => list(&mut page, options, rows),
        Format::Table => table(&mut page, options, rows),
    }
    page.text()
}

fn fields(row: &Row, options: &Options) -> Vec<(&'static str, String)> {
    if options.has("/v") {
        return row.all.clone();
    }
    let own = [
        ("TaskName", row.path.clone()),
        ("Next Run Time", row.next_run.clone()),
        ("Status", row.status.to_owned()),
    ];
    own.into()
}

fn list(page: &mut Page, options: &Options, rows: &[Row]) {
    let verbose = options.has("/v");
    let mut folder = "";
    for row in rows {
        if folder != row.folder {
            page.blank().line(format!("Folder: {}", row.folder));
        } else {
            page.blank();
        }
        folder = &row.folder;
        if !verbose {
            let host = row.all.first().map(|(_, host)| host.as_str()).unwrap_or_default();
            page.line(format!("{:<15}{host}", "HostName:"));
        }
        for (name, value) in fields(row, options) {
            if verbose {
                page.line(format!("{}{value}", label(name)));
            } else {
                page.line(format!("{:<15}{value}", format!("{name}:")));
            }
        }
    }
}

fn csv(page: &mut Page, options: &Options, rows: &[Row]) {
    let (verbose, headed) = (options.has("/v"), !options.has("/nh"));
    let quoted = |values: Vec<&str>| {
        let each = values.into_iter().map(|it| format!("\"{}\"", it.replace('"', "\"\"")));
        each.collect::<Vec<_>>().join(",")
    };
    for (index, row) in rows.iter().enumerate() {
        let fields = fields(row, options);
        if headed && (index == 0 || verbose) {
            page.line(quoted(fields.iter().map(|(name, _)| *name).collect()));
        }
        page.line(quoted(fields.iter().map(|(_, value)| value.as_str()).collect()));
    }
}

fn table(page: &mut Page, options: &Options, rows: &[Row]) {
    let (verbose, headed) = (options.has("/v"), !options.has("/nh"));
    let columns: Vec<(&str, usize)> = match verbose {
        false => vec![("TaskName", 40), ("Next Run Time", 22), ("Status", 15)],
        true => {
            let first = rows.first().map(|row| row.all.iter()).unwrap_or_default();
            first.map(|(name, _)| (*name, name.len().max(22))).collect()
        }
    };
    let mut folder = "";
    for row in rows {
        if folder != row.folder && headed {
            page.blank().line(format!("Folder: {}", row.folder));
            let heads = columns.iter().map(|(name, width)| exactly(name, *width));
            page.line(heads.collect::<Vec<_>>().join(" "));
            let rules = columns.iter().map(|(_, width)| "=".repeat(*width));
            page.line(rules.collect::<Vec<_>>().join(" "));
        }
        folder = &row.folder;
        let value = |name: &str| {
            if name == "TaskName" && !verbose {
                return row.name.clone();
            }
            let field = row.all.iter().find(|(known, _)| *known == name);
            field.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let cells = columns.iter().map(|(name, width)| exactly(&value(name), *width));
        page.line(cells.collect::<Vec<_>>().join(" "));
    }
}
