//! The calls of the door for those who write programs: each with an example that was really made.

use std::io;

use marslab_live::{DEFAULT_SEED, Fidelity, Live, LiveError, StartOptions, before, start_time};
use marslab_model::host::CallSpec;
use marslab_model::{Operation, Outcome};
use serde_json::Value;
use thiserror::Error;
use tokio::runtime::Builder;

use super::{calls, examples};

/// A call and an example of it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The call.
    pub call: &'static CallSpec,
    /// The body of a request.
    pub arguments: Value,
    /// What the healthy machine of the plain world answers to it, once it has made a backup.
    pub answer: Value,
}

/// Why the examples could not be made.
#[derive(Debug, Error)]
pub enum ReferenceError {
    /// The world could not be set going.
    #[error(transparent)]
    Live(#[from] LiveError),
    /// The operating system gives no runtime.
    #[error("cannot start a runtime: {0}")]
    Runtime(#[from] io::Error),
    /// What comes before a backup failed in the healthy world.
    #[error("the healthy world fails to {}", .0.name())]
    Unhealthy(Operation),
    /// A call has no example.
    #[error("the call `{0}` has no example")]
    NoExample(String),
    /// A call was not made.
    #[error("the example of `{call}`: {error}")]
    NotMade {
        /// The call.
        call: String,
        /// Why.
        error: String,
    },
}

/// Every call, in the order in which the host port declares them. The same for the same build, to the byte.
pub fn entries() -> Result<Vec<Entry>, ReferenceError> {
    Builder::new_current_thread().enable_time().build()?.block_on(make())
}

async fn make() -> Result<Vec<Entry>, ReferenceError> {
    let world = marslab_base::healthy(start_time(Fidelity::Memory));
    let live = Live::start(world, &StartOptions::new(Fidelity::Memory, DEFAULT_SEED))?;
    for operation in before(Operation::Restore) {
        if live.operate(operation).await != Outcome::Succeeded {
            return Err(ReferenceError::Unhealthy(operation));
        }
    }
    let mut entries = Vec::new();
    for call in calls::all() {
        let name = call.name();
        let Some(arguments) = examples::arguments(&name) else {
            return Err(ReferenceError::NoExample(name));
        };
        let body = arguments.to_string();
        let made = calls::answer(live.host(), live.host(), (&name, body.as_bytes())).await;
        let answer =
            made.map_err(|error| ReferenceError::NotMade { call: name, error: error.to_string() })?;
        entries.push(Entry { call, arguments, answer });
    }
    Ok(entries)
}

#[cfg(test)]
mod tests;
