//! What a complaint is about, by its words: the operation to which a text belongs. Never why it failed.
//!
//! A customer may name another operation than the one whose message they quote, such as "the backup" for everything.
//! The articles are translated by machines in part, so that blanks fall anywhere and punctuation has its full width:
//! texts and fragments are compared without blanks, without case, and with plain punctuation.

use marslab_model::Operation;
use marslab_model::world::Language;

use crate::facts::{MESSAGE_CODES, MESSAGE_FRAGMENTS, Topic};

/// The operation to look into: the `reported` one, unless the text is a message of others.
pub(crate) fn operation(reported: Operation, text: &str, known: &[Language]) -> Operation {
    match of(text, known).map(Topic::operations) {
        Some(operations) if !operations.contains(&reported) => {
            operations.first().copied().unwrap_or(reported)
        }
        Some(_) | None => reported,
    }
}

/// What a text is about; `None` if it is none of the documented messages in a known language, or several of them.
fn of(text: &str, known: &[Language]) -> Option<Topic> {
    let text = plain(text);
    let codes = MESSAGE_CODES.iter().filter(|(code, _)| has_code(&text, code, known));
    let codes = codes.map(|(_, topic)| *topic);
    let is_there = |(language, fragment, _): &&(Language, &str, Topic)| {
        known.contains(language) && text.contains(&plain(fragment))
    };
    let words = MESSAGE_FRAGMENTS.iter().filter(is_there).map(|(_, _, topic)| *topic);
    let mut topics = codes.chain(words);
    let first = topics.next()?;
    topics.all(|topic| topic == first).then_some(first)
}

/// Whether a text has a number as messages print it: `(ID: 34513)`, `(識別碼：34513)`, `[0x1FC07]`.
fn has_code(text: &str, code: &str, known: &[Language]) -> bool {
    let code = plain(code);
    let labels = LABELS.iter().filter(|(language, _)| known.contains(language));
    let mut forms = labels.map(|(_, label)| format!("({label}:{code})"));
    forms.any(|form| text.contains(&form)) || text.contains(&format!("[{code}]"))
}

/// A text without blanks and case, its full-width letters, digits and punctuation as in ASCII.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => {
            u32::from(c).checked_sub(FULL_WIDTH_SHIFT).and_then(char::from_u32).unwrap_or(c)
        }
        '\u{3001}' => ',',
        '\u{3002}' => '.',
        other => other,
    };
    let shown = text.chars().filter(|c| !c.is_whitespace());
    shown.map(narrow).flat_map(char::to_lowercase).collect()
}

/// What stands before a number, in the languages that say it so (mars-facts 2).
const LABELS: [(Language, &str); 4] = [
    (Language::English, "id"),
    (Language::Japanese, "id"),
    (Language::Korean, "id"),
    (Language::ChineseTraditional, "識別碼"),
];

/// From a full-width form to its ASCII character.
const FULL_WIDTH_SHIFT: u32 = 0xfee0;

#[cfg(test)]
mod tests;
