//! The scenarios that are embedded in the program.

use std::sync::{Arc, OnceLock};

use toml::de::DeTable;

use crate::catalogue::Catalogue;
use crate::play::{Play, Scenario};
use crate::scenario::{Library, PARTS, embedded, is_compound, parse};

/// Every embedded scenario, sorted by name.
pub fn corpus() -> &'static [Scenario] {
    static CORPUS: OnceLock<Vec<Scenario>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let compounds = embedded().iter().filter(|(_, text)| names_parts(text));
        let compounds = compounds.map(|file| read(file, library()));
        let mut all: Vec<Scenario> = singles().cloned().chain(compounds).collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        all
    })
}

/// Every embedded scenario that is no compound: those that a compound can be made of.
pub fn singles() -> impl Iterator<Item = &'static Scenario> {
    single_files().iter().map(SingleFile::scenario)
}

/// The plays whose names contain `word`, in the order of the corpus. Only files that can have such are read.
pub fn named(word: &str) -> Vec<&'static Play> {
    // Of names with a folder, the file's comes first.
    let (in_file, in_case) = word.split_once('/').unwrap_or((word, word));
    let names_a_case =
        |text: &str| text.lines().any(|line| line.contains("name") && line.contains(in_case));
    let may_have = |(name, text): &&(&str, &str)| name.contains(in_file) || names_a_case(text);
    let is_named = |play: &&Play| play.name.contains(word);
    if embedded().iter().filter(may_have).any(|(_, text)| names_parts(text)) {
        return plays().filter(is_named).collect();
    }
    let files = single_files().iter().filter(|it| may_have(&it.file));
    files.flat_map(|it| &it.scenario().plays).filter(is_named).collect()
}

/// An embedded file that is read when it is needed.
struct SingleFile {
    file: &'static (&'static str, &'static str),
    read: OnceLock<Scenario>,
}

impl SingleFile {
    fn scenario(&self) -> &Scenario {
        self.read.get_or_init(|| {
            read(self.file, &Library::without_plays(Catalogue::embedded(), Arc::default()))
        })
    }
}

fn single_files() -> &'static [SingleFile] {
    static FILES: OnceLock<Vec<SingleFile>> = OnceLock::new();
    FILES.get_or_init(|| {
        let singles = embedded().iter().filter(|(_, text)| !names_parts(text));
        singles.map(|file| SingleFile { file, read: OnceLock::new() }).collect()
    })
}

/// What the catalogue and the embedded scenarios let a file refer to.
pub fn library() -> &'static Library<'static> {
    static LIBRARY: OnceLock<Library<'static>> = OnceLock::new();
    LIBRARY.get_or_init(|| Library {
        catalogue: Catalogue::embedded(),
        plays: singles().flat_map(|scenario| &scenario.plays).collect(),
        cast: Arc::default(),
    })
}

#[expect(clippy::expect_used, reason = "a unit test parses the embedded scenarios")]
fn read((name, text): &(&str, &str), library: &Library<'_>) -> Scenario {
    let read = parse(&format!("{name}.toml"), text, library);
    read.expect("the embedded scenarios have no mistakes")
}

pub(crate) fn names_parts(text: &str) -> bool {
    // Most texts have no such word at all.
    text.contains(PARTS) && DeTable::parse(text).is_ok_and(|file| is_compound(file.get_ref()))
}

/// Every play of the embedded scenarios: each scenario's own, followed by those of its cases.
pub fn plays() -> impl Iterator<Item = &'static Play> {
    corpus().iter().flat_map(|scenario| &scenario.plays)
}

/// The text of an embedded scenario.
pub fn text(name: &str) -> Option<&'static str> {
    embedded().iter().find(|(stem, _)| *stem == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests;
