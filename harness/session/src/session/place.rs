//! The folder through which other processes find a session.
//!
//! It is in the system's temporary folder, contains the session file (control address and token), and is accessible to
//! its user only. It is removed with the session; if the process was killed, the next start removes it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_state::lease::{self, Lease};
use marslab_state::os;
use thiserror::Error;

use super::message::Key;
use marslab_engine::local_server;

/// A session's folder.
#[derive(Debug)]
pub struct Place(Lease);

impl Place {
    /// Makes the folder, and removes those of sessions that were killed.
    pub fn new() -> io::Result<Self> {
        let parent = std::env::temp_dir();
        // Leftovers that cannot be removed now must not keep a session from starting.
        drop(lease::sweep(&parent));
        Lease::new_in(&parent).map(Self)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    /// The session file.
    pub fn session_file(&self) -> PathBuf {
        self.0.path().join(SESSION_FILE)
    }

    /// The file with the certificates of the lab's authorities.
    pub fn ca_file(&self) -> PathBuf {
        self.0.path().join(CA_FILE)
    }

    /// Writes the session file, for its user only (mode 0600). Others find the session from now on.
    pub fn write_key(&self, key: &Key) -> io::Result<()> {
        local_server::write_private(&self.session_file(), &serde_json::to_vec_pretty(key)?)
    }

    /// Writes the certificates (DER) as PEM (RFC 7468).
    pub fn write_authorities(&self, certificates: &[Vec<u8>]) -> io::Result<()> {
        let pem: String = certificates.iter().map(|der| pem(der)).collect();
        local_server::write_private(&self.ca_file(), pem.as_bytes())
    }
}

/// Why no session was found.
#[derive(Debug, Error)]
pub enum PlaceError {
    /// No session is open.
    #[error("no session is open")]
    None,
    /// Several sessions are open.
    #[error("{} sessions are open", .0.len())]
    Several(Vec<(PathBuf, String)>),
    /// The session file cannot be read.
    #[error("cannot read the session file `{}`: {error}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Other users can access the session file.
    #[error("the session file `{}` is accessible to other users", .0.display())]
    NotPrivate(PathBuf),
}

/// The key of the session whose file this is, or of the only session that is open.
pub fn find(file: Option<&Path>) -> Result<Key, PlaceError> {
    if let Some(file) = file {
        return read(file);
    }
    let alive = lease::alive(&std::env::temp_dir()).unwrap_or_default();
    let files = alive.into_iter().map(|folder| folder.join(SESSION_FILE));
    // Other folders of the lab have no such file, and those of other users cannot be read.
    let mut open: Vec<(PathBuf, Key)> =
        files.filter_map(|file| read(&file).ok().map(|key| (file, key))).collect();
    match open.pop() {
        None => Err(PlaceError::None),
        Some((_, only)) if open.is_empty() => Ok(only),
        Some(last) => {
            open.push(last);
            let named = open.into_iter().map(|(file, key)| (file, key.scenario));
            Err(PlaceError::Several(named.collect()))
        }
    }
}

fn read(path: &Path) -> Result<Key, PlaceError> {
    let unreadable = |error| PlaceError::Unreadable { path: path.to_owned(), error };
    let meta = fs::symlink_metadata(path).map_err(unreadable)?;
    if !meta.is_file() || meta.len() > SESSION_FILE_BYTES_MAX {
        return Err(unreadable(io::ErrorKind::InvalidData.into()));
    }
    if !os::is_private(&meta) {
        return Err(PlaceError::NotPrivate(path.to_owned()));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    serde_json::from_slice(&bytes).map_err(|error| unreadable(error.into()))
}

fn pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(PEM_LINE));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem
}

const SESSION_FILE: &str = "session.json";

const CA_FILE: &str = "ca.pem";

/// A session file has four short fields.
const SESSION_FILE_BYTES_MAX: u64 = 16 << 10;

/// RFC 7468, 2.
const PEM_LINE: usize = 64;
