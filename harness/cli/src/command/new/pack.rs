//! `marslab new --pack`: a pack that plays, to begin with.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use marslab::pack_reader;

use crate::error::{CliError, NewPackError};

/// Writes the files of a new pack into a folder, which is made if it is missing.
pub(crate) fn begin(out: &mut dyn Write, folders: &[PathBuf], id: &str) -> Result<(), CliError> {
    let [folder] = folders else { return Err(NewPackError::NoFolder.into()) };
    let files = pack_reader::example(folder, id).map_err(|error| CliError::Packs(vec![error]))?;
    let files: Vec<(PathBuf, String)> =
        files.into_iter().map(|(name, text)| (folder.join(name), text)).collect();
    if let Some((taken, _)) = files.iter().find(|(path, _)| path.exists()) {
        return Err(NewPackError::Exists(taken.clone()).into());
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| CliError::Unwritable { path, error }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    for (path, text) in &files {
        let file = OpenOptions::new().write(true).create_new(true).open(path);
        file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed(path))?;
        writeln!(out, "wrote {}", path.display())?;
    }
    let folder = folder.display();
    Ok(writeln!(
        out,
        "\nIt plays as it is: `marslab run --pack {folder} --subject 'python3 {folder}/core.py'`. Put your issue in its place."
    )?)
}
