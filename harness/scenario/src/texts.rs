//! Texts in four languages, one row a text: [`texts!`](crate::texts!) makes a method of each.
//!
//! A row names its parts, which each language puts where its grammar wants them. What is typed, and what things are called, is
//! the same in all.

use std::fmt::Display;

#[doc(hidden)]
pub use marslab_model::world::Language;

/// Makes a type of texts in one language, with a method for each row: its name, its parts in parentheses, and its text in
/// English, Japanese, Korean and Chinese, in which `{part}` is where a part goes.
#[macro_export]
macro_rules! texts {
    ($(#[$meta:meta])* $visible:vis struct $texts:ident;
    $($name:ident $(($($part:ident),+))?:
        $english:literal, $japanese:literal, $korean:literal, $chinese:literal;)*) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $visible struct $texts($crate::texts::Language);

        impl $texts {
            /// The texts in a language.
            $visible const fn of(language: $crate::texts::Language) -> Self {
                Self(language)
            }

            $(
                #[doc = concat!("The text `", stringify!($name), "`.")]
                $visible fn $name(self $($(, $part: &dyn std::fmt::Display)+)?) -> String {
                    let text = self.0.pick([$english, $japanese, $korean, $chinese]);
                    $crate::texts::filled(text, &[$($((stringify!($part), $part)),+)?])
                }
            )*
        }

        /// Every row: its name, its parts, and its text in each language.
        #[cfg(test)]
        const ROWS: &[(&str, &[&str], [&str; 4])] = &[
            $((stringify!($name), &[$($(stringify!($part)),+)?],
                [$english, $japanese, $korean, $chinese]),)*
        ];
    };
}

/// A text with its parts in their places, each once through: what a part says is not looked through again.
///
/// A text cannot know what its parts end with. So a space beside a part is left out where it would be between two characters of
/// Japanese or Chinese, and of a Korean particle in both forms, such as `은(는)`, the one stays that fits the part.
pub fn filled(text: &str, parts: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        join(&mut filled, before);
        let part = after.split_once('}').and_then(|(name, then)| {
            let part = parts.iter().find(|(known, _)| *known == name)?;
            Some((part.1.to_string(), then))
        });
        if let Some((part, then)) = part {
            join(&mut filled, &part);
            rest = then;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    join(&mut filled, rest);
    filled
}

/// Puts a part behind a text, or a text behind a part.
fn join(filled: &mut String, next: &str) {
    let mut next = next;
    let mut last = filled.chars().rev();
    match (last.next(), last.next(), next.chars().next()) {
        (Some(' '), Some(last), Some(first)) if is_unspaced(last) && is_unspaced(first) => {
            filled.pop();
        }
        (Some(last), _, Some(' ')) => {
            let word = next.trim_start_matches(' ');
            if is_unspaced(last) && word.chars().next().is_some_and(is_unspaced) {
                next = word;
            }
        }
        (Some(last), ..) => {
            let particle =
                PARTICLES.iter().find_map(|(both, forms)| Some((next.strip_prefix(both)?, forms)));
            if let Some(((rest, [closed, open]), is_closed)) = particle.zip(ends_closed(last)) {
                filled.push_str(if is_closed { closed } else { open });
                next = rest;
            }
        }
        _ => {}
    }
    filled.push_str(next);
}

/// Whether a character is of Japanese or Chinese, which have no spaces between words.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}')
}

/// Whether a Korean syllable or a digit, as it is read, ends with a consonant. How a name is read is not known.
const fn ends_closed(c: char) -> Option<bool> {
    match c {
        '가'..='힣' => Some(!(c as u32 - '가' as u32).is_multiple_of(FINALS)),
        '0' | '1' | '3' | '6' | '7' | '8' => Some(true),
        '2' | '4' | '5' | '9' => Some(false),
        _ => None,
    }
}

/// Korean particles as they are written where it is not known what they follow: behind a consonant, and behind a vowel.
const PARTICLES: [(&str, [&str; 2]); 3] =
    [("은(는)", ["은", "는"]), ("이(가)", ["이", "가"]), ("을(를)", ["을", "를"])];

/// A syllable of Hangul ends with none, or with one of 27 consonants.
const FINALS: u32 = 28;

#[cfg(test)]
mod tests;
