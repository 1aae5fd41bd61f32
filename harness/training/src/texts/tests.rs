//! No language misses a text, and all say the same parts.

use std::collections::BTreeSet;

use jiff::Timestamp;
use marslab_base as base;
use marslab_model::Field;
use marslab_model::world::Language;
use marslab_scenario::corpus;

use super::*;

const LANGUAGES: [Language; 4] =
    [Language::English, Language::Japanese, Language::Korean, Language::ChineseTraditional];

/// The names in braces; what else stands in them is text.
fn parts_in(text: &str) -> BTreeSet<&str> {
    let names = text.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|(name, _)| name);
    names.filter(|name| name.chars().all(|c| c.is_ascii_lowercase())).collect()
}

#[test]
fn every_text_is_there_in_each_language_with_its_parts() {
    for (name, parts, texts) in ROWS {
        let [english, foreign @ ..] = texts;
        let parts: BTreeSet<&str> = parts.iter().copied().collect();
        assert!(!english.is_empty() && english.is_ascii() || english.contains('…'), "{name}");
        for text in texts {
            assert_eq!(parts_in(text), parts, "{name}: {text}");
            assert_eq!(text.lines().count(), english.lines().count(), "{name}: {text}");
        }
        for text in foreign {
            // What is put together only has no word of its own.
            assert!(!text.is_ascii() || *name == "heading", "{name}: {text}");
        }
    }
}

/// What is typed is the same in all languages.
#[test]
fn what_is_typed_stays_as_it_is() {
    let typed = |text: &str| -> BTreeSet<String> {
        text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    for (name, _, [english, foreign @ ..]) in ROWS {
        for text in foreign {
            assert_eq!(typed(text), typed(english), "{name}: {text}");
        }
    }
    for language in LANGUAGES {
        let help = Texts::of(language).help(&"");
        for name in crate::command::Command::NAMES {
            let is_there = help.lines().any(|line| line.trim_start().starts_with(name));
            assert!(is_there || name == "help", "{name} in\n{help}");
        }
    }
}

/// Lines of the help are no wider than a terminal, where a letter of these languages takes two columns.
#[test]
fn the_help_fits_into_eighty_columns() {
    let width = |line: &str| {
        line.chars().map(|c| if c.is_ascii() || c == '…' { 1 } else { 2 }).sum::<usize>()
    };
    for (_, _, texts) in ROWS.iter().filter(|(name, ..)| *name == "help") {
        for line in texts.iter().flat_map(|text| text.lines()) {
            assert!(width(line) <= 80, "{} columns: {line}", width(line));
        }
    }
}

/// Wherever a fault may be, a hint has words for it.
#[test]
fn every_part_of_a_world_has_words() {
    let world = base::healthy(Timestamp::UNIX_EPOCH);
    let whole = |field: &FieldPath| world.look(field).and_then(|it| it.as_object().cloned());
    let below = |field: &FieldPath| -> Vec<FieldPath> {
        let keys = whole(field).into_iter().flatten().map(|(key, _)| key);
        keys.map(|key| field.clone().then(&key)).collect()
    };
    let machines = Field::world().machines();
    let machine = world.machines.keys().next().unwrap().clone();
    let mut parts = below(machines.at(machine).path());
    parts.extend(below(Field::world().network().path()));
    parts.extend(below(Field::world().cloud().path()));
    assert!(parts.len() > 30, "{parts:?}");
    for language in LANGUAGES {
        for part in &parts {
            assert!(Texts::of(language).part(part).is_some(), "{part}");
        }
    }
    for play in corpus::plays() {
        assert!(
            Texts::of(Language::Korean).operation(play.operation).contains(' '),
            "{}",
            play.name
        );
    }
}
