//! Lines that fit: texts measured in columns, and broken where their language breaks them.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How many columns a text takes on a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A text wrapped to lines of at most so many columns: at spaces, and between characters of Chinese and Japanese, which are two
/// columns wide. Only a word that is longer than a line makes one longer.
pub fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        for (index, piece) in pieces(word).into_iter().enumerate() {
            let space = if index == 0 { " " } else { "" };
            match lines.last_mut() {
                Some(line) if width(line) + space.len() + width(&piece) <= columns => {
                    line.push_str(space);
                    line.push_str(&piece);
                }
                _ => lines.push(piece),
            }
        }
    }
    lines
}

/// The parts of a word between which a line may end. No line begins with a mark that closes, or ends with one that opens.
fn pieces(word: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for c in word.chars() {
        match pieces.last_mut() {
            Some(last) if !may_break(last, c) => last.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    pieces
}

fn may_break(before: &str, after: char) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    let is_between_words = breaks(last) || breaks(after);
    is_between_words && !OPENING.contains(&last) && !CLOSING.contains(&after)
}

/// Whether a line may end on either side. Korean has spaces between its words.
fn breaks(c: char) -> bool {
    let is_hangul =
        matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}');
    c.width() == Some(2) && !is_hangul
}

const OPENING: [char; 8] = ['(', '[', '<', '`', '「', '『', '（', '【'];

const CLOSING: [char; 21] = [
    ')', ']', '>', '`', '.', ',', ':', ';', '!', '?', '、', '。', '，', '：', '；', '」', '』',
    '）', '】', 'ー', '々',
];

#[cfg(test)]
mod tests;
