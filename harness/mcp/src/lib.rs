//! The machine behind a door as tools of the Model Context Protocol, so that any AI agent can be a subject.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `bridge` | the server: which tools there are, and what each does |
//! | `client` | calls of the door, over HTTP |
//! | `submission` | checking a diagnosis that an agent submits, and keeping it |
//!
//! The server speaks on its standard streams, as an agent starts it, and is a client of the door like any other: it sees
//! what any core sees. The token is in the door's file and never on a command line.
//!
//! Absent: Worlds, playing, judging.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use marslab_engine::door::DoorFile;
use marslab_model::Complaint;
use rmcp::ServiceExt as _;
use rmcp::transport::async_rw::AsyncRwTransport;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::bridge::Bridge;

mod bridge;
mod client;
mod submission;

/// What an agent is given.
#[derive(Clone, Debug)]
pub struct Config {
    /// The door.
    pub door: DoorFile,
    /// What the tool `complaint` answers; if `None`, that tool is left out.
    pub complaint: Option<Complaint>,
    /// Where the tool `submit` writes the diagnosis; if `None`, that tool is left out.
    pub diagnosis: Option<PathBuf>,
}

/// Why the server cannot work.
#[derive(Debug, Error)]
pub enum BridgeError {
    /// A file cannot be read.
    #[error("cannot read `{}`: {error}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The client does not speak the protocol.
    #[error("the client does not speak the Model Context Protocol: {0}")]
    Protocol(#[source] Box<rmcp::service::ServerInitializeError>),
    /// The server broke down.
    #[error("the server failed: {0}")]
    Failed(#[from] tokio::task::JoinError),
}

impl Config {
    /// Reads the files that an agent's configuration names.
    pub fn read(
        door: &Path,
        complaint: Option<&Path>,
        diagnosis: Option<PathBuf>,
    ) -> Result<Self, BridgeError> {
        Ok(Self { door: read(door)?, complaint: complaint.map(read).transpose()?, diagnosis })
    }
}

/// Serves the tools on standard input and output, until standard input ends.
pub async fn serve(config: Config) -> Result<(), BridgeError> {
    let streams = AsyncRwTransport::new_server(tokio::io::stdin(), tokio::io::stdout());
    match Bridge::new(config).serve(streams.with_max_line_length(LINE_BYTES_MAX)).await {
        Ok(running) => running.waiting().await.map(drop).map_err(BridgeError::Failed),
        // An agent may start its servers and need none.
        Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(BridgeError::Protocol(Box::new(error))),
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, BridgeError> {
    let unreadable = |error| BridgeError::Unreadable { path: path.to_owned(), error };
    let file = File::open(path).map_err(unreadable)?;
    let mut text = Vec::new();
    file.take(FILE_BYTES_MAX).read_to_end(&mut text).map_err(unreadable)?;
    serde_json::from_slice(&text).map_err(|error| unreadable(error.into()))
}

/// Far more than a door's file or a complaint has.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// The longest message of a client: a diagnosis with all the evidence that a subject may write fits.
const LINE_BYTES_MAX: usize = 2 << 20;
