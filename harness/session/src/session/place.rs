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
    /// Several sessions are open, or several have the name.
    #[error("{} sessions {}", .open.len(), several(.named.as_deref()))]
    Several {
        /// What was asked for.
        named: Option<String>,
        /// Their files, and the names of their plays.
        open: Vec<(PathBuf, String)>,
    },
    /// No open session has the name.
    #[error("no open session is called `{named}`")]
    NoSuch {
        /// What was asked for.
        named: String,
        /// The names of the plays of those that are open.
        open: Vec<String>,
    },
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

fn several(named: Option<&str>) -> String {
    named.map_or_else(|| "are open".to_owned(), |name| format!("match `{name}`"))
}

/// The key of the session that is named so: by its file, by its play, or by a part of that name. Without a name, the key of the
/// only session that is open.
pub fn find(named: Option<&str>) -> Result<Key, PlaceError> {
    let Some(named) = named else { return only(None, open_sessions()) };
    let file = Path::new(named);
    if file.exists() || file.extension().is_some_and(|it| it == "json") {
        return read(file);
    }
    let open = open_sessions();
    let names: Vec<String> = open.iter().map(|(_, key)| key.scenario.clone()).collect();
    let fitting = |fits: &dyn Fn(&str) -> bool| {
        open.iter().filter(|(_, key)| fits(&key.scenario)).cloned().collect::<Vec<_>>()
    };
    let whole = fitting(&|name| name == named);
    let found = if whole.is_empty() { fitting(&|name| name.contains(named)) } else { whole };
    match found.is_empty() {
        true if names.is_empty() => Err(PlaceError::None),
        true => Err(PlaceError::NoSuch { named: named.to_owned(), open: names }),
        false => only(Some(named), found),
    }
}

/// The sessions of this user that are open, and their files.
fn open_sessions() -> Vec<(PathBuf, Key)> {
    let alive = lease::alive(&std::env::temp_dir()).unwrap_or_default();
    let files = alive.into_iter().map(|folder| folder.join(SESSION_FILE));
    // Other folders of the lab have no such file, and those of other users cannot be read.
    files.filter_map(|file| read(&file).ok().map(|key| (file, key))).collect()
}

fn only(named: Option<&str>, mut found: Vec<(PathBuf, Key)>) -> Result<Key, PlaceError> {
    match found.pop() {
        None => Err(PlaceError::None),
        Some((_, only)) if found.is_empty() => Ok(only),
        Some(last) => {
            found.push(last);
            let open = found.into_iter().map(|(file, key)| (file, key.scenario)).collect();
            Err(PlaceError::Several { named: named.map(str::to_owned), open })
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
