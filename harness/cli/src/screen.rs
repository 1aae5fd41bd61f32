//! The output of a run while it is in progress.

use std::io::{self, IsTerminal as _, Write};

use marslab::event::Event;
use marslab::report::prose::ProseStyle;
use marslab::report::{Ending, PlayStory, Summary, explain, terminal};

use crate::pause::Pause;

/// How much is written about a play that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Nothing.
    Silent,
    /// A line, and the details of a play that is not confirmed.
    Brief,
    /// Every beat.
    Full,
}

/// Writes the events of a run.
pub(crate) struct Screen<'a> {
    out: &'a mut dyn Write,
    style: ProseStyle,
    detail: Detail,
    pause: Pause,
    progress: Progress,
    summary: Summary,
    /// How many plays have been written. They are written in order, so that the output depends only on the seed.
    written: usize,
    /// The first error; nothing is written after it.
    failed: Option<io::Error>,
}

impl<'a> Screen<'a> {
    /// A screen that writes to `out`, and the progress to standard error if that is a terminal.
    pub(crate) fn new(out: &'a mut dyn Write, style: ProseStyle, detail: Detail) -> Self {
        Self {
            out,
            style,
            detail,
            pause: Pause::never(),
            progress: Progress { enabled: can_overwrite(), shown: false },
            summary: Summary::default(),
            written: 0,
            failed: None,
        }
    }

    /// Waits before each beat that is explained.
    pub(crate) fn with_pause(self, pause: Pause) -> Self {
        let enabled = self.progress.enabled && !pause.is_waiting();
        let progress = Progress { enabled, ..self.progress };
        Self { pause, progress, ..self }
    }

    /// Collects the events in this summary.
    pub(crate) fn with_summary(self, summary: Summary) -> Self {
        Self { summary, ..self }
    }

    /// Handles the next event of the run.
    pub(crate) fn handle(&mut self, event: Event) {
        let moment = Moment::of(&event);
        self.summary.add(event);
        if matches!(moment, Moment::PlayEnded | Moment::RunEnded) {
            self.progress.clear();
        }
        if self.failed.is_none() {
            self.failed = self.write(moment).err();
        }
        if matches!(moment, Moment::PlayStarted | Moment::PlayEnded) {
            self.progress.show(&self.summary);
        }
    }

    /// The summary of the run, or why it could not be written. A closed pipe is not an error.
    pub(crate) fn finish(self) -> io::Result<Summary> {
        match self.failed {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(self.summary),
        }
    }

    fn write(&mut self, moment: Moment) -> io::Result<()> {
        match moment {
            _ if self.detail == Detail::Silent => return Ok(()),
            Moment::PlayStarted | Moment::Other => return Ok(()),
            Moment::PlayEnded => self.write_ended()?,
            Moment::RunEnded => {
                self.write_ended()?;
                if self.detail == Detail::Brief {
                    writeln!(self.out)?;
                }
                terminal::run_ended(self.out, &self.summary, self.style.paint)?;
            }
        }
        self.out.flush()
    }

    /// Writes the plays that have ended, up to the first that has not.
    fn write_ended(&mut self) -> io::Result<()> {
        while let Some(play) = self.summary.play(self.written) {
            if play.ending == Ending::Open {
                break;
            }
            self.written += 1;
            write_play(self.out, play, self.style, (self.detail, &mut self.pause))?;
        }
        Ok(())
    }
}

/// What an event means for the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    PlayStarted,
    PlayEnded,
    RunEnded,
    /// Written when its play ends.
    Other,
}

impl Moment {
    const fn of(event: &Event) -> Self {
        match event {
            Event::PlayStarted { .. } => Self::PlayStarted,
            Event::PlayEnded { .. }
            | Event::GivenUp { .. }
            | Event::NotPlayable { .. }
            | Event::LabFailed { .. } => Self::PlayEnded,
            Event::RunEnded { .. } => Self::RunEnded,
            _ => Self::Other,
        }
    }
}

fn write_play(
    out: &mut dyn Write,
    play: &PlayStory,
    style: ProseStyle,
    (detail, pause): (Detail, &mut Pause),
) -> io::Result<()> {
    if detail != Detail::Full {
        return terminal::play_ended(out, play, style.paint);
    }
    let mut pause = || {
        pause.wait();
        Ok(())
    };
    explain::tell(out, play, style, &mut pause)?;
    writeln!(out)?;
    terminal::play_ended(out, play, style.paint)?;
    writeln!(out)
}

/// A line on standard error that is overwritten. Errors are ignored.
struct Progress {
    enabled: bool,
    shown: bool,
}

impl Progress {
    fn show(&mut self, summary: &Summary) {
        if self.enabled {
            drop(write!(io::stderr(), "\r\x1b[2K{}", terminal::progress(summary, COLUMNS)));
            self.shown = true;
        }
    }

    fn clear(&mut self) {
        if self.shown {
            drop(write!(io::stderr(), "\r\x1b[2K"));
            self.shown = false;
        }
    }
}

/// Whether standard error is a terminal that can overwrite a line.
fn can_overwrite() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Fits on every terminal: a line that wraps could not be overwritten.
const COLUMNS: usize = 79;

#[cfg(test)]
mod tests;
