//! Reading a scenario file: checks its shape, reads its parts, applies the rules, and collects all mistakes.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::case::applied;
use super::check::{ENTRIES_MAX, check};
use super::library::Library;
use super::part::{self, Origin};
use super::renamed::modernize;
use super::shape::FILE;
use super::{compound, rules};
use crate::catalogue::Catalogue;
use crate::play::{Play, Scenario, ScenarioKind, SourceFile};
use crate::roles;
use marslab_actions::problem::{Problem, Problems, SHOWN_MAX, quote, shorten};

/// Reads the text of the scenario file `file_name`, or reports all mistakes in it.
pub fn parse(file_name: &str, text: &str, library: &Library<'_>) -> Result<Scenario, Problems> {
    parse_file(&Arc::new(SourceFile::new(file_name, text)), library)
}

/// Reads a scenario file, or reports all mistakes in it.
pub fn parse_file(source: &Arc<SourceFile>, library: &Library<'_>) -> Result<Scenario, Problems> {
    let (file, mut problems) = opened(source, library)?;
    let origin = Origin { library, source };
    let name = &source.scenario();
    let read = if compound::is_compound(&file) {
        compound::scenario(name, &file, &origin, &mut problems)
    } else {
        let plays = plays(name, &file, &origin, &mut problems);
        scenario(name, &file, plays, library.catalogue)
    };
    let (scenario, warnings) = finished(read, problems, source)?;
    Ok(Scenario { warnings, ..scenario })
}

/// The tables of a file in today's words, with its roles replaced, as far as it can be read.
pub(super) fn opened<'t>(
    source: &'t SourceFile,
    library: &Library<'_>,
) -> Result<(DeTable<'t>, Vec<Problem>), Problems> {
    let SourceFile { name, text, .. } = source;
    if text.len() > TEXT_BYTES_MAX {
        let message = format!("the file is larger than {TEXT_BYTES_MAX} bytes");
        return Err(Problems::new(name, text, vec![Problem::syntax(0..0, message)]));
    }
    let (file, errors) = DeTable::parse_recoverable(text);
    let (mut problems, mut file) = (syntax(text, &errors), file.into_inner());
    control_characters(&file, &mut problems);
    problems.extend(modernize(&mut file));
    roles::fill_in(&mut file, &library.cast, &mut problems);
    Ok((file, problems))
}

/// What was read, and the warnings; or all mistakes, if there is one.
pub(super) fn finished<T>(
    read: Option<T>,
    problems: Vec<Problem>,
    SourceFile { name, text, .. }: &SourceFile,
) -> Result<(T, Option<Problems>), Problems> {
    let (warnings, mut problems): (Vec<_>, Vec<_>) =
        problems.into_iter().partition(Problem::is_warning);
    match read {
        Some(read) if problems.is_empty() => {
            let has_warnings = !warnings.is_empty();
            Ok((read, has_warnings.then(|| Problems::new(name, text, warnings))))
        }
        _ => {
            if problems.is_empty() {
                problems.push(Problem::syntax(0..0, "invalid scenario file"));
            }
            problems.extend(warnings);
            Err(Problems::new(name, text, problems))
        }
    }
}

/// What is no TOML. Of bad escapes only the first of a line is told: the others are of the same path.
fn syntax(text: &str, errors: &[toml::de::Error]) -> Vec<Problem> {
    let mut lines = BTreeSet::new();
    let problem = |error: &toml::de::Error| {
        let span = error.span().unwrap_or(text.len()..text.len());
        let problem = Problem::syntax(span.clone(), shorten(error.message(), MESSAGE_CHARS_MAX));
        if !ESCAPES.iter().any(|start| error.message().starts_with(start)) {
            return Some(problem);
        }
        let line = text.get(..span.start).map_or(0, |before| before.matches('\n').count());
        lines.insert(line).then(|| problem.with_hint(IN_SINGLE_QUOTES))
    };
    errors.iter().filter_map(problem).collect()
}

fn scenario(
    name: &str,
    file: &DeTable<'_>,
    plays: Vec<Play>,
    catalogue: &Catalogue,
) -> Option<Scenario> {
    let kind = match (part::failure(file, catalogue), part::text(file, "control")) {
        (Some(failure), _) => ScenarioKind::Failure(failure.id.clone()),
        (None, Some(why)) => ScenarioKind::Control { why: why.to_owned() },
        (None, None) => return None,
    };
    let title = part::text(file, "title")?.to_owned();
    let (name, article) = (name.to_owned(), part::article(file)?);
    Some(Scenario { name, title, kind, article, plays, warnings: None })
}

