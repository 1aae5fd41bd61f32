use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{PackError, Packs};
use crate::catalogue::{Catalogue, Sources};

const CAUSES: &str = r#"
[[cause]]
id = "acme/mode-off"
title = "The agent's mode is off"
about = "nothing"
level = "cause"
"#;

const REMEDIES: &str = r#"
[[remedy]]
id = "acme/set-mode"
title = "Set the mode"
steps = ["Set Mode to 1."]
article = "report"
edit = { set = { 'services/{service}/start' = 'automatic' } }
"#;

const FAILURES: &str = r#"
[[failure]]
id = "acme/mode-off"
section = "basic-troubleshooting"
kind = "failure"
errors = ["obengine-unreachable"]
problem = "The agent's mode is off."
causes = ["acme/mode-off"]
remedies = ["acme/set-mode"]
articles = ["report"]
"#;

const SCENARIO: &str = r#"
title = "The mode is off"
failure = "acme/mode-off"
article = "report"
[[fault]]
edit = { set = { 'services/obengine/start' = 'disabled', 'services/obengine/state' = 'stopped' } }
[when]
operation = "backup"
[then]
error = "obengine-unreachable"
finding = [{ any = ["acme/mode-off"] }]
[[cure]]
remedy = "acme/set-mode"
"#;

/// A folder called `acme` with these files.
fn pack(files: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let parent = TempDir::new().unwrap();
    let folder = parent.path().join("acme");
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    (parent, folder)
}

fn whole() -> Vec<(&'static str, String)> {
    let remedies = REMEDIES.replace("{service}", "obengine");
    let all = [("causes.toml", CAUSES), ("failures.toml", FAILURES), ("more/mode.toml", SCENARIO)];
    let all = all.into_iter().map(|(name, text)| (name, text.to_owned()));
    all.chain([("remedies.toml", remedies)]).collect()
}

fn read(folder: &Path) -> (Packs, Vec<PackError>) {
    let mut mistakes = Vec::new();
    let mut packs = Packs::read(&[folder.to_owned()], &mut mistakes);
    packs.check(&mut mistakes);
    (packs, mistakes)
}

