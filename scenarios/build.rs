//! Embeds the scenario files and the lessons: writes `scenarios.rs` and `lessons.rs`, sorted tables of their names and texts.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo sets CARGO_MANIFEST_DIR")?;
    let root = PathBuf::from(root);
    let mut files = BTreeMap::new();
    watch(&root);
    for entry in fs::read_dir(&root)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && !OTHER_FOLDERS.contains(&name) {
            collect(&path, &mut files)?;
        }
    }
    write("scenarios.rs", &files)?;
    let mut lessons = BTreeMap::new();
    collect(&root.join("lessons"), &mut lessons)?;
    write("lessons.rs", &lessons)
}

/// Writes a table of names and texts.
fn write(name: &str, files: &BTreeMap<String, PathBuf>) -> Result<(), Box<dyn Error>> {
    let mut table = "&[\n".to_owned();
    for (name, path) in files {
        writeln!(table, "    ({name:?}, include_str!({path:?})),")?;
    }
    table.push_str("]\n");
    let out = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(PathBuf::from(out).join(name), table)?;
    Ok(())
}

/// Adds the `.toml` files below `folder`.
fn collect(folder: &Path, files: &mut BTreeMap<String, PathBuf>) -> Result<(), Box<dyn Error>> {
    watch(folder);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            watch(&path);
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            let stem = stem.ok_or("a scenario's file name is UTF-8")?.to_owned();
            if let Some(other) = files.insert(stem, path.clone()) {
                let (one, two) = (other.display(), path.display());
                return Err(format!("{one} and {two} have the same name").into());
            }
        }
    }
    Ok(())
}

fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// The folders of this package that hold no scenarios.
const OTHER_FOLDERS: [&str; 5] = ["catalogue", "lessons", "packs", "schema", "src"];
