use super::*;
use crate::report::changes::tests::assert_told_in_four_languages;

#[test]
fn every_phrase_is_there_in_each_language_with_its_parts() {
    for (name, parts, texts) in ROWS {
        let parts: Vec<String> = parts.iter().map(|part| format!("{{{part}}}")).collect();
        assert_told_in_four_languages(name, &parts, texts);
    }
}
