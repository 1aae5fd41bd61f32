//! What a subject says where nobody has catalogued what is wrong: edits of any field, counted.

use std::collections::BTreeMap;
use std::io::{self, Write};

use marslab_engine::play::edits::{Reaction, TriedEdit};

use super::table;

/// Writes the page of what the reference core says.
pub fn page(out: &mut dyn Write, tried: &[TriedEdit]) -> io::Result<()> {
    writeln!(out, "# What the reference core is silent about\n\n{NOTE}\n\n{INTRO}\n")?;
    write(out, tried)
}

/// Writes the counts for a terminal; they are Markdown, too.
pub fn write(out: &mut dyn Write, tried: &[TriedEdit]) -> io::Result<()> {
    let failed: Vec<_> = tried.iter().filter(|it| it.reaction != Reaction::Works).collect();
    writeln!(
        out,
        "Of {} edits, {} make the operation fail. Of these, the subject\n",
        tried.len(),
        failed.len()
    )?;
    let count = |of: Reaction| failed.iter().filter(|it| it.reaction == of).count();
    let rows = SAID.map(|(reaction, text)| [text.to_owned(), share(count(reaction), failed.len())]);
    table::write(out, ["", "failures"], rows.into_iter())?;
    let silent = failed.iter().filter(|it| SILENT.contains(&it.reaction));
    let mut by_field: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    failed.iter().for_each(|it| by_field.entry(&it.field).or_default().1 += 1);
    silent.clone().for_each(|it| by_field.entry(&it.field).or_default().0 += 1);
    let mut by_field: Vec<_> = by_field.into_iter().collect();
    by_field.sort_by_key(|(field, (silent, all))| (usize::MAX - silent, usize::MAX - all, *field));
    writeln!(out, "\nBy field:\n")?;
    let rows = by_field
        .into_iter()
        .map(|(field, (silent, all))| [format!("`{field}`"), all.to_string(), silent.to_string()]);
    table::write(out, ["field", "failures", "silent or wrong"], rows)?;
    let mut silent = silent.peekable();
    if silent.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "\nSilent or wrong after:\n\n```console")?;
    for TriedEdit { fault, operation, .. } in silent.take(LINES_MAX) {
        writeln!(out, "$ marslab try {} --operation {operation}", quoted(fault))?;
    }
    writeln!(out, "```")
}

fn share(count: usize, of: usize) -> String {
    format!("{count} of {of}")
}

/// A word for a shell. The faults that are drawn have quotation marks of TOML in them.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

const NOTE: &str =
    "<!-- Written by `marslab reference silence`; change the code, not this file. -->";

const INTRO: &str = "\
`marslab try --edits` edits fields of the healthy world, one at a time, to other values of their type, and tries an operation. \
What a core does not see is where its author can look next.";

const SAID: [(Reaction, &str); 6] = [
    (Reaction::Finds, "finds a cause"),
    (Reaction::Unchecked, "names an area that it cannot check"),
    (Reaction::Unexplained, "calls it unexplained, and names the step at which it stops"),
    (Reaction::WrongStep, "calls it unexplained, but names another step"),
    (Reaction::Silent, "says nothing"),
    (Reaction::NoDiagnosis, "gives no diagnosis"),
];

/// What is no help to the customer.
const SILENT: [Reaction; 3] = [Reaction::WrongStep, Reaction::Silent, Reaction::NoDiagnosis];

/// As many as somebody looks at.
const LINES_MAX: usize = 40;
