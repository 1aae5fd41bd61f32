//! The reports that go to files.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use marslab::report::{Summary, har, html, json, junit};

use crate::args::Run;
use crate::error::CliError;

/// The reports that were asked for, each with a place that can be written to.
#[derive(Debug)]
pub(crate) struct Reports {
    list: Vec<(Format, Place)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Junit,
    Har,
    Html,
}

/// Where a report goes.
#[derive(Debug)]
pub(crate) enum Place {
    /// Standard output.
    Output,
    /// A file, which is open.
    File { path: PathBuf, file: File },
}

impl Reports {
    /// Opens the files, so that one that cannot be written is known before anything is run. What they held is gone.
    pub(crate) fn open(run: &Run) -> Result<Self, CliError> {
        let wanted = [
            (Format::Json, &run.json),
            (Format::Junit, &run.junit),
            (Format::Har, &run.har),
            (Format::Html, &run.html),
        ];
        let wanted = wanted.into_iter().filter_map(|(format, path)| Some((format, path.as_ref()?)));
        let wanted: Vec<(Format, &PathBuf)> = wanted.collect();
        if wanted.iter().filter(|(_, path)| is_output(path)).count() > 1 {
            return Err(CliError::TwiceToOutput);
        }
        let open = |(format, path): (Format, &PathBuf)| Ok((format, Place::open(path)?));
        Ok(Self { list: wanted.into_iter().map(open).collect::<Result<_, CliError>>()? })
    }

    /// Whether one of them goes to standard output, where nothing else may stand then.
    pub(crate) fn take_output(&self) -> bool {
        self.list.iter().any(|(_, place)| matches!(place, Place::Output))
    }

    /// An empty summary that will keep what these reports tell.
    pub(crate) fn summary(&self) -> Summary {
        if self.list.iter().any(|(format, _)| *format == Format::Har) {
            Summary::with_exchanges()
        } else {
            Summary::default()
        }
    }

    /// Writes them.
    pub(crate) fn write(self, out: &mut dyn Write, summary: &Summary) -> Result<(), CliError> {
        for (format, place) in self.list {
            place.write(out, |out| format.write(out, summary))?;
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
        }
    }
}

impl Place {
    /// Opens a file, whose content is gone then; `-` is standard output.
    pub(crate) fn open(path: &Path) -> Result<Self, CliError> {
        if is_output(path) {
            return Ok(Self::Output);
        }
        match File::create(path) {
            Ok(file) => Ok(Self::File { path: path.to_owned(), file }),
            Err(error) => Err(CliError::Unwritable { path: path.to_owned(), error }),
        }
    }

    /// Lets `report` write to it; `out` is standard output.
    pub(crate) fn write(
        self,
        out: &mut dyn Write,
        report: impl Fn(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let (path, file) = match self {
            Self::Output => return report(out),
            Self::File { path, file } => (path, file),
        };
        let mut file = BufWriter::new(file);
        let written = report(&mut file).and_then(|()| file.flush());
        written
            .map_err(|error| io::Error::new(error.kind(), format!("`{}`: {error}", path.display())))
    }
}

fn is_output(path: &Path) -> bool {
    path.as_os_str() == "-"
}
