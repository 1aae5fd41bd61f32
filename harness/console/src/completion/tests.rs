use proptest::prelude::*;

use super::last_word;

proptest! {
    /// A word begins at a letter's boundary, and without quotes has no blank.
    #[test]
    fn the_last_word_is_an_end_of_the_line(line in "[a-z \"|日\\\\]{0,20}") {
        let start = last_word(&line);
        let word = line.get(start..).unwrap();
        prop_assert!(word.contains('"') || !word.contains([' ', '|']), "{word}");
    }
}
