//! Programs outside the lab: started in a group of their own, bounded in time and output, and killed as a group.
//!
//! With `fakes/state/src/os.rs`, the only file that knows which operating system it runs on.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::pin::pin;
use std::process::Stdio;
use std::time::Duration;

#[cfg(windows)]
use process_wrap::tokio::JobObject;
#[cfg(unix)]
use process_wrap::tokio::ProcessGroup;
use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

pub(crate) use served::Served;

mod served;

/// What a program may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long it may run.
    pub time: Duration,
    /// How many bytes it may write to standard output.
    pub output_bytes_max: usize,
    /// How many bytes of what it writes to standard error are kept: the last ones.
    pub stderr_bytes_max: usize,
}

/// What is started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program<'a> {
    pub(crate) path: &'a OsStr,
    pub(crate) arguments: &'a [OsString],
    /// Its working folder.
    pub(crate) folder: &'a Path,
    /// Its whole environment: it inherits nothing.
    pub(crate) environment: &'a BTreeMap<OsString, OsString>,
}

/// How a program ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// With status 0.
    Well { output: Vec<u8> },
    /// With another status or a signal.
    Badly { status: String, stderr: String },
    /// It was killed when its time was up.
    TimedOut,
    /// It was killed when it wrote too much.
    TooMuchOutput,
}

/// Runs a program to its end or its limits. Whatever it has started is gone when this returns. Returned is also the end of what
/// it wrote to standard error.
pub(crate) async fn run(
    program: Program<'_>,
    input: &[u8],
    limits: &Limits,
) -> io::Result<(Ended, String)> {
    let mut child = start(program)?;
    let mut tail = Vec::new();
    let ended = attend(child.as_mut(), input, limits, &mut tail);
    let ended = within(limits.time, ended).await.unwrap_or(Ok(Ended::TimedOut));
    kill(child).await;
    Ok((ended?, text(&tail)))
}

/// Waits up to `limit`, not counting time in which this process was suspended: the program could not reach the lab then.
async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    let (mut work, mut left) = (pin!(work), limit);
    while !left.is_zero() {
        let step = left.min(STEP);
        if let Ok(done) = timeout(step, &mut work).await {
            return Some(done);
        }
        left -= step;
    }
    None
}

/// A suspension costs a program no more of its time than this.
const STEP: Duration = Duration::from_millis(250);

/// Starts a program in a group of its own, with pipes for its standard streams.
fn start(program: Program<'_>) -> io::Result<Box<dyn ChildWrapper>> {
    let mut command = CommandWrap::with_new(program.path, |command| {
        command.args(program.arguments).current_dir(program.folder);
        command.env_clear().envs(program.environment);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    });
    #[cfg(unix)]
    command.wrap(ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(JobObject);
    command.wrap(KillOnDrop);
    command.spawn()
}

/// Kills a program and its group. The program may have left others behind; they may also be gone already.
async fn kill(mut child: Box<dyn ChildWrapper>) {
    drop(Box::into_pin(child.kill()).await);
}

async fn attend(
    child: &mut dyn ChildWrapper,
    input: &[u8],
    limits: &Limits,
    tail: &mut Vec<u8>,
) -> io::Result<Ended> {
    let (stdin, stdout, stderr) =
        (child.stdin().take(), child.stdout().take(), child.stderr().take());
    let write = async {
        if let Some(mut stdin) = stdin {
            // A program that does not read its input may still answer.
            stdin.write_all(input).await.ok();
        }
        io::Result::Ok(())
    };
    // The program's own end counts. What it has started, and left, could keep its output open for ever.
    let end = async {
        let status = child.inner_mut().wait().await?;
        drop(child.start_kill());
        Ok(status)
    };
    let read = read_bounded(stdout, limits.output_bytes_max);
    let errors = async {
        match stderr {
            Some(mut stderr) => keep_tail(&mut stderr, tail, limits.stderr_bytes_max).await,
            None => Ok(()),
        }
    };
    // The first that fails ends them all: who writes too much may never stop.
    let (status, (), output, ()) = match tokio::try_join!(end, write, read, errors) {
        Ok(done) => done,
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            return Ok(Ended::TooMuchOutput);
        }
        Err(error) => return Err(error),
    };
    if status.success() {
        return Ok(Ended::Well { output });
    }
    Ok(Ended::Badly { status: status.to_string(), stderr: text(tail) })
}

