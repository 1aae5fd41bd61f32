//! Ctrl-C while plays go on: the first ends the run, whose reports then hold what was played; a second ends the program.

use std::io;
use std::sync::OnceLock;

use marslab::interrupt::Interrupt;
use marslab::process::interrupted;
use tokio::runtime::Builder;

use crate::exit::Exit;

/// The signal that a run listens to. From the first call on, it is this program that decides what Ctrl-C does.
pub(crate) fn heard() -> io::Result<&'static Interrupt> {
    static HEARD: OnceLock<Interrupt> = OnceLock::new();
    if let Some(heard) = HEARD.get() {
        return Ok(heard);
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let heard = HEARD.get_or_init(Interrupt::default);
    // Registered before this returns.
    let first = {
        let _within = runtime.enter();
        interrupted()
    };
    std::thread::spawn(move || runtime.block_on(end(first, heard)));
    Ok(heard)
}

#[expect(clippy::exit, reason = "nothing that goes on is worth waiting for")]
async fn end(first: impl Future<Output = ()>, heard: &Interrupt) {
    first.await;
    let second = interrupted();
    heard.set();
    second.await;
    std::process::exit(Exit::Interrupted.code().into())
}
