use std::collections::BTreeSet;

use marslab_faults::faults::FAULTS;

use super::*;

const OTHERS: [Language; 3] = [Language::Japanese, Language::Korean, Language::ChineseTraditional];

fn told(language: Language) -> &'static Told {
    in_language(language).expect("a file of the language")
}

#[test]
fn each_language_has_every_id_and_no_other() {
    let known = Catalogue::known();
    for language in OTHERS {
        let told = told(language);
        assert_same(language, told.cause.keys(), known.causes.keys().map(|id| id.as_str()));
        assert_same(language, told.area.keys(), known.areas.keys().map(|id| id.as_str()));
        assert_same(language, told.remedy.keys(), known.remedies.keys().map(|id| id.as_str()));
        assert_same(language, told.failure.keys(), known.failures.keys().map(|id| id.as_str()));
        assert_same(language, told.fault.keys(), FAULTS.iter().map(|it| it.name));
        assert_same(language, told.step.keys(), Step::ALL.iter().map(|it| it.as_str()));
        let unprinted = known.sections.values();
        let unprinted = unprinted
            .filter(|it| it.title.in_language(language) == it.title.en)
            .map(|it| it.id.as_str());
        assert_same(language, told.section.keys(), unprinted);
    }
}

fn assert_same<'a>(
    language: Language,
    ids: impl Iterator<Item = &'a String>,
    expected: impl Iterator<Item = &'a str>,
) {
    let (ids, expected): (BTreeSet<&str>, BTreeSet<&str>) =
        (ids.map(String::as_str).collect(), expected.collect());
    assert_eq!(ids, expected, "{language:?}");
}

#[test]
fn remedies_have_as_many_steps_in_each_language() {
    for language in OTHERS {
        for row in Catalogue::known().remedies.values() {
            let text = remedy(language, row.id.as_str()).expect("a remedy");
            assert_eq!(text.steps.len(), row.steps.len(), "{} in {language:?}", row.id);
        }
    }
}

#[test]
fn what_is_typed_and_what_things_are_called_is_the_same_in_each_language() {
    for language in OTHERS {
        for (english, ours) in pairs(language) {
            for word in kept(english) {
                assert!(ours.contains(&word), "{language:?} lacks `{word}`: {ours}");
            }
            assert_eq!(ours.trim(), ours);
            assert!(!ours.is_ascii(), "not translated: {ours}");
        }
    }
}

#[test]
fn what_has_no_translation_is_told_in_english() {
    assert_eq!(
        cause(Language::English, "kek-missing"),
        Some("The file OnlineBackup.KEK is missing")
    );
    assert_eq!(section(Language::Japanese, "cache-issues"), Some("キャッシュの問題"));
    // As the article prints it.
    assert_eq!(section(Language::Korean, "basic-troubleshooting"), Some("기본 문제 해결"));
    assert_eq!(remedy(Language::Japanese, "no-such-remedy"), None);
}

/// Every text with its translation.
fn pairs(language: Language) -> Vec<(&'static str, &'static str)> {
    let (known, told) = (Catalogue::known(), told(language));
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    pairs.extend(
        told.cause
            .iter()
            .map(|(id, ours)| (known.causes[id.as_str()].title.as_str(), ours.as_str())),
    );
    pairs.extend(
        told.area.iter().map(|(id, ours)| (known.areas[id.as_str()].title.as_str(), ours.as_str())),
    );
    pairs.extend(
        told.section
            .iter()
            .map(|(id, ours)| (known.sections[id.as_str()].title.en.as_str(), ours.as_str())),
    );
    pairs.extend(
        told.failure
            .iter()
            .map(|(id, ours)| (known.failures[id.as_str()].problem.as_str(), ours.as_str())),
    );
    pairs.extend(FAULTS.iter().map(|it| (it.summary, told.fault[it.name].as_str())));
    pairs.extend(Step::ALL.iter().map(|it| (it.documentation(), step(language, *it))));
    for (id, ours) in &told.remedy {
        let row = &known.remedies[id.as_str()];
        pairs.push((&row.title, &ours.title));
        pairs.extend(
            row.steps.iter().map(String::as_str).zip(ours.steps.iter().map(String::as_str)),
        );
    }
    pairs
}

/// What a translation leaves as it is: what stands between backticks, roles, numbers, and names in capitals.
fn kept(text: &str) -> Vec<String> {
    let mut kept = Vec::new();
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            kept.push(format!("`{part}`"));
            continue;
        }
        let words = part.split([' ', ',', ':', ';', '(', ')']).map(|word| word.trim_matches('.'));
        let is_name = |word: &&str| {
            let capitals = word.chars().filter(char::is_ascii_uppercase).count();
            let is_said_otherwise = ["ID", "LAN", "US"].contains(word);
            word.contains(|c: char| c.is_ascii_digit() || c == '{')
                || (capitals > 1 && !is_said_otherwise)
        };
        kept.extend(words.filter(is_name).map(|word| word.replace("URLs", "URL")));
    }
    kept
}
