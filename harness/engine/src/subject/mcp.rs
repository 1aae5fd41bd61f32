//! How an AI agent finds the machine: a configuration that names a server of tools (Model Context Protocol), beside the
//! door's file.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{self, Path, PathBuf};

use marslab_scenario::packs;
use serde_json::json;

use crate::local_server::write_private;

/// The files of one ask.
pub(super) struct McpFiles {
    config: String,
    diagnosis: PathBuf,
}

impl McpFiles {
    /// Writes the configuration into a folder, for this user only. The server is `program mcp`, which finds the token in
    /// the door's file: everyone can see the arguments of a process.
    pub(super) fn write_in(
        folder: &Path,
        program: &Path,
        door: &Path,
        complaint: &[u8],
    ) -> io::Result<Self> {
        let [config, told, diagnosis] =
            ["mcp.json", "complaint.json", "diagnosis.json"].map(|name| folder.join(name));
        write_private(&told, complaint)?;
        let (door, told) = (text(door)?, text(&told)?);
        let mut arguments =
            vec!["mcp", "--door", door, "--complaint", told, "--diagnosis", text(&diagnosis)?];
        // The agent may start it in another folder.
        let packs = packs::loaded().iter().map(|pack| path::absolute(&pack.folder));
        let packs = packs.collect::<io::Result<Vec<PathBuf>>>()?;
        for pack in &packs {
            arguments.extend(["--pack", text(pack)?]);
        }
        let server = json!({ "command": text(program)?, "args": arguments });
        let servers = json!({ "mcpServers": { "marslab": server } });
        write_private(&config, &serde_json::to_vec_pretty(&servers)?)?;
        Ok(Self { config: text(&config)?.to_owned(), diagnosis })
    }

    /// The arguments of a command with the path of the configuration where they have `{mcp}`.
    pub(super) fn arguments(&self, of: &[OsString]) -> Vec<OsString> {
        let named = |argument: &OsString| match argument.to_str() {
            Some(text) => text.replace(PLACEHOLDER, &self.config).into(),
            None => argument.clone(),
        };
        of.iter().map(named).collect()
    }

    /// The diagnosis that was submitted, if one was.
    pub(super) fn submitted(&self, bytes_max: usize) -> io::Result<Option<Vec<u8>>> {
        if !fs::exists(&self.diagnosis)? {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX);
        File::open(&self.diagnosis)?.take(limit).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

/// Whether an argument names the configuration.
pub(super) fn is_named_in(argument: &OsString) -> bool {
    argument.to_str().is_some_and(|text| text.contains(PLACEHOLDER))
}

/// JSON has no other paths.
fn text(path: &Path) -> io::Result<&str> {
    let not_text = || {
        let message = format!("the path `{}` is not Unicode", path.display());
        io::Error::new(io::ErrorKind::InvalidData, message)
    };
    path.to_str().ok_or_else(not_text)
}

/// What stands for the path of the configuration in a command.
const PLACEHOLDER: &str = "{mcp}";
