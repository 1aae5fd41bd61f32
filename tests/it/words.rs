//! The words of the repository: standard terms for things, and plain English in prose.

use std::path::Path;

/// Old names of things, and what they are called now. Case matters, so `said` is a word like any other.
const NAMES: &[(&str, &str)] = &[
    ("Deed", "AppliedChange"),
    ("Desk", "ServerConnection or ControlState"),
    ("Examiner", "SubjectRunner"),
    ("Eye", "Observer"),
    ("Glasses", "HostDistortion"),
    ("Hearing", "Attempt"),
    ("Impostor", "Rejected"),
    ("Inlet", "RequestReader"),
    ("Manner", "ResponseStyle"),
    ("Manners", "ResponseOptions"),
    ("Mint", "TokenIssuer"),
    ("Mishap", "Impairment"),
    ("Misstep", "PathError"),
    ("Said", "JournalEntry"),
    ("Seat", "ProxyConnection"),
    ("Sight", "Observation"),
    ("Struck", "ImpairedStream"),
    ("Ward", "RepairState"),
    ("say_exchange", "record_exchange"),
];

/// Idioms that need a second reading, and what to write. Words match in any case, and across line breaks.
const IDIOMS: &[(&str, &str)] = &[
    ("are spoken to", "say who sends what"),
    ("are told", "`get`, `receive`"),
    ("befalls", "`happens to`"),
    ("hands off", "`does not access`"),
    ("is no certificate", "`is not a certificate`"),
    ("is no error", "`succeeds if …`"),
    ("is no fidelity", "`unknown fidelity`"),
    ("is no program", "`is not a program`"),
    ("is spoken to", "say who sends what"),
    ("it goes by", "`its name is`"),
    ("its manner", "`its style`"),
    ("keeps its hands", "`blocks access to`"),
    ("lets nobody", "`cannot`, `must not`"),
    ("not to be understood", "`cannot parse`"),
    ("say how it is", "`report its status`"),
    ("says what it is", "say it plainly"),
    ("stand in the way", "`block`"),
    ("stands in the place", "`replaces`, `is at`"),
    ("there stands", "`there is`"),
    ("to be had", "`available`"),
    ("to nobody", "`to no one`, or the passive voice"),
    ("what befalls", "`what happens to`"),
    ("what nobody", "`what no one`, or the passive voice"),
    ("what somebody", "name who it is, or use the passive voice"),
    ("where there is no such", "`if there is no`, `None if unknown`"),
    ("who does so", "say who acts"),
];

/// Generated pages, quoted messages, and this table.
const LEFT_OUT: [&str; 8] = [
    "harness/DOOR.md",
    "scenarios/REFERENCE.md",
    "scenarios/LOOK-ALIKES.md",
    "scenarios/BASELINES.md",
    "scenarios/SILENCE.md",
    "scenarios/CATCHES.md",
    "scenarios/catalogue/messages.toml",
    "tests/it/words.rs",
];

#[test]
fn names_and_prose_are_plain() {
    let mut found = Vec::new();
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    each_text(root, root, &mut |name, text| {
        let lines = hits(text).into_iter();
        found.extend(
            lines.map(|(line, odd, plain)| format!("{name}:{line}: `{odd}`: write {plain}")),
        );
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn odd_words_are_found() {
    let check = |text: &str, expected: &[(usize, &str)]| {
        let found = hits(text).into_iter().map(|(line, odd, _)| (line, odd));
        assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
    };
    check("struct Said;\n\nenum JournalSaid { said }", &[(1, "Said")]);
    check(
        "/// Nothing is to\n    /// be had here, To be had!",
        &[(1, "to be had"), (2, "to be had")],
    );
    check("fn to_be_had() {}", &[]);
}

/// The lines with odd words, with the words and what to write.
fn hits(text: &str) -> Vec<(usize, &'static str, &'static str)> {
    let lines = text.lines().zip(1..);
    let words: Vec<(&str, usize)> =
        lines.flat_map(|(line, number)| words(line).map(move |word| (word, number))).collect();
    let mut found = Vec::new();
    for (index, (word, line)) in words.iter().enumerate() {
        let names = NAMES.iter().filter(|(name, _)| name == word);
        let rest = words.get(index..).unwrap_or_default();
        let idioms = IDIOMS.iter().filter(|(idiom, _)| begins(rest, idiom));
        found.extend(names.chain(idioms).map(|(odd, plain)| (*line, *odd, *plain)));
    }
    found
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    let is_mark = |c: char| !c.is_alphanumeric() && c != '_';
    line.split(is_mark).filter(|word| !word.is_empty())
}

fn begins(words: &[(&str, usize)], idiom: &str) -> bool {
    let count = idiom.split(' ').count();
    words.len() >= count
        && idiom.split(' ').zip(words).all(|(wanted, (word, _))| wanted.eq_ignore_ascii_case(word))
}

fn each_text(root: &Path, folder: &Path, visit: &mut dyn FnMut(&str, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        if path.is_dir() {
            if !["target", ".git"].iter().any(|it| path.ends_with(it)) {
                each_text(root, &path, visit);
            }
        } else if path
            .extension()
            .is_some_and(|it| ["rs", "md", "toml"].iter().any(|known| it == *known))
            && !LEFT_OUT.contains(&name.as_str())
        {
            visit(&name, &std::fs::read_to_string(&path).unwrap());
        }
    }
}
