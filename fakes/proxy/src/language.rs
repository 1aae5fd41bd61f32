//! The language of a page: the first of `Accept-Language` that there is, whatever its weight, as Squid 5.7 does (measured).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;

use super::product::Situation;

/// The language of a page.
pub(super) struct Language {
    /// As it was asked for, in lower case: `ja-jp`.
    pub(super) tag: String,
    /// Nothing where the page is in English.
    texts: Option<&'static Texts>,
}

/// A sentence for each general situation.
type Texts = BTreeMap<Situation, String>;

impl Language {
    /// English, which is asked for by nobody.
    pub(super) fn english() -> Self {
        Self { tag: "en".to_owned(), texts: None }
    }

    /// The language that a request asks for.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let asked = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|line| line.to_str().ok());
        let asked = asked.flat_map(|line| line.split(','));
        let mut known = asked.filter_map(|asked| {
            let tag = asked.split(';').next()?.trim().to_ascii_lowercase();
            let is_plain = tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            let mut known = TEXTS.iter().filter(|(known, _)| is_or_is_of(&tag, known));
            let texts = known.next().map(|(_, texts)| texts);
            let is_known = texts.is_some() || is_or_is_of(&tag, "en");
            (is_known && is_plain && tag.len() <= TAG_BYTES_MAX).then_some(Self { tag, texts })
        });
        known.next().unwrap_or_else(Self::english)
    }

    /// The sentence for a situation, where it is not in English.
    pub(super) fn text(&self, situation: Situation) -> Option<&'static str> {
        let text = self.texts?.get(&situation.most_general())?;
        Some(text.as_str())
    }
}

/// Whether a tag is a language, or that of a region.
fn is_or_is_of(tag: &str, language: &str) -> bool {
    tag.strip_prefix(language).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

// A test reads the file.
static TEXTS: LazyLock<BTreeMap<String, Texts>> =
    LazyLock::new(|| toml::from_str(include_str!("languages.toml")).unwrap_or_default());

/// The longest tag that is repeated.
const TAG_BYTES_MAX: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_sentence() {
        assert!(TEXTS.len() >= 5);
        for (language, texts) in &*TEXTS {
            assert_eq!(texts.len(), 4, "{language}");
            assert!(texts.keys().all(|situation| situation.most_general() == *situation));
        }
    }

    #[test]
    fn the_first_that_there_is() {
        for (asked, tag) in [
            ("ja", "ja"),
            ("ja-JP,ja;q=0.9,en;q=0.8", "ja-jp"),
            ("zh-TW", "zh-tw"),
            ("zh", "en"),
            ("xx,fr;q=0.5", "fr"),
            ("en;q=0.1,fr", "en"),
            ("en-US", "en-us"),
            ("jax", "en"),
            ("*", "en"),
            ("", "en"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, asked.parse().unwrap());
            let language = Language::of(&headers);
            assert_eq!(language.tag, tag, "{asked}");
            assert_eq!(language.text(Situation::NoUrl).is_none(), tag.starts_with("en"));
        }
    }
}
