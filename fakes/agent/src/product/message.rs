//! [`Message`]: a text on the console, with its source.

use std::borrow::Borrow;
use std::fmt;

use marslab_model::Wording;
use serde::{Deserialize, Serialize};

/// The id of a [`Message`]: the number that the product prints, else a name; of a pack, `pack/name`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(String);

impl MessageId {
    /// The id as it is written in the tables.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for MessageId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl Borrow<str> for MessageId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that a customer reads on the console, or says.
///
/// ```toml
/// [[message]]
/// id = "acme/policy-expired"
/// code = "0x1FBD3"
/// source = "ticket 4711 of Acme"
/// text.en = "The backup policy has expired. (0x1FBD3)"
/// text.ja = "…"
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Message {
    /// Its id: the code where the product prints one, else a name.
    pub id: MessageId,
    /// The number that the product prints, such as `34513` or `0x1FC07`; it stands in the history of jobs, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The text, to the letter. On a machine of a language that is missing, the English one is shown.
    pub text: Wording,
    /// Where the text is from, or that it is the lab's own.
    pub source: String,
}

impl Message {
    /// Its code as a number; 0 where it has none.
    pub(crate) fn number(&self) -> u32 {
        let code = self.code.as_deref().unwrap_or_default();
        let number = match code.strip_prefix("0x") {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => code.parse(),
        };
        number.unwrap_or(0)
    }
}
