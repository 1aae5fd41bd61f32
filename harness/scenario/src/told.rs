//! The catalogue's texts, and what faults and steps do, in the language of who reads them.
//!
//! English stands in the tables, and the headings of the articles of 2019 in their languages. The rest is the lab's own
//! translation: `scenarios/catalogue/told/`, a file for each language. What a pack adds has only its own text.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use marslab_faults::faults;
use marslab_live::Step;
use marslab_model::world::Language;
use marslab_scenarios::catalogue::told;
use serde::Deserialize;

use crate::catalogue::Catalogue;
use crate::scenario::Play;

/// The title of a cause; `None` if there is no such cause.
pub fn cause(language: Language, id: &str) -> Option<&'static str> {
    let row = Catalogue::known().cause(id)?;
    Some(in_language(language).and_then(|it| it.cause.get(id)).unwrap_or(&row.title))
}

/// The title of an area; `None` if there is no such area.
pub fn area(language: Language, id: &str) -> Option<&'static str> {
    let row = Catalogue::known().area(id)?;
    Some(in_language(language).and_then(|it| it.area.get(id)).unwrap_or(&row.title))
}

/// The heading of a section; `None` if there is no such section.
pub fn section(language: Language, id: &str) -> Option<&'static str> {
    let row = Catalogue::known().section(id)?;
    let ours = in_language(language).and_then(|it| it.section.get(id));
    Some(ours.map_or_else(|| row.title.in_language(language), String::as_str))
}

/// What is wrong in a documented failure; `None` if there is no such failure.
pub fn failure(language: Language, id: &str) -> Option<&'static str> {
    let row = Catalogue::known().failure(id)?;
    Some(in_language(language).and_then(|it| it.failure.get(id)).unwrap_or(&row.problem))
}

/// The title of a play; see [`titled`].
pub fn play(language: Language, play: &Play) -> String {
    titled(language, play.failure.as_ref().map(|id| id.as_str()), &play.title)
}

/// The title of a play with this failure. Titles are in English; in another language what is wrong in its failure stands before
/// it.
pub fn titled(language: Language, id: Option<&str>, title: &str) -> String {
    let id = id.filter(|_| language != Language::English);
    match id.and_then(|id| failure(language, id)) {
        Some(problem) => format!("{problem} ({title})"),
        None => title.to_owned(),
    }
}

/// What a fault does; `None` if there is no such fault.
pub fn fault(language: Language, name: &str) -> Option<&'static str> {
    let kind = faults::fault(name)?;
    Some(
        in_language(language)
            .and_then(|it| it.fault.get(name))
            .map_or(kind.summary, String::as_str),
    )
}

/// What the agent does in a step, and the source.
pub fn step(language: Language, step: Step) -> &'static str {
    let told = in_language(language).and_then(|it| it.step.get(step.as_str()));
    told.map_or_else(|| step.documentation(), String::as_str)
}

/// A remedy; `None` if there is no such remedy.
pub fn remedy(language: Language, id: &str) -> Option<RemedyText<'static>> {
    let row = Catalogue::known().remedy(id)?;
    let (title, steps) = in_language(language)
        .and_then(|it| it.remedy.get(id))
        .map_or((&row.title, &row.steps), |ours| (&ours.title, &ours.steps));
    Some(RemedyText { title, steps })
}

/// What a remedy says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemedyText<'a> {
    /// What is done, in one line.
    pub title: &'a str,
    /// How, step by step.
    pub steps: &'a [String],
}

/// What a file of a language has. Each table is by the ids of the catalogue's, and by the names of faults and steps.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Told {
    /// Only the headings that no article prints in this language.
    section: BTreeMap<String, String>,
    area: BTreeMap<String, String>,
    cause: BTreeMap<String, String>,
    remedy: BTreeMap<String, ToldRemedy>,
    failure: BTreeMap<String, String>,
    fault: BTreeMap<String, String>,
    step: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldRemedy {
    title: String,
    steps: Vec<String>,
}

/// The file of a language; none for English.
#[expect(clippy::expect_used, reason = "a test reads what is embedded")]
fn in_language(language: Language) -> Option<&'static Told> {
    static JA: OnceLock<Told> = OnceLock::new();
    static KO: OnceLock<Told> = OnceLock::new();
    static ZH_TW: OnceLock<Told> = OnceLock::new();
    let files = [None, Some((&JA, told::JA)), Some((&KO, told::KO)), Some((&ZH_TW, told::ZH_TW))];
    let (read, text) = language.pick(files)?;
    Some(read.get_or_init(|| toml::from_str(text).expect("the translation has no mistakes")))
}

#[cfg(test)]
mod tests;
