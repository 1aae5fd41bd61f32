//! Scenario files of compounds: a title, and the plays of the corpus that are combined.

use std::collections::BTreeSet;
use std::sync::Arc;

use toml::de::DeTable;

use super::check::{ENTRIES_MAX, check};
use super::parse::case_name;
use super::part::{Origin, entries, tables, text, words};
use super::shape::COMPOUND;
use crate::compound::{Clash, compose};
use crate::play::{Play, Scenario, ScenarioKind, Source};
use marslab_actions::problem::{Problem, quote};

/// Whether a file names parts, and so needs the rest of the corpus to be read.
pub(crate) fn is_compound(file: &DeTable<'_>) -> bool {
    file.contains_key(PARTS)
}

/// The file's own play, and those of its cases.
pub(super) fn scenario(
    name: &str,
    file: &DeTable<'_>,
    origin: &Origin<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Scenario> {
    check(file, COMPOUND, origin.library, problems);
    let title = text(file, "title")?.to_owned();
    let mut plays: Vec<Play> =
        play(name.to_owned(), &title, file, origin, problems).into_iter().collect();
    let mut names = BTreeSet::new();
    for case in tables(file, "case").take(ENTRIES_MAX) {
        let Some(case_name) = case_name(case, &mut names, problems) else { continue };
        plays.extend(play(format!("{name}/{case_name}"), &title, case, origin, problems));
    }
    if let Some(words) = words(file) {
        plays.iter_mut().for_each(|play| play.complaint = Some(words.clone()));
    }
    let article = plays.first()?.article;
    let kind = ScenarioKind::Compound;
    Some(Scenario { name: name.to_owned(), title, kind, article, plays, warnings: None })
}

fn play(
    name: String,
    title: &str,
    table: &DeTable<'_>,
    origin: &Origin<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Play> {
    let named = entries(table, PARTS);
    let part = |name: &str| origin.library.plays.iter().find(|play| play.name == name).copied();
    let found: Vec<&Play> =
        named.iter().filter_map(|entry| part(entry.get_ref().as_str()?)).collect();
    // What is not there was reported before.
    if found.len() < named.len() || table.get(PARTS).is_none() {
        return None;
    }
    match compose(&found) {
        Ok(play) => {
            let source = Source::File(Arc::clone(origin.source));
            Some(Play { name, title: title.to_owned(), source, ..play })
        }
        Err(clash) => {
            let span = table.get(PARTS).map_or(0..0, toml::Spanned::span);
            let problem = Problem::structure(span, format!("cannot combine these plays: {clash}"));
            problems.push(match &clash {
                Clash::Operation(one, other) => problem.with_hint(format!(
                    "`marslab show scenario NAME` prints the operations of `{}` and `{}`",
                    quote(one),
                    quote(other)
                )),
                _ => problem,
            });
            None
        }
    }
}

/// The key that makes a file one of a compound.
pub(crate) const PARTS: &str = "parts";
