//! The words of a command line: POSIX's rules and, on Windows, those of its C runtime (`CommandLineToArgvW`).

/// Splits a command into words; `None` if a quote is not closed. No shell is run, and nothing is expanded.
pub fn split(command: &str) -> Option<Vec<String>> {
    if cfg!(windows) { Some(split_for_windows(command)) } else { shell_words::split(command).ok() }
}

/// A word as it is typed, also where it goes through a shell (on Windows, cmd.exe).
pub fn quote(word: &str) -> String {
    if cfg!(windows) { quote_for_windows(word) } else { shell_words::quote(word).into_owned() }
}

fn split_for_windows(command: &str) -> Vec<String> {
    windows_args::Args::parse_args(command).collect()
}

/// Within double quotes cmd.exe takes every character as it is, but for `%`, which it has no quote for.
fn quote_for_windows(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || r"\/:._-+@,*?#{}".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    let (mut quoted, mut backslashes) = (String::from('"'), 0);
    // Backslashes count twice before a quote, and once elsewhere.
    for c in word.chars() {
        match c {
            '\\' => backslashes += 1,
            '"' => quoted.extend(std::iter::repeat_n('\\', std::mem::take(&mut backslashes) + 1)),
            _ => backslashes = 0,
        }
        quoted.push(c);
    }
    quoted.extend(std::iter::repeat_n('\\', backslashes));
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{quote, quote_for_windows, split, split_for_windows};

    #[test]
    fn windows_paths_are_words() {
        let program = r"C:\cores\diagnose.exe";
        assert_eq!(quote_for_windows(program), program);
        assert_eq!(quote_for_windows(r"C:\my cores\x"), r#""C:\my cores\x""#);
        assert_eq!(quote_for_windows(r#"say "\""#), r#""say \"\\\"""#);
        assert_eq!(quote_for_windows(""), r#""""#);
        assert_eq!(
            split_for_windows(r#"C:\x\y.exe "C:\a b\c" -v"#),
            [r"C:\x\y.exe", r"C:\a b\c", "-v"]
        );
    }

    #[test]
    fn an_open_quote_is_an_error_where_a_shell_would_wait_for_more() {
        assert_eq!(split("'x").is_some(), cfg!(windows));
    }

    proptest! {
        #[test]
        fn what_is_quoted_is_one_word(word in r#"[a-z "'\\&|<>^%$!;*?/:.-]{0,12}"#) {
            prop_assert_eq!(split(&quote(&word)), Some(vec![word]));
        }

        #[test]
        fn what_is_quoted_for_windows_is_one_word_there(words in prop::collection::vec(r#"[a-z "'\\&|^/:.-]{0,12}"#, 1..4)) {
            let line = words.iter().map(|word| quote_for_windows(word)).collect::<Vec<_>>().join(" ");
            prop_assert_eq!(split_for_windows(&line), words);
        }
    }
}
