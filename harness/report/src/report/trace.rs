//! What the subject asked: JSON lines, one for each call.
//!
//! ```json
//! {"play":"passphrase-kek-missing","beat":"diagnosed","world":2,"ask":0,"call":"file-info","arguments":{"as":"SYSTEM","path":"C:\\…"},
//!  "answer":{"ok":{…}},"bytes":181,"at":"2019-06-17T01:00:00Z"}
//! ```
//!
//! `ask` numbers the asks of a play in their order, and `world` its worlds; a world that is asked about twice has two asks. An
//! answer is what a program gets through the door, and `bytes` its size. Times are those of the world. What passes
//! through a connection is not shown. An ask without calls has no line.

use std::io::{self, Write};

use marslab_engine::trace::TracedCall;
use marslab_engine::verdict::Beat;
use serde::Serialize;
use serde_json::Value;

use super::Summary;

#[derive(Serialize)]
struct Line<'a> {
    play: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    beat: Beat,
    world: usize,
    ask: usize,
    call: String,
    arguments: Value,
    answer: Value,
    bytes: usize,
    at: String,
}

/// Writes the calls of all plays, as far as the summary has kept them.
pub fn write(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    for play in summary.plays() {
        for (ask, record) in play.asks.iter().enumerate() {
            for traced in &record.trace.calls {
                let (call, arguments) = traced.call.named();
                let TracedCall { bytes, at, .. } = *traced;
                let line = Line {
                    play: &play.info.name,
                    seed: play.info.seed,
                    beat: record.beat,
                    world: record.world,
                    ask,
                    call,
                    arguments,
                    answer: traced.answer.to_json(),
                    bytes,
                    at: at.to_string(),
                };
                serde_json::to_writer(&mut *out, &line)?;
                writeln!(out)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests;
