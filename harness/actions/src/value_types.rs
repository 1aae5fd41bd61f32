//! Types for the parameters of faults, settings and remedies. Each rejects invalid values.
//!
//! A scenario file is untrusted. Its paths, hosts and addresses are those of the simulated world; anything that looks
//! like a path of the real machine is rejected when the file is read.

use std::borrow::Cow;

use marslab_model::{Address, HostName, KeyPath, Name, Target, WinPath};
use marslab_proxy::products;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use thiserror::Error;

pub use space::Space;
pub use time_of_day::TimeOfDay;
pub use whole::Whole;

mod space;
mod time_of_day;
mod whole;

/// The path of a file or folder on a simulated machine, such as `C:\Windows\Temp\setup.log`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct FilePath(WinPath);

impl FilePath {
    /// The path.
    pub fn as_path(&self) -> &WinPath {
        &self.0
    }
}

impl TryFrom<String> for FilePath {
    type Error = ParamError;

    fn try_from(text: String) -> Result<Self, ParamError> {
        let rest = match text.split_at_checked(3) {
            Some((drive, rest)) if is_drive(drive) => rest,
            _ => match text.strip_prefix(r"\\") {
                // A server and a share, at the least; `\\.\` and `\\?\` fall out as the bad names that they are.
                Some(rest) if rest.contains('\\') => rest,
                _ => return Err(ParamError::NotAPath(text)),
            },
        };
        if !rest.is_empty() && !rest.split('\\').all(is_file_name) {
            return Err(ParamError::NotAPath(text));
        }
        Ok(Self(WinPath::new(text)))
    }
}

/// A folder in a list such as that of PATH: a path, which may end in a backslash.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct ListedFolder(String);

impl ListedFolder {
    /// The path as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ListedFolder {
    type Error = ParamError;

    fn try_from(text: String) -> Result<Self, ParamError> {
        let bare = text.strip_suffix('\\').filter(|bare| !bare.ends_with([':', '\\']));
        FilePath::try_from(bare.unwrap_or(&text).to_owned())
            .map_err(|_bad| ParamError::NotAPath(text.clone()))?;
        Ok(Self(text))
    }
}

fn is_drive(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':', b'\\'] if letter.is_ascii_alphabetic())
}

/// Whether Windows lets a file be called so. That excludes `.`, `..` and the names of devices.
fn is_file_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let is_device = DEVICES.contains(&stem.as_str())
        || ["COM", "LPT"].iter().any(|port| {
            stem.strip_prefix(port)
                .is_some_and(|n| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit()))
        });
    !name.is_empty()
        && !name.ends_with(['.', ' '])
        && !is_device
        && !name.chars().any(|c| c.is_control() || FORBIDDEN.contains(c))
}

/// A host and a port of the simulated network, such as `10.0.0.5:8080`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct HostAndPort(Address);

impl HostAndPort {
    /// The address.
    pub fn as_address(&self) -> &Address {
        &self.0
    }
}

impl TryFrom<String> for HostAndPort {
    type Error = ParamError;

    fn try_from(text: String) -> Result<Self, ParamError> {
        let scheme =
            ["http", "https"].into_iter().find(|scheme| text.starts_with(&format!("{scheme}://")));
        match (scheme, text.parse()) {
            (Some(scheme), _) => Err(ParamError::HasScheme { text, scheme }),
            (None, Ok(address)) => Ok(Self(address)),
            (None, Err(_not_one)) => Err(ParamError::NotAnAddress(text)),
        }
    }
}

/// A proxy's host and port, such as `10.0.0.5:8080` or `http://10.0.0.5:8080`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct ProxyUrl(HostAndPort);

impl ProxyUrl {
    /// The address.
    pub fn as_host_and_port(&self) -> &HostAndPort {
        &self.0
    }
}

impl TryFrom<String> for ProxyUrl {
    type Error = ParamError;

