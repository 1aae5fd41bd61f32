//! The machine, the customer and the core speak four languages.

use marslab::PlayKind;
use marslab::catalogue::Catalogue;
use marslab::corpus;
use marslab::play::{Casting, Options};
use marslab::report::{PlayStory, Summary};
use marslab::scenario::Play;
use marslab::subject_runner::RustSubject;
use marslab::verdict::{MismatchKind, Verdict};
use marslab_core::WithoutLanguage;
use marslab_model::Operation;
use marslab_model::world::Language;
use marslab_tests::{memory, mismatch, play, verdict};

use crate::runs::{CHINESE, ENGLISH, JAPANESE, shown, stories, verdict_of};

const LANGUAGES: [Language; 4] =
    [Language::English, Language::Japanese, Language::Korean, Language::ChineseTraditional];

fn on_memory(language: Language) -> Options {
    Options { language, ..memory() }
}

/// What is odd about a play in a language; nothing where it is confirmed with the text of the catalogue.
fn odd(play: &Play, story: &PlayStory, language: Language) -> Option<String> {
    let seen = verdict_of(story);
    if *seen != Verdict::Confirmed {
        return Some(format!("{} in {language}: {seen}", play.name));
    }
    let message = Catalogue::known().message(play.expect.error.as_deref()?)?;
    let (text, shown) = (message.text.in_language(language), shown(story).unwrap_or_default());
    (!shown.starts_with(text)).then(|| format!("{} in {language} shows {shown}", play.name))
}

#[track_caller]
fn confirmed_in(run: &Summary, language: Language) {
    assert_eq!(run.run().unwrap().language, language);
    let odd: Vec<String> =
        stories(run).filter_map(|(play, story)| odd(play, story, language)).collect();
    assert!(odd.is_empty(), "{}", odd.join("\n"));
}

#[test]
fn the_corpus_is_confirmed_in_english() {
    confirmed_in(&ENGLISH, Language::English);
}

#[test]
fn the_corpus_is_confirmed_in_japanese() {
    confirmed_in(&JAPANESE, Language::Japanese);
}

#[test]
fn the_corpus_is_confirmed_in_chinese() {
    confirmed_in(&CHINESE, Language::ChineseTraditional);
}

/// In each language a failure shows a text of its own: nothing stays English.
#[test]
fn each_language_has_texts_of_its_own() {
    let sections = Catalogue::known().sections.values();
    let words = corpus::plays().filter_map(|play| play.expect.error.as_deref());
    let messages = words.filter_map(|id| Catalogue::known().message(id));
    // No translation is known of what the articles of 2019 do not quote.
    let translated = messages.filter(|message| message.text.ja.is_some());
    for wording in translated.map(|it| &it.text).chain(sections.map(|it| &it.question)) {
        let texts = LANGUAGES.map(|language| wording.in_language(language));
        let different = texts.iter().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(different.len(), 4, "{texts:?}");
    }
}

/// Without its words a core looks into the operation that the customer names, where nothing is wrong.
#[test]
fn a_core_that_lacks_a_language_is_caught_in_it() {
    let silent = "told-as-another-operation";
    for play in corpus::plays().filter(|play| play.name.starts_with(silent)) {
        for spoken in LANGUAGES {
            for lacking in LANGUAGES {
                let subject = RustSubject::new("deaf", WithoutLanguage(lacking));
                let seen = verdict(play, &subject, &on_memory(spoken));
                // Numbers need no words: in round brackets in the three languages that say `ID`, in square ones in any.
                let is_numbered = match play.operation {
                    Operation::DownloadCredentials => spoken != Language::ChineseTraditional,
                    operation => operation == Operation::Activate,
                };
                let is_caught = spoken == lacking && !is_numbered;
                let expected = is_caught.then_some(MismatchKind::NotFound);
                assert_eq!(mismatch(&seen), expected, "{} {spoken} {lacking}", play.name);
            }
        }
    }
}

#[test]
fn a_core_that_lacks_a_language_does_not_guess() {
    let play = play("told-as-another-operation");
    assert_eq!(play.kind(), PlayKind::Failure);
    for language in LANGUAGES {
        let honest = Play { reported_operation: None, ..play.clone() };
        let subject = RustSubject::new("deaf", WithoutLanguage(language));
        // What the test takes out of the play would come back when it is read again.
        let options = Options { casting: Casting::Plain, ..on_memory(language) };
        let seen = verdict(&honest, &subject, &options);
        assert_eq!(seen, Verdict::Confirmed, "{language}: {seen}");
    }
}
