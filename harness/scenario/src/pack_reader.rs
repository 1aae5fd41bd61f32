//! Reading packs: folders with scenario files and tables of their own, which join those that are embedded in the program.
//!
//! A program knows one catalogue and one corpus. Packs are read before either is used, and then stay.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use crate::catalogue::{
    Catalogue, CatalogueError, CauseId, Mistake, PackTable, Place, Sources, Table,
};
use crate::corpus;
use crate::packs::{self, InUse, Pack, Packs};
use crate::play::{Play, Scenario, SourceFile};
use crate::scenario::{Library, Problems, ReadError, parse_file, read_text};

mod messages;

/// What is wrong with a pack.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PackError {
    /// The folder cannot be read.
    #[error("cannot read the pack `{}`: {error}", .folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why not.
        #[source]
        error: io::Error,
    },
    /// The folder's name cannot begin ids.
    #[error(
        "invalid name of a pack: `{0}`; rename the folder to lower-case letters, digits and `-`"
    )]
    Name(String),
    /// The name of a new pack's failure is no id.
    #[error("invalid id `{0}`; use lower-case letters, digits and `-`, such as `mode-off`")]
    Id(String),
    /// Two packs have one name.
    #[error("two packs are called `{0}`; rename one of the folders")]
    SameName(String),
    /// There are more files than a pack may have.
    #[error(
        "the pack `{0}` has more than {FILES_MAX} TOML files, or {ENTRIES_MAX} of any kind; name a folder that has only the pack"
    )]
    TooMany(String),
    /// A link leads out of the folder.
    #[error("`{}` leads out of the pack; replace the link by the file", .0.display())]
    LeadsOut(PathBuf),
    /// Two scenario files have one name.
    #[error("two files are scenario `{0}`; rename one of them")]
    SameScenario(String),
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] ReadError),
    /// A table has a mistake.
    #[error("{0}\n  hint: {hint}", hint = .0.hint())]
    Table(CatalogueError),
    /// A scenario file has mistakes.
    #[error("{0}")]
    Scenario(Box<Problems>),
    /// Packs were already read, or the catalogue was already used.
    #[error("packs must be read before scenarios are")]
    InUse,
}

/// Reads packs, which belong to the corpus from then on, or reports all mistakes in them.
pub fn load(folders: &[PathBuf]) -> Result<(), Vec<PackError>> {
    let mut mistakes = Vec::new();
    let mut packs = Packs::read(folders, &mut mistakes);
    packs.check(&mut mistakes);
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    packs::set(packs).map_err(|InUse| vec![PackError::InUse])
}

/// The files of a new pack by their names: a working example, called by the names of the pack and its failure.
pub fn example(folder: &Path, id: &str) -> Result<Vec<(String, String)>, PackError> {
    let pack = name_of(folder)?;
    if !is_name(id) {
        return Err(PackError::Id(id.to_owned()));
    }
    let called = |text: &str| {
        text.replace("backup-locked", id)
            .replace("contoso/unlock-backup", &format!("{pack}/cure-{id}"))
            .replace("contoso/locked", &format!("{pack}/{id}"))
            .replace("scenarios/packs/contoso", pack)
            .replace("contoso/", &format!("{pack}/"))
    };
    let files = marslab_scenarios::EXAMPLE_PACK.iter();
    Ok(files.map(|(name, text)| (called(name), called(text))).collect())
}

/// The name of the pack in a folder.
fn name_of(folder: &Path) -> Result<&str, PackError> {
    let name = folder.file_name().unwrap_or_default();
    let invalid = || PackError::Name(name.to_string_lossy().into_owned());
    name.to_str().filter(|name| is_name(name)).ok_or_else(invalid)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-'))
}

impl Packs {
    fn read(folders: &[PathBuf], mistakes: &mut Vec<PackError>) -> Self {
        let mut all = Self::default();
        for folder in folders {
            match fs::canonicalize(folder) {
                Ok(real) => all.add(folder, &real, mistakes),
                Err(error) => mistakes.push(PackError::Folder { folder: folder.clone(), error }),
            }
        }
        all
    }

    fn add(&mut self, folder: &Path, real: &Path, mistakes: &mut Vec<PackError>) {
        let name = match name_of(real) {
            Ok(name) => name.to_owned(),
            Err(invalid) => return mistakes.push(invalid),
        };
        if self.packs.iter().any(|pack| pack.name == name) {
            return mistakes.push(PackError::SameName(name));
        }
        let (mut found, mut files) = (Found::default(), Vec::new());
        if let Err(error) = found.walk(real, folder, mistakes) {
            return mistakes.push(PackError::Folder { folder: folder.to_owned(), error });
        }
        if found.is_too_much() {
            return mistakes.push(PackError::TooMany(name));
        }
        for path in found.files {
            match read_text(&path) {
                Ok(text) => self.sort(&name, folder, (&path, text), &mut files),
                Err(error) => mistakes.push(error.into()),
            }
        }
        self.packs.push(Pack { name, folder: folder.to_owned(), files });
    }

