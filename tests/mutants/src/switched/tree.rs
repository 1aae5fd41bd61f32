//! A copy of the workspace in which all mutants stand, each behind its switch. The tree itself is not touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::listed::Listed;
use crate::switched::source::{self, Source};
use crate::tool;

/// The mutants of each file, with their numbers.
pub(crate) type Mutants<'a> = BTreeMap<&'a str, Vec<(u32, &'a Listed)>>;

/// The copy, and what was put into each file.
pub(crate) struct Tree {
    root: PathBuf,
    sources: BTreeMap<String, Source>,
}

impl Tree {
    /// Copies what git knows or would take in. What is there already and has not changed is left, so that it is not built anew.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written, or git does not answer.
    pub(crate) fn copy(root: &Path, mutants: &Mutants<'_>) -> io::Result<Self> {
        let mut tree = Self { root: root.to_owned(), sources: BTreeMap::new() };
        let files = tool::files()?;
        let packages: BTreeSet<&str> =
            mutants.values().flatten().map(|(_, mutant)| mutant.package.as_str()).collect();
        for file in &files {
            let name = file.to_string_lossy();
            let from = tool::root().join(file);
            // What is deleted, but not yet committed, is still known.
            if mutants.contains_key(&*name) || !from.is_file() {
                continue;
            }
            let mut bytes = fs::read(from)?;
            if name.ends_with("Cargo.toml")
                && let Ok(text) = str::from_utf8(&bytes)
                && packages.iter().any(|it| text.contains(&format!("name = \"{it}\"\n")))
            {
                bytes = with_switches(text, &tree.root).into_bytes();
            }
            tree.write(file, &bytes)?;
        }
        tree.write(Path::new("switches/lib.rs"), SWITCHES.as_bytes())?;
        tree.write(Path::new("switches/Cargo.toml"), SWITCHES_TOML.as_bytes())?;
        tree.put(mutants)?;
        tree.remove_others(&files)?;
        Ok(tree)
    }

    /// Puts these mutants into their files, and no others.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written, or is no Rust.
    pub(crate) fn put(&mut self, mutants: &Mutants<'_>) -> io::Result<()> {
        for (file, mutants) in mutants {
            let text = fs::read_to_string(tool::root().join(file))?;
            let source = source::switched(&text, mutants)
                .map_err(|error| io::Error::other(format!("{file}: {error}")))?;
            self.write(Path::new(file), source.text.as_bytes())?;
            self.sources.insert((*file).to_owned(), source);
        }
        Ok(())
    }

    /// Where it stands.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// What was put into a file.
    pub(crate) fn source(&self, file: &str) -> Option<&Source> {
        self.sources.get(file)
    }

    /// The mutants that have a switch.
    pub(crate) fn placed(&self) -> BTreeSet<u32> {
        self.sources.values().flat_map(|it| &it.regions).map(|(_, id)| *id).collect()
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let path = self.root.join(file);
        if fs::read(&path).is_ok_and(|now| now == bytes) {
            return Ok(());
        }
        fs::create_dir_all(path.parent().unwrap_or(&self.root))?;
        fs::write(path, bytes)
    }

    /// A scenario that was deleted would still be played.
    fn remove_others(&self, files: &BTreeSet<PathBuf>) -> io::Result<()> {
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                let name = path.strip_prefix(&self.root).unwrap_or(&path);
                if path.is_dir() {
                    folders.push(path);
                } else if !files.contains(name) && !name.starts_with("switches") {
                    fs::remove_file(path)?;
                }
            }
        }
        Ok(())
    }
}

/// The manifest of a package whose code asks for its switches.
fn with_switches(manifest: &str, root: &Path) -> String {
    let path = root.join("switches");
    let dependency = format!("[dependencies]\nmarslab-switches = {{ path = {path:?} }}");
    manifest.replacen("[dependencies]", &dependency, 1)
}

const SWITCHES: &str = include_str!("../../switches/lib.rs");
const SWITCHES_TOML: &str = "\
[package]
name = \"marslab-switches\"
version = \"0.0.0\"
edition = \"2024\"

[lib]
path = \"lib.rs\"
";
