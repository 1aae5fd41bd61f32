//! The bytes of a file or certificate.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::tracked::leaf;

/// Bytes, in JSON as text where they are UTF-8 without NUL, else `base64:…`. Cheap to clone.
#[derive(Clone, Default, PartialEq, Eq, JsonSchema)]
#[schemars(with = "String")]
pub struct Content(Arc<[u8]>);

impl Content {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Deref for Content {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl<T: Into<Vec<u8>>> From<T> for Content {
    fn from(bytes: T) -> Self {
        Self(bytes.into().into())
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({} bytes)", self.0.len())
    }
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(&self.0) {
            Ok(text) if !text.starts_with(PREFIX) && !text.contains('\0') => {
                serializer.serialize_str(text)
            }
            _ => serializer.serialize_str(&format!("{PREFIX}{}", STANDARD.encode(&self.0))),
        }
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.strip_prefix(PREFIX) {
            Some(encoded) => STANDARD.decode(encoded).map(Self::from).map_err(D::Error::custom),
            None => Ok(Self::from(text)),
        }
    }
}

leaf!(Content);

const PREFIX: &str = "base64:";
