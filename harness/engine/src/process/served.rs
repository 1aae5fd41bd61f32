//! A program that stays: it is sent lines, and answers each with a line.

use std::future::pending;
use std::io;
use std::time::Duration;

use process_wrap::tokio::ChildWrapper;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{ChildStderr, ChildStdin, ChildStdout};
use tokio::time::timeout;

use super::{Ended, Limits, Program, keep_tail, kill, start, text, within};

/// A running program. End it, or the others of its group may stay.
pub(crate) struct Served {
    child: Box<dyn ChildWrapper>,
    stdin: ChildStdin,
    stdout: ChildStdout,
    stderr: ChildStderr,
    /// The end of what it wrote to standard error.
    tail: Vec<u8>,
}

impl Served {
    /// Starts a program. Needs a tokio runtime with I/O, which must run for as long as the program is used.
    pub(crate) fn start(program: Program<'_>) -> io::Result<Self> {
        let mut child = start(program)?;
        let pipes = (child.stdin().take(), child.stdout().take(), child.stderr().take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Self { child, stdin, stdout, stderr, tail: Vec::new() })
    }

    /// Sends a line and waits for one. After anything but [`Ended::Well`] the program is of no more use.
    ///
    /// What is read together with the answer belongs to its output, so that a second line is noticed.
    pub(crate) async fn ask(&mut self, line: &[u8], limits: &Limits) -> io::Result<Ended> {
        let asked = within(limits.time, Box::pin(self.exchange(line, limits))).await;
        match asked.unwrap_or(Ok(Ended::TimedOut)) {
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Ok(Ended::TooMuchOutput),
            ended => ended,
        }
    }

    async fn exchange(&mut self, line: &[u8], limits: &Limits) -> io::Result<Ended> {
        let Self { stdin, stdout, stderr, tail, .. } = self;
        let write = async {
            // A program that does not read the line may still answer, or have ended.
            stdin.write_all(line).await.ok();
            io::Result::Ok(())
        };
        let both = async { tokio::try_join!(write, read_line(stdout, limits.output_bytes_max)) };
        let errors = async {
            // A program may close its standard error, and still answer.
            keep_tail(stderr, tail, limits.stderr_bytes_max).await.ok();
            pending::<()>().await;
        };
        let output = tokio::select! {
            done = both => done?.1,
            () = errors => None,
        };
        match output {
            Some(output) => Ok(Ended::Well { output }),
            None => self.ended(limits).await,
        }
    }

    /// How the program ended, which has closed its standard output.
    async fn ended(&mut self, limits: &Limits) -> io::Result<Ended> {
        let status = self.child.wait().await?;
        keep_tail(&mut self.stderr, &mut self.tail, limits.stderr_bytes_max).await?;
        let status = format!("{status}, before it answered");
        Ok(Ended::Badly { status, stderr: text(&self.tail) })
    }

    /// Ends a program that answers: it is killed only where it stays after its standard input is closed.
    pub(crate) async fn end(self) {
        let Self { mut child, stdin, stdout: _stdout, stderr: _stderr, .. } = self;
        drop(stdin);
        timeout(GRACE, child.wait()).await.ok();
        kill(child).await;
    }

    /// Kills a program that does not answer.
    pub(crate) async fn kill(self) {
        kill(self.child).await;
    }
}

/// What a stream holds up to the end of a line and no further than it was read; `None` if it ends before, `FileTooLarge`
/// if that is too much.
async fn read_line(
    stream: &mut (impl AsyncRead + Unpin),
    bytes_max: usize,
) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut piece = [0; 8192];
    loop {
        let count = stream.read(&mut piece).await?;
        let piece = piece.get(..count).unwrap_or_default();
        line.extend_from_slice(piece);
        if line.len() > bytes_max {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if piece.contains(&b'\n') {
            return Ok(Some(line));
        }
        if piece.is_empty() {
            return Ok(None);
        }
    }
}

/// A program that has nothing left to do ends in far less.
const GRACE: Duration = Duration::from_secs(1);