    /// A table stands in the pack's own folder; every other file is a scenario.
    fn sort(
        &mut self,
        pack: &str,
        folder: &Path,
        (path, text): (&Path, String),
        files: &mut Vec<Arc<SourceFile>>,
    ) {
        let (pack, file) = (pack.to_owned(), path.display().to_string());
        let is_of = |table: &&Table| folder.join(table.file()) == path;
        match TABLES.iter().find(is_of) {
            Some(table) => self.tables.push(PackTable { pack, table: *table, file, text }),
            None => {
                files
                    .push(Arc::new(SourceFile { pack: Some(pack), ..SourceFile::new(file, text) }));
            }
        }
    }

    /// Reads the tables and the scenarios.
    fn check(&mut self, mistakes: &mut Vec<PackError>) {
        match messages::add(&self.product, &self.tables) {
            Ok(product) => self.product = Arc::new(product),
            Err(errors) => mistakes.extend(errors.into_iter().map(PackError::Table)),
        }
        let sources = Sources { packs: &self.tables, ..Sources::EMBEDDED };
        let catalogue = match Catalogue::parse(&sources) {
            Ok(catalogue) => catalogue,
            Err(errors) => return mistakes.extend(errors.into_iter().map(PackError::Table)),
        };
        let files = || self.packs.iter().flat_map(|pack| &pack.files);
        let mut names = BTreeSet::new();
        let same = files().map(|file| file.scenario()).filter(|name| !names.insert(name.clone()));
        mistakes.extend(same.map(PackError::SameScenario));
        let without_plays = Library::without_plays(&catalogue, Arc::default());
        let mut read = |file: &Arc<SourceFile>, library: &Library<'_>| {
            parse_file(file, library)
                .map_err(|bad| mistakes.push(PackError::Scenario(bad.into())))
                .ok()
        };
        let (compounds, singles): (Vec<_>, Vec<_>) =
            files().partition(|file| corpus::names_parts(&file.text));
        let mut scenarios: Vec<Scenario> =
            singles.into_iter().filter_map(|file| read(file, &without_plays)).collect();
        if !compounds.is_empty() {
            let embedded = corpus::embedded().filter(|file| !corpus::names_parts(&file.text));
            let embedded: Vec<Scenario> =
                embedded.filter_map(|file| read(&file, &without_plays)).collect();
            let plays = embedded.iter().chain(&scenarios).flat_map(|it| &it.plays).collect();
            let library = Library { plays, ..without_plays.clone() };
            let read: Vec<Scenario> =
                compounds.into_iter().filter_map(|file| read(file, &library)).collect();
            scenarios.extend(read);
        }
        let plays: Vec<&Play> = scenarios.iter().flat_map(|it| &it.plays).collect();
        if mistakes.is_empty() {
            let causes = self.tables.iter().filter(|table| table.table == Table::Causes);
            let unplayed = causes.flat_map(|table| unplayed(table, &catalogue, &plays));
            mistakes.extend(unplayed.map(PackError::Table));
        }
    }
}

/// The causes in a table that none of these plays expects.
fn unplayed(table: &PackTable, of: &Catalogue, plays: &[&Play]) -> Vec<CatalogueError> {
    let groups = plays.iter().map(|play| &play.expect);
    let groups = groups.flat_map(|it| it.findings.iter().chain(&it.may).chain(&it.advice));
    let played: BTreeSet<&CauseId> = groups.flat_map(|group| &group.any).collect();
    let is_own = |id: &&CauseId| {
        id.as_str().strip_prefix(&table.pack).is_some_and(|rest| rest.starts_with('/'))
    };
    let unplayed = of.causes.keys().filter(is_own).filter(|id| !played.contains(id)).map(|id| {
        let offset = table.text.find(id.as_str()).unwrap_or_default();
        let place = Place::new(table.file.clone(), &table.text, offset);
        CatalogueError { place, mistake: Mistake::NotPlayed(id.clone()) }
    });
    unplayed.collect()
}

/// What a pack's folder holds.
#[derive(Default)]
struct Found {
    /// The TOML files.
    files: Vec<PathBuf>,
    /// How much there is in it and its folders, of whatever kind.
    entries: usize,
}

impl Found {
    fn is_too_much(&self) -> bool {
        self.files.len() > FILES_MAX || self.entries > ENTRIES_MAX
    }

    /// Adds what is below a folder, in order of the names. Ends early with what is too much.
    fn walk(
        &mut self,
        pack: &Path,
        folder: &Path,
        mistakes: &mut Vec<PackError>,
    ) -> io::Result<()> {
        let mut entries = BTreeMap::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let is_folder = path.is_dir();
            entries.insert(path, is_folder);
            self.entries += 1;
            if self.is_too_much() {
                return Ok(());
            }
        }
        for (path, is_folder) in entries {
            let is_toml = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("toml"));
            if !is_folder && !is_toml {
                continue;
            }
            // A link within the pack may lead back to a folder that holds it.
            let leads_out = !fs::canonicalize(&path)?.starts_with(pack);
            if leads_out || (is_folder && path.is_symlink()) {
                mistakes.push(PackError::LeadsOut(path));
            } else if is_folder {
                self.walk(pack, &path, mistakes)?;
            } else {
                self.files.push(path);
            }
        }
        Ok(())
    }
}

/// The tables that a pack may have.
const TABLES: [Table; 4] = [Table::Failures, Table::Causes, Table::Remedies, Table::Messages];

/// More than the corpus has.
const FILES_MAX: usize = 1_000;

/// A core and its environment may stand beside them.
const ENTRIES_MAX: usize = 10_000;

#[cfg(test)]
mod tests;