/// The mistakes in the whole pack with `file` replaced, without the folder's path.
fn mistakes(file: &'static str, text: &str) -> Vec<String> {
    let mut files = whole();
    files.retain(|(name, _)| *name != file);
    files.push((file, text.to_owned()));
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (_parent, folder) = pack(&files);
    // With links followed; Windows then begins a path in a way that mistakes do not show.
    let within = fs::canonicalize(&folder).unwrap().join("").display().to_string();
    let within = within.strip_prefix(r"\\?\").unwrap_or(&within);
    read(&folder).1.iter().map(|mistake| mistake.to_string().replace(within, "")).collect()
}

#[test]
fn a_pack_adds_to_the_catalogue_and_the_corpus() {
    let files = whole();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (_parent, folder) = pack(&files);
    let (packs, mistakes) = read(&folder);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    assert_eq!(packs.packs[0].name, "acme");
    assert_eq!(packs.packs[0].files[0].scenario(), "acme/mode");
    let sources = Sources { packs: &packs.tables, ..Sources::EMBEDDED };
    let catalogue = Catalogue::parse(&sources).unwrap();
    assert!(catalogue.cause("acme/mode-off").is_some() && catalogue.cause("kek-missing").is_some());
    assert!(catalogue.failure("acme/mode-off").unwrap().is_beyond());
}

#[test]
fn mistakes_in_tables_have_a_place_and_a_hint() {
    assert_eq!(
        mistakes("causes.toml", &CAUSES.replace("acme/", "")),
        [
            "causes.toml:2:1: `mode-off` does not begin with `acme/`\n  \
             hint: the ids of a pack begin with its name: `acme/mode-off`",
            "failures.toml:2:1: unknown cause `acme/mode-off` in `acme/mode-off`\n  \
             hint: correct the id, or add a `[[cause]]` with `id = \"acme/mode-off\"` to `causes.toml`",
        ]
    );
    let unknown = mistakes("causes.toml", &CAUSES.replace("level", "colour"));
    assert!(unknown[0].starts_with("causes.toml:6:1: unknown field `colour`"), "{unknown:?}");
    let unplayed =
        mistakes("causes.toml", &format!("{CAUSES}{}", CAUSES.replace("mode-off", "other")));
    assert_eq!(
        unplayed,
        ["causes.toml:9:7: no scenario has the cause `acme/other`\n  \
          hint: write a scenario that expects it as a `finding`, or remove it"]
    );
}

#[test]
fn a_remedy_of_a_pack_says_what_it_edits() {
    let without = REMEDIES.lines().filter(|line| !line.starts_with("edit"));
    let without = mistakes("remedies.toml", &without.collect::<Vec<_>>().join("\n"));
    assert!(
        without[0].starts_with("remedies.toml:2:1: missing `edit` in `acme/set-mode`"),
        "{without:?}"
    );
    let role = mistakes("remedies.toml", REMEDIES);
    assert!(role[0].contains("unknown role `service`"), "{role:?}");
}

#[test]
fn mistakes_in_scenarios_are_reported_as_ever() {
    let bad = mistakes("more/mode.toml", &SCENARIO.replace("edit", "edti"));
    assert!(
        bad[0].contains("unknown fault `edti`") && bad[0].contains("did you mean `edit`?"),
        "{bad:?}"
    );
    let twice = mistakes("other/mode.toml", SCENARIO);
    assert_eq!(twice, ["two files are scenario `acme/mode`; rename one of them"]);
}

#[test]
fn folders_that_are_no_packs_are_refused() {
    let parent = TempDir::new().unwrap();
    let missing = read(&parent.path().join("acme")).1;
    assert!(missing[0].to_string().starts_with("cannot read the pack `"), "{missing:?}");
    let named = parent.path().join("Acme Corp");
    fs::create_dir(&named).unwrap();
    let named = read(&named).1[0].to_string();
    assert_eq!(
        named,
        "invalid name of a pack: `Acme Corp`; rename the folder to lower-case letters, digits and `-`"
    );
    let names: Vec<String> =
        (0..=super::FILES_MAX).map(|number| format!("{number}.toml")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let (_parent, folder) = pack(&many);
    assert_eq!(
        read(&folder).1[0].to_string(),
        "the pack `acme` has more than 1000 TOML files, or 10000 of any kind; name a folder that has only the pack"
    );
}

const MESSAGES: &str = r#"
[[message]]
id = "acme/mode"
text.en = "The mode is off."
source = "ticket 4711"

[[precondition]]
operations = ["backup"]
step = "start-engine"
call = { registry-value = { key = 'HKLM\SOFTWARE\Acme', name = "Mode" } }
at = "/ok/number"
needs = { is = 1 }
message = "acme/mode"
source = "ticket 4711"
"#;

#[test]
fn a_pack_has_messages_and_preconditions() {
    assert_eq!(mistakes("messages.toml", MESSAGES), [""; 0]);
    let unknown = mistakes(
        "messages.toml",
        &MESSAGES.replace("message = \"acme/mode\"", "message = \"acme/mood\""),
    );
    assert!(
        unknown[0].starts_with("messages.toml:7:1: unknown message `acme/mood`\n  hint: "),
        "{unknown:?}"
    );
    let role = mistakes("messages.toml", &MESSAGES.replace("Acme'", "{machin}'"));
    assert_eq!(role.len(), 1);
    assert!(role[0].starts_with("messages.toml:10:"), "{role:?}");
    assert!(role[0].contains("unknown role `machin`"), "{role:?}");
    let taken =
        mistakes("messages.toml", &MESSAGES.replace("id = \"acme/mode\"", "id = \"34513\""));
    assert!(taken.iter().any(|it| it.contains("duplicate id `34513`")), "{taken:?}");
    let key = mistakes("messages.toml", &MESSAGES.replace("needs", "need"));
    assert!(key[0].starts_with("messages.toml:12:1: unknown field `need`"), "{key:?}");
}
