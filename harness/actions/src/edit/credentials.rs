//! The vault credentials files that the administrator has downloaded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_model::WinPath;
use marslab_model::world::{File, Machine};
use marslab_wire::pkcs12;

use crate::error::NotApplicable;

/// The newest credentials file of the machine.
pub fn newest(machine: &Machine) -> Result<(&WinPath, &File), NotApplicable> {
    let is_meant = |path: &WinPath| {
        path.extension().is_some_and(|text| text.eq_ignore_ascii_case("VaultCredentials"))
    };
    let files = machine.files.iter().filter(|(path, _)| is_meant(path));
    let newest = files.max_by_key(|(_, file)| file.modified);
    newest.ok_or(NotApplicable::State("no credentials file was downloaded"))
}

/// The private key (PKCS#8 DER) of the newest credentials file. Other files of the same portal are forged with it: they
/// differ in the certificate, and a run makes only one key.
pub fn key(machine: &Machine) -> Result<Vec<u8>, NotApplicable> {
    let (path, file) = newest(machine)?;
    let text = String::from_utf8_lossy(file.content.bytes());
    let packed = element(&text, "ManagementCert").and_then(|text| STANDARD.decode(text).ok());
    let bundle = packed.and_then(|packed| pkcs12::read(&packed, "").ok());
    let unreadable = || NotApplicable::unsuitable(path, "holds no private key");
    bundle.map(|bundle| bundle.key).ok_or_else(unreadable)
}

/// The content of the first element with this name.
pub fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_before, rest) = text.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(content, _after)| content)
}
