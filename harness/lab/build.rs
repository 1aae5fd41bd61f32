//! Embeds the scenario files: writes `scenarios.rs`, a sorted table of their names and texts.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let mut files = BTreeMap::new();
    collect(&root, &mut files)?;
    let mut table = "&[\n".to_owned();
    for (name, path) in &files {
        writeln!(table, "    ({name:?}, include_str!({path:?})),")?;
    }
    table.push_str("]\n");
    let out = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(PathBuf::from(out).join("scenarios.rs"), table)?;
    Ok(())
}

/// Adds the `.toml` files below `folder`. The catalogue is no scenario.
fn collect(folder: &Path, files: &mut BTreeMap<String, PathBuf>) -> Result<(), Box<dyn Error>> {
    watch(folder);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if !path.ends_with("scenarios/catalogue") {
                collect(&path, files)?;
            }
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
