//! Reports to files and to standard output.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use marslab::report::{Keeps, Summary, har, html, json, junit, markdown, trace};

use crate::args::Run;
use crate::error::CliError;

/// The requested reports, with their open destinations.
#[derive(Debug)]
pub(crate) struct Reports {
    list: Vec<(Format, Destination)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Junit,
    Har,
    Html,
    Trace,
    Markdown,
}

/// Where a report goes.
#[derive(Debug)]
pub(crate) enum Destination {
    /// Standard output.
    Stdout,
    /// A file, which is written whole or not at all.
    File(PathBuf),
    /// A device or a pipe, which is written as it is.
    Device(PathBuf),
}

impl Reports {
    /// Tries the files, so that an error is reported before anything is run.
    pub(crate) fn open(run: &Run) -> Result<Self, CliError> {
        let requested: Vec<(Format, &PathBuf)> = requested(run).collect();
        if requested.iter().filter(|(_, path)| is_stdout(path)).count() > 1 {
            return Err(CliError::SharedStdout);
        }
        let mut files = BTreeSet::new();
        let file = |path: &&PathBuf| !is_stdout(path) && !is_device(path);
        let shared = requested.iter().map(|(_, path)| *path).filter(file);
        let shared =
            shared.map(|path| (path, std::path::absolute(path).unwrap_or_else(|_| path.clone())));
        if let Some((path, _)) = shared.into_iter().find(|(_, file)| !files.insert(file.clone())) {
            return Err(CliError::SharedFile(path.clone()));
        }
        let open = |(format, path): (Format, &PathBuf)| Ok((format, Destination::open(path)?));
        Ok(Self { list: requested.into_iter().map(open).collect::<Result<_, CliError>>()? })
    }

    /// Whether one of them goes to standard output, so that nothing else may.
    pub(crate) fn use_stdout(&self) -> bool {
        self.list.iter().any(|(_, destination)| matches!(destination, Destination::Stdout))
    }

    /// An empty summary that will keep what these reports need.
    pub(crate) fn summary(&self) -> Summary {
        let is_asked_for = |format| self.list.iter().any(|(other, _)| *other == format);
        Summary::keeping(Keeps {
            exchanges: is_asked_for(Format::Har),
            traces: is_asked_for(Format::Trace),
            listed_calls: is_asked_for(Format::Html),
        })
    }

    /// Writes them.
    pub(crate) fn write(self, out: &mut dyn Write, summary: &Summary) -> Result<(), CliError> {
        for (format, destination) in self.list {
            destination.write(out, |out| format.write(out, summary))?;
        }
        Ok(())
    }
}

impl Format {
    fn write(self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        match self {
            Self::Json => json::write(out, summary),
            Self::Junit => junit::write(out, summary),
            Self::Har => har::write(out, summary),
            Self::Html => html::write(out, summary),
            Self::Trace => trace::write(out, summary),
            Self::Markdown => markdown::write(out, summary),
        }
    }
}

impl Destination {
    /// Tries whether a file can be written; `-` is standard output.
    pub(crate) fn open(path: &Path) -> Result<Self, CliError> {
        if is_stdout(path) {
            return Ok(Self::Stdout);
        }
        if is_device(path) {
            return Ok(Self::Device(path.to_owned()));
        }
        // What a link leads to is written, not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        match try_file(&path) {
            Ok(()) => Ok(Self::File(path)),
            Err(error) => Err(CliError::Unwritable { path, error }),
        }
    }

    /// Calls `report` with the destination; `out` is standard output.
    pub(crate) fn write(
        self,
        out: &mut dyn Write,
        report: impl Fn(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let (path, result) = match self {
            Self::Stdout => return report(out),
            Self::Device(path) => {
                let file = OpenOptions::new().write(true).open(&path);
                let result = file.and_then(|file| fill(file, &report));
                (path, result)
            }
            Self::File(path) => {
                let result = write_whole(&path, &report);
                (path, result)
            }
        };
        result
            .map_err(|error| io::Error::new(error.kind(), format!("`{}`: {error}", path.display())))
    }
}

/// Whether a file can be written, which is not changed by that.
fn try_file(path: &Path) -> io::Result<()> {
    if path.exists() {
        return OpenOptions::new().append(true).open(path).map(drop);
    }
    File::create_new(path)?;
    fs::remove_file(path)
}

/// Writes a file beside the one that is meant, and gives it that one's name. Where there can be no other file, such as beside one
/// that a container has mounted, it is written in place.
fn write_whole(path: &Path, report: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let Ok(file) = File::create_new(&part) else {
        return fill(File::create(path)?, report);
    };
    let result = fill(file, report).and_then(|()| match fs::rename(&part, path) {
        Ok(()) => Ok(()),
        Err(_mounted) => fill(File::create(path)?, report),
    });
    // Gone where it was renamed.
    drop(fs::remove_file(&part));
    result
}

fn fill(file: File, report: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut file = BufWriter::new(file);
    report(&mut file)?;
    file.flush()
}

/// Whether a path leads to something that is neither a file nor a folder, such as `/dev/null`.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// The reports that a command line asks for.
fn requested(run: &Run) -> impl Iterator<Item = (Format, &PathBuf)> {
    let options = [
        (Format::Json, &run.json),
        (Format::Junit, &run.junit),
        (Format::Har, &run.har),
        (Format::Html, &run.html),
        (Format::Trace, &run.trace),
        (Format::Markdown, &run.summary),
    ];
    options.into_iter().filter_map(|(format, path)| Some((format, path.as_ref()?)))
}

/// Whether a report is to go to standard output.
pub(crate) fn use_stdout(run: &Run) -> bool {
    requested(run).any(|(_, path)| is_stdout(path))
}

fn is_stdout(path: &Path) -> bool {
    path.as_os_str() == "-"
}
