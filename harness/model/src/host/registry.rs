//! What the registry holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::content::Content;

/// A value of the registry. Other types than these three come as their bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RegistryValue {
    /// `REG_SZ`.
    Text(String),
    /// `REG_DWORD`.
    Number(u32),
    /// `REG_BINARY`.
    Binary(Content),
}

impl From<&str> for RegistryValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for RegistryValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for RegistryValue {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}
