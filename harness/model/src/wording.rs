//! [`Wording`]: a text in the languages of the lab.

use serde::{Deserialize, Serialize};

use crate::world::Language;

/// A text in up to four languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// English.
    pub en: String,
    /// Japanese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ja: Option<String>,
    /// Korean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ko: Option<String>,
    /// Chinese as written in Taiwan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
}

impl Wording {
    /// The text in a language; the English one where that language has none.
    pub fn in_language(&self, language: Language) -> &str {
        let translations = [None, self.ja.as_deref(), self.ko.as_deref(), self.zh.as_deref()];
        language.pick(translations).unwrap_or(&self.en)
    }
}
