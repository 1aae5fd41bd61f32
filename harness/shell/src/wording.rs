//! Texts in the languages of Windows.

use marslab_model::world::Language;

/// One text in the four languages, where `{}` stands for what changes.
pub struct Texts {
    /// English.
    pub en: &'static str,
    /// Japanese.
    pub ja: &'static str,
    /// Korean.
    pub ko: &'static str,
    /// Chinese (Traditional).
    pub zh: &'static str,
}

impl Texts {
    /// The text in a language.
    pub const fn of(&self, language: Language) -> &'static str {
        language.pick([self.en, self.ja, self.ko, self.zh])
    }

    /// What Windows prints in English everywhere, or whose translations no source gives (†).
    pub const fn english(en: &'static str) -> Self {
        Self { en, ja: en, ko: en, zh: en }
    }
}

/// Puts values into the gaps of a text, in order.
pub fn fill(text: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let mut parts = text.split("{}");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        filled.push_str(values.next().copied().unwrap_or_default());
        filled.push_str(part);
    }
    filled
}

#[cfg(test)]
mod tests;