/// Everything that a stream holds; `FileTooLarge` if that is too much.
async fn read_bounded(
    stream: Option<impl AsyncRead + Unpin>,
    bytes_max: usize,
) -> io::Result<Vec<u8>> {
    let Some(stream) = stream else { return Ok(Vec::new()) };
    let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    stream.take(limit.saturating_add(1)).read_to_end(&mut bytes).await?;
    if bytes.len() > bytes_max { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Reads a stream to its end and keeps the last bytes, also where this is dropped before.
async fn keep_tail(
    stream: &mut (impl AsyncRead + Unpin),
    tail: &mut Vec<u8>,
    bytes_max: usize,
) -> io::Result<()> {
    let mut piece = [0; 4096];
    loop {
        let count = stream.read(&mut piece).await?;
        if count == 0 {
            return Ok(());
        }
        tail.extend_from_slice(piece.get(..count).unwrap_or_default());
        let surplus = tail.len().saturating_sub(bytes_max);
        tail.drain(..surplus);
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A variable's name as the system compares it.
#[cfg(unix)]
pub(crate) fn variable_name(name: &OsStr) -> OsString {
    name.to_owned()
}

/// A variable's name as the system compares it.
#[cfg(windows)]
pub(crate) fn variable_name(name: &OsStr) -> OsString {
    name.to_ascii_uppercase()
}

/// The variables that name the folder for temporary files.
#[cfg(unix)]
pub(crate) const TEMP_VARIABLES: &[&str] = &["TMPDIR"];

/// The variables that name the folder for temporary files.
#[cfg(windows)]
pub(crate) const TEMP_VARIABLES: &[&str] = &["TEMP", "TMP"];

/// The variables without which a program does not start or has no network.
#[cfg(unix)]
pub(crate) const SYSTEM_VARIABLES: &[&str] = &[];

/// The variables without which a program does not start or has no network: sockets and random numbers need SYSTEMROOT,
/// batch files COMSPEC and PATHEXT, and Wine finds its drives through WINEPREFIX.
#[cfg(windows)]
pub(crate) const SYSTEM_VARIABLES: &[&str] =
    &["COMSPEC", "PATHEXT", "SYSTEMDRIVE", "SYSTEMROOT", "WINDIR", "WINEPREFIX"];

/// Ends when the user or the system wants this program to end; what happens from this call on counts. Needs a tokio runtime with
/// I/O.
pub fn interrupted() -> impl Future<Output = ()> {
    // What cannot be heard is not waited for.
    macro_rules! heard {
        ($signal:expr) => {{
            let signal = $signal;
            async move {
                match signal {
                    Ok(mut signal) => drop(signal.recv().await),
                    Err(_) => std::future::pending().await,
                }
            }
        }};
    }
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let interrupt = heard!(signal(SignalKind::interrupt()));
        let terminate = heard!(signal(SignalKind::terminate()));
        // The terminal was closed.
        let hangup = if outlives_its_terminal() {
            Err(io::ErrorKind::Unsupported.into())
        } else {
            signal(SignalKind::hangup())
        };
        let hangup = heard!(hangup);
        async move {
            tokio::select! {
                () = interrupt => {}
                () = terminate => {}
                () = hangup => {}
            }
        }
    }
    #[cfg(windows)]
    {
        use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};
        let (c, pause, close) = (heard!(ctrl_c()), heard!(ctrl_break()), heard!(ctrl_close()));
        let (logoff, shutdown) = (heard!(ctrl_logoff()), heard!(ctrl_shutdown()));
        async move {
            tokio::select! {
                () = c => {}
                () = pause => {}
                () = close => {}
                () = logoff => {}
                () = shutdown => {}
            }
        }
    }
}

/// Whether SIGHUP is ignored, as under `nohup`; a handler would undo that. Only Linux says so.
#[cfg(unix)]
fn outlives_its_terminal() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // The lowest bit is signal 1, the hangup.
    ignored.is_some_and(|mask| mask.trim().ends_with(['1', '3', '5', '7', '9', 'b', 'd', 'f']))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::sync::oneshot::channel;
    use tokio::time::advance;

    use super::within;

    #[tokio::test(start_paused = true)]
    async fn a_suspended_lab_gives_a_program_its_whole_time() {
        let limit = Duration::from_secs(2);
        let (sender, answer) = channel();
        let asked = tokio::spawn(within(limit, answer));
        tokio::task::yield_now().await;
        advance(Duration::from_secs(3_600)).await;
        tokio::task::yield_now().await;
        sender.send("in time").unwrap();
        assert_eq!(asked.await.unwrap(), Some(Ok("in time")));
        assert_eq!(within(limit, std::future::pending::<()>()).await, None);
    }
}