/// The file's own play and those of its cases, as far as they can be read.
fn plays(
    name: &str,
    file: &DeTable<'_>,
    origin: &Origin<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Play> {
    let mut plays: Vec<Play> = play(name.to_owned(), file, origin, problems).into_iter().collect();
    let cases = match file.get("case").map(Spanned::get_ref) {
        Some(DeValue::Array(cases)) => cases.as_ref(),
        _ => &[],
    };
    let mut file = file.clone();
    file.remove("case");
    let mut names = BTreeSet::new();
    for case in cases.iter().take(ENTRIES_MAX) {
        let DeValue::Table(table) = case.get_ref() else { continue };
        let Some(case_name) = case_name(table, &mut names, problems) else { continue };
        if problems.len() > SHOWN_MAX {
            // Enough to begin with.
            break;
        }
        let (changed, mut found) = applied(&file, table, case.span());
        plays.extend(play(format!("{name}/{case_name}"), &changed, origin, &mut found));
        found.retain(|problem| !problems.contains(problem));
        problems.extend(found.into_iter().map(|problem| {
            let is_here = stands_in(&problem, case, table);
            if is_here { problem } else { problem.in_case(case_name) }
        }));
    }
    plays
}

/// Whether a problem is in the text of a case, so that its origin is visible.
fn stands_in(problem: &Problem, case: &Spanned<DeValue<'_>>, table: &DeTable<'_>) -> bool {
    let holds =
        |span: Range<usize>| span.start <= problem.span.start && problem.span.end <= span.end;
    let set = part::table(table, "set");
    let in_table = |table: &DeTable<'_>| {
        table.iter().any(|(key, value)| holds(key.span()) || holds(value.span()))
    };
    holds(case.span()) || in_table(table) || set.is_some_and(in_table)
}

fn play(
    name: String,
    file: &DeTable<'_>,
    origin: &Origin<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Play> {
    check(file, FILE, origin.library, problems);
    let play = part::play(name, file, origin, problems);
    rules::check(file, origin.library.catalogue, problems);
    play
}

pub(super) fn case_name<'f>(
    case: &'f DeTable<'_>,
    names: &mut BTreeSet<&'f str>,
    problems: &mut Vec<Problem>,
) -> Option<&'f str> {
    let value = case.get("name")?;
    let name = part::text(case, "name")?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if !name.chars().all(is_plain) || name.len() > NAME_BYTES_MAX {
        let message = format!("invalid case name `{}`", quote(name));
        let hint = format!("use up to {NAME_BYTES_MAX} letters, digits, `-`, `_` and `.`");
        problems.push(Problem::wrong(value.span(), message).with_hint(hint));
    } else if !names.insert(name) {
        let message = format!("duplicate case `{name}`");
        problems.push(Problem::wrong(value.span(), message));
    }
    Some(name)
}

/// Reports control characters, which are invisible or would control a terminal.
fn control_characters(table: &DeTable<'_>, problems: &mut Vec<Problem>) {
    for (key, value) in table {
        control_character(key.get_ref(), key.span(), problems);
        control_characters_in(value, problems);
    }
}

fn control_characters_in(value: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) {
    match value.get_ref() {
        DeValue::String(text) => control_character(text, value.span(), problems),
        DeValue::Array(entries) => {
            entries.iter().for_each(|entry| control_characters_in(entry, problems));
        }
        DeValue::Table(table) => control_characters(table, problems),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

fn control_character(text: &str, span: Range<usize>, problems: &mut Vec<Problem>) {
    if let Some(c) = text.chars().find(|c| c.is_control() && !"\t\r\n".contains(*c)) {
        let message = format!("control character U+{:04X} in a string", u32::from(c));
        problems.push(Problem::wrong(span, message));
    }
}

/// The largest file that is read: a hundred times our longest.
pub(crate) const TEXT_BYTES_MAX: usize = 256 << 10;

/// How the parser of TOML begins what it says of a backslash in double quotes.
const ESCAPES: [&str; 2] = ["missing escaped value", "too few unicode value digits"];

const IN_SINGLE_QUOTES: &str = "in double quotes, `\\` begins an escape; write a path in single quotes, such as 'C:\\Windows\\Temp'";

const NAME_BYTES_MAX: usize = 60;

/// Long enough for messages of the TOML parser.
const MESSAGE_CHARS_MAX: usize = 300;
