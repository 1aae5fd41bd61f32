//! The scenarios that the program knows: those that are embedded in it, and those of packs.

use std::sync::{Arc, OnceLock};

use toml::de::DeTable;

use crate::catalogue::Catalogue;
use crate::packs;
use crate::play::{Play, Scenario, SourceFile};
use crate::scenario::{Library, PARTS, is_compound, parse_file};

/// Every scenario, sorted by name.
pub fn corpus() -> &'static [Scenario] {
    static CORPUS: OnceLock<Vec<Scenario>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let compounds = files().iter().filter(|file| names_parts(&file.text));
        let compounds = compounds.map(|file| read(file, library()));
        let mut all: Vec<Scenario> = singles().cloned().chain(compounds).collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        all
    })
}

/// Every scenario that is no compound: those that a compound can be made of.
pub fn singles() -> impl Iterator<Item = &'static Scenario> {
    single_files().iter().map(SingleFile::scenario)
}

/// The plays whose names contain `word`, in the order of the corpus. Only files that can have such are read.
pub fn named(word: &str) -> Vec<&'static Play> {
    // Of names with a folder, the file's comes first.
    let (in_file, in_case) = word.split_once('/').unwrap_or((word, word));
    let names_a_case =
        |text: &str| text.lines().any(|line| line.contains("name") && line.contains(in_case));
    let may_have = |file: &&Arc<SourceFile>| {
        file.pack.is_some() || file.name.contains(in_file) || names_a_case(&file.text)
    };
    let is_named = |play: &&Play| play.name.contains(word);
    if files().iter().filter(may_have).any(|file| names_parts(&file.text)) {
        return plays().filter(is_named).collect();
    }
    let files = single_files().iter().filter(|it| may_have(&&it.file));
    files.flat_map(|it| &it.scenario().plays).filter(is_named).collect()
}

/// Every scenario file: those that are embedded in order of their names, then those of packs.
pub fn files() -> &'static [Arc<SourceFile>] {
    static FILES: OnceLock<Vec<Arc<SourceFile>>> = OnceLock::new();
    FILES.get_or_init(|| {
        let of_packs = packs::loaded().iter().flat_map(|pack| &pack.files).cloned();
        embedded().chain(of_packs).collect()
    })
}

/// The scenario files that are embedded in the program.
pub(crate) fn embedded() -> impl Iterator<Item = Arc<SourceFile>> {
    marslab_scenarios::SCENARIOS.iter().map(|(name, text)| {
        let file = SourceFile::new(format!("{name}.toml"), *text);
        Arc::new(SourceFile { is_embedded: true, ..file })
    })
}

/// A file that is read when it is needed.
struct SingleFile {
    file: Arc<SourceFile>,
    read: OnceLock<Scenario>,
}

impl SingleFile {
    fn scenario(&self) -> &Scenario {
        self.read.get_or_init(|| {
            read(&self.file, &Library::without_plays(Catalogue::known(), Arc::default()))
        })
    }
}

fn single_files() -> &'static [SingleFile] {
    static FILES: OnceLock<Vec<SingleFile>> = OnceLock::new();
    FILES.get_or_init(|| {
        let singles = files().iter().filter(|file| !names_parts(&file.text)).cloned();
        singles.map(|file| SingleFile { file, read: OnceLock::new() }).collect()
    })
}

/// What the catalogue and the scenarios let a file refer to.
pub fn library() -> &'static Library<'static> {
    static LIBRARY: OnceLock<Library<'static>> = OnceLock::new();
    LIBRARY.get_or_init(|| Library {
        catalogue: Catalogue::known(),
        plays: singles().flat_map(|scenario| &scenario.plays).collect(),
        cast: Arc::default(),
    })
}

#[expect(
    clippy::expect_used,
    reason = "a test parses what is embedded, and packs are read before they count"
)]
fn read(file: &Arc<SourceFile>, library: &Library<'_>) -> Scenario {
    parse_file(file, library).expect("the scenarios have no mistakes")
}

pub(crate) fn names_parts(text: &str) -> bool {
    // Most texts have no such word at all.
    text.contains(PARTS) && DeTable::parse(text).is_ok_and(|file| is_compound(file.get_ref()))
}

/// Every play of the scenarios: each scenario's own, followed by those of its cases.
pub fn plays() -> impl Iterator<Item = &'static Play> {
    corpus().iter().flat_map(|scenario| &scenario.plays)
}

/// The text of a scenario's file.
pub fn text(name: &str) -> Option<&'static str> {
    files().iter().find(|file| file.scenario() == name).map(|file| file.text.as_str())
}

#[cfg(test)]
mod tests;
