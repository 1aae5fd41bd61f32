//! Reports to files and to standard output.

use std::fs::File;
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
    /// An open file.
    File { path: PathBuf, file: File },
}

impl Reports {
    /// Creates the files, so that an error is reported before anything is run.
    pub(crate) fn open(run: &Run) -> Result<Self, CliError> {
        let requested: Vec<(Format, &PathBuf)> = requested(run).collect();
        if requested.iter().filter(|(_, path)| is_stdout(path)).count() > 1 {
            return Err(CliError::SharedStdout);
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
    /// Creates or truncates a file; `-` is standard output.
    pub(crate) fn open(path: &Path) -> Result<Self, CliError> {
        if is_stdout(path) {
            return Ok(Self::Stdout);
        }
        match File::create(path) {
            Ok(file) => Ok(Self::File { path: path.to_owned(), file }),
            Err(error) => Err(CliError::Unwritable { path: path.to_owned(), error }),
        }
    }

    /// Calls `report` with the destination; `out` is standard output.
    pub(crate) fn write(
        self,
        out: &mut dyn Write,
        report: impl Fn(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let (path, file) = match self {
            Self::Stdout => return report(out),
            Self::File { path, file } => (path, file),
        };
        let mut file = BufWriter::new(file);
        let result = report(&mut file).and_then(|()| file.flush());
        result
            .map_err(|error| io::Error::new(error.kind(), format!("`{}`: {error}", path.display())))
    }
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
