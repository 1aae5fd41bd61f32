//! What is seen of a run while it goes on.

use std::io::{self, IsTerminal as _, Write};

use marslab::event::Event;
use marslab::report::{Ending, PlayStory, Summary, explain, terminal};
use marslab::scenario::Paint;

/// How much is told of a play that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Nothing.
    Silent,
    /// A line; of a play that is not confirmed, what there is to know.
    Brief,
    /// Every beat.
    Explained,
}

/// Hears the events of a run, and writes what is to be seen of them.
pub(crate) struct Screen<'a> {
    out: &'a mut dyn Write,
    paint: Paint,
    manner: Manner,
    progress: Progress,
    summary: Summary,
    /// How many plays have been told of. They are told of in their order, so that one seed always shows the same.
    printed: usize,
    /// Nothing more is written once something could not be.
    failed: Option<io::Error>,
}

impl<'a> Screen<'a> {
    /// A screen that writes to `out`, and the progress to standard error where that is a terminal.
    pub(crate) fn new(out: &'a mut dyn Write, paint: Paint, manner: Manner) -> Self {
        let progress = Progress { wanted: io::stderr().is_terminal(), shown: false };
        Self { out, paint, manner, progress, summary: Summary::default(), printed: 0, failed: None }
    }

    /// Gathers what is told in this summary.
    pub(crate) fn gathering(self, summary: Summary) -> Self {
        Self { summary, ..self }
    }

    /// Hears what the run tells next.
    pub(crate) fn hear(&mut self, event: Event) {
        let moment = Moment::of(&event);
        self.summary.hear(event);
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

    /// What the run told; an error, where it could not be written. Who closed the pipe has read enough, and the run
    /// went on all the same.
    pub(crate) fn finish(self) -> io::Result<Summary> {
        match self.failed {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(self.summary),
        }
    }

    fn write(&mut self, moment: Moment) -> io::Result<()> {
        match moment {
            _ if self.manner == Manner::Silent => return Ok(()),
            Moment::PlayStarted | Moment::Other => return Ok(()),
            Moment::PlayEnded => self.write_ended()?,
            Moment::RunEnded => {
                self.write_ended()?;
                if self.manner == Manner::Brief {
                    writeln!(self.out)?;
                }
                terminal::run_ended(self.out, &self.summary, self.paint)?;
            }
        }
        self.out.flush()
    }

    /// Tells of the plays that have ended, as far as no play before them goes on.
    fn write_ended(&mut self) -> io::Result<()> {
        while let Some(play) = self.summary.play(self.printed) {
            if play.ending == Ending::Open {
                break;
            }
            self.printed += 1;
            write_play(self.out, play, self.paint, self.manner)?;
        }
        Ok(())
    }
}

/// What an event means for the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    PlayStarted,
    PlayEnded,
    RunEnded,
    /// Something that is told when its play ends.
    Other,
}

impl Moment {
    const fn of(event: &Event) -> Self {
        match event {
            Event::PlayStarted { .. } => Self::PlayStarted,
            Event::PlayEnded { .. } | Event::NotPlayable { .. } | Event::LabFailed { .. } => {
                Self::PlayEnded
            }
            Event::RunEnded => Self::RunEnded,
            Event::RunStarted(_) | Event::BeatPlayed { .. } | Event::Kept { .. } => Self::Other,
        }
    }
}

fn write_play(
    out: &mut dyn Write,
    play: &PlayStory,
    paint: Paint,
    manner: Manner,
) -> io::Result<()> {
    if manner != Manner::Explained {
        return terminal::play_ended(out, play, paint);
    }
    explain::tell(out, play, paint)?;
    writeln!(out)?;
    terminal::play_ended(out, play, paint)?;
    writeln!(out)
}

/// One line on standard error that is rewritten. That it cannot be written is no reason to stop.
struct Progress {
    wanted: bool,
    shown: bool,
}

impl Progress {
    fn show(&mut self, summary: &Summary) {
        if self.wanted {
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

/// Fits on every terminal: a line that wraps could not be rewritten.
const COLUMNS: usize = 79;

#[cfg(test)]
mod tests;