    fn try_from(text: String) -> Result<Self, ParamError> {
        let address =
            text.strip_prefix("http://").map(|rest| rest.strip_suffix('/').unwrap_or(rest));
        HostAndPort::try_from(address.unwrap_or(&text).to_owned()).map(Self)
    }
}

/// A proxy product, such as `squid-5`; `marslab show setting behind-proxy` shows the list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct ProxyProduct(Name);

impl ProxyProduct {
    /// The name.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Default for ProxyProduct {
    fn default() -> Self {
        Self(Name::new("squid-5"))
    }
}

impl TryFrom<String> for ProxyProduct {
    type Error = ParamError;

    fn try_from(text: String) -> Result<Self, ParamError> {
        let is_known = products().any(|(name, _)| name == text);
        if is_known { Ok(Self(Name::new(text))) } else { Err(ParamError::NotAProduct(text)) }
    }
}

/// A computer's name, such as `SRV01`: up to 15 letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct ComputerName(String);

impl ComputerName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ComputerName {
    type Error = ParamError;

    fn try_from(text: String) -> Result<Self, ParamError> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let is_name = (1..=COMPUTER_BYTES_MAX).contains(&text.len()) && text.chars().all(is_plain);
        if is_name { Ok(Self(text)) } else { Err(ParamError::NotAComputerName(text)) }
    }
}

/// A host name of the simulated network, such as `login.windows.net`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct DnsName(HostName);

impl DnsName {
    /// The name.
    pub fn as_host(&self) -> &HostName {
        &self.0
    }
}

impl TryFrom<String> for DnsName {
    type Error = ParamError;

    fn try_from(text: String) -> Result<Self, ParamError> {
        match text.parse() {
            Ok(Target::Host(host)) => Ok(Self(host)),
            _ => Err(ParamError::NotAName(text)),
        }
    }
}

/// A key of a simulated registry, below `HKLM` or `HKU`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct RegistryKey(KeyPath);

impl RegistryKey {
    /// The key.
    pub fn as_key(&self) -> &KeyPath {
        &self.0
    }
}

impl TryFrom<String> for RegistryKey {
    type Error = ParamError;

    fn try_from(text: String) -> Result<Self, ParamError> {
        let is_key = match text.split_once('\\') {
            Some((hive, rest)) => {
                ["HKLM", "HKU"].contains(&hive) && rest.split('\\').all(|part| !part.is_empty())
            }
            None => false,
        };
        if is_key { Ok(Self(KeyPath::new(text))) } else { Err(ParamError::NotAKey(text)) }
    }
}

/// A path on a simulated machine, or only the name of a program, such as `cbengine.exe`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct PathOrProgram(WinPath);

impl PathOrProgram {
    /// The path, or the name in the place of one.
    pub fn as_path(&self) -> &WinPath {
        &self.0
    }
}

impl TryFrom<String> for PathOrProgram {
    type Error = ParamError;

    fn try_from(text: String) -> Result<Self, ParamError> {
        if is_file_name(&text) {
            return Ok(Self(WinPath::new(text)));
        }
        FilePath::try_from(text).map(|path| Self(path.0))
    }
}

/// A drive of a simulated machine, such as `H:`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct DriveLetter(Name);

impl DriveLetter {
    /// The letter with its colon.
    pub fn as_name(&self) -> &Name {
        &self.0
    }
}

impl TryFrom<String> for DriveLetter {
    type Error = ParamError;

    fn try_from(text: String) -> Result<Self, ParamError> {
        match text.as_bytes() {
            [letter, b':'] if letter.is_ascii_alphabetic() => Ok(Self(Name::new(text))),
            _ => Err(ParamError::NotADrive(text)),
        }
    }
}

/// The result of a configuration script (PAC), such as `PROXY 10.0.0.5:8080; DIRECT`. The lab's scripts return the same
/// result for every URL.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct ScriptAnswer(String);

impl ScriptAnswer {
    /// A script with this result.
    pub fn script(&self) -> String {
        format!("function FindProxyForURL(url, host) {{ return \"{}\"; }}\n", self.0)
    }
}

