//! Splitting a line.

/// The stages of a pipe: what stands between `|` outside of quotes, trimmed.
pub fn stages(line: &str) -> Vec<&str> {
    let mut quote = None;
    let parts = line.split(|letter| {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, '|') => return true,
            _ => {}
        }
        false
    });
    parts.map(str::trim).collect()
}

/// The words of a command. Double quotes hold words together and are left out, within words, too (`/tn:"a b"`).
pub fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for letter in command.chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            ' ' | '\t' if !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            _ => {
                word.push(letter);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests;
