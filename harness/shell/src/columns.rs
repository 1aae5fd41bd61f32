//! Columns of a console, in which a Chinese, Japanese or Korean character is two wide.

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(|letter| if is_wide(letter) { 2 } else { 1 }).sum()
}

/// A text with blanks behind it, up to a width.
pub fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A text with blanks before it, up to a width.
pub fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A text that takes just so many columns: filled with blanks, or cut.
pub fn exactly(text: &str, columns: usize) -> String {
    let (mut kept, mut taken) = (String::new(), 0);
    for letter in text.chars() {
        taken += if is_wide(letter) { 2 } else { 1 };
        if taken > columns {
            break;
        }
        kept.push(letter);
    }
    left(&kept, columns)
}

/// The blocks of East Asian letters (Unicode, East Asian Width `W` and `F`), as far as Windows' texts need them.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}')
}

#[cfg(test)]
mod tests;
