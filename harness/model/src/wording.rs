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
        let translated = match language {
            Language::English => None,
            Language::Japanese => self.ja.as_deref(),
            Language::Korean => self.ko.as_deref(),
            Language::ChineseTraditional => self.zh.as_deref(),
        };
        translated.unwrap_or(&self.en)
    }
}