impl TryFrom<String> for ScriptAnswer {
    type Error = ParamError;

    fn try_from(text: String) -> Result<Self, ParamError> {
        let is_proxy = |entry: &str| {
            let address = entry.strip_prefix("PROXY ");
            address.is_some_and(|address| address.parse::<Address>().is_ok())
        };
        let is_known = match text.split_once("; ") {
            Some((proxy, last)) => is_proxy(proxy) && last == "DIRECT",
            None => text == "DIRECT" || is_proxy(&text),
        };
        if is_known { Ok(Self(text)) } else { Err(ParamError::NotAScriptAnswer(text)) }
    }
}

/// A list with at least one entry.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<T>")]
pub struct NonEmptyVec<T>(Vec<T>);

impl<T> NonEmptyVec<T> {
    /// The entries.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }
}

impl<T> TryFrom<Vec<T>> for NonEmptyVec<T> {
    type Error = ParamError;

    fn try_from(entries: Vec<T>) -> Result<Self, ParamError> {
        if entries.is_empty() { Err(ParamError::Empty) } else { Ok(Self(entries)) }
    }
}

impl<T: JsonSchema> JsonSchema for NonEmptyVec<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Several_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": generator.subschema_for::<T>(), "minItems": 1 })
    }
}

/// Why a parameter is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParamError {
    /// Not an amount of space.
    #[error(
        "`{0}` is not a number of MiB, nor a share such as `5 % of data - 40` or `10 % of volume`"
    )]
    NotASpace(String),
    /// Not a path of a simulated machine.
    #[error(
        "invalid path `{}`; expected an absolute path, such as `C:\\Windows\\Temp\\setup.log`",
        crate::problem::quote(.0)
    )]
    NotAPath(String),
    /// Not a host name.
    #[error("invalid host name `{}`", crate::problem::quote(.0))]
    NotAName(String),
    /// Not a computer's name.
    #[error(
        "invalid computer name `{}`; expected up to {COMPUTER_BYTES_MAX} letters, digits and hyphens",
        crate::problem::quote(.0)
    )]
    NotAComputerName(String),
    /// Not a host and a port.
    #[error(
        "invalid address `{}`; expected a host and a port, such as `10.0.0.5:8080`",
        crate::problem::quote(.0)
    )]
    NotAnAddress(String),
    /// An address with a scheme before it.
    #[error("invalid address `{}`; write it without `{scheme}://`", crate::problem::quote(.text))]
    HasScheme {
        /// The text.
        text: String,
        /// The scheme.
        scheme: &'static str,
    },
    /// Not a time of day.
    #[error("invalid time of day `{}`; expected hours and minutes, such as `21:00`", crate::problem::quote(.0))]
    NotATime(String),
    /// Not a key of a registry.
    #[error(
        "invalid registry key `{}`; expected a key below `HKLM` or `HKU`",
        crate::problem::quote(.0)
    )]
    NotAKey(String),
    /// Not a drive.
    #[error("invalid drive `{}`; expected a letter and a colon, such as `H:`", crate::problem::quote(.0))]
    NotADrive(String),
    /// Not what the lab's configuration scripts can answer.
    #[error(
        "invalid script result `{}`; expected `PROXY host:port`, `PROXY host:port; DIRECT` or `DIRECT`",
        crate::problem::quote(.0)
    )]
    NotAScriptAnswer(String),
    /// Not a product that a proxy can be.
    #[error(
        "unknown proxy product `{}`; expected one of {}",
        crate::problem::quote(.0),
        products().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    )]
    NotAProduct(String),
    /// A list without entries.
    #[error("the list is empty")]
    Empty,
}

/// The longest name that NetBIOS takes.
const COMPUTER_BYTES_MAX: usize = 15;

/// What no name of a file on Windows may have.
const FORBIDDEN: &str = "<>:\"/\\|?*";

/// Names that Windows reserves for devices in every folder.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

#[cfg(test)]
mod tests;
