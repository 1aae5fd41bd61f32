//! Scenario files: their keys, from the table that the reader uses, and the rules.

use super::page::{Page, code, prose, sentence};
use marslab_scenario::catalogue::Article;
use marslab_scenario::scenario::shape::{COMPOUND, FILE, Ids, Key, Need, SETTABLE, Shape};
use marslab_scenario::scenario::{Ago, Past};

/// How a play can end.
const VERDICTS: [[&str; 3]; 5] = [
    ["confirmed", "Every beat was as expected, and the operation met every fault.", ""],
    [
        "mismatch",
        "A beat was not as expected.",
        "Compare what was expected and seen; `--explain` tells every beat.",
    ],
    [
        "inconclusive",
        "Every beat was as expected, but that proves nothing: the operation failed as documented without having met one of the \
         faults, so that it may have failed of another.",
        "If another fault stops the operation before, give each fault a file and run both at once, as `one.toml+two.toml`; else \
         try an operation that needs what the fault changes, or remove the fault.",
    ],
    [
        "not playable",
        "A setting or fault does not fit the world.",
        "`marslab check` shows where it stands.",
    ],
    ["lab failed", "The lab itself failed; this says nothing about the subject.", "Report it."],
];

/// The chapter.
pub(super) fn write(page: &mut Page) {
    page.heading(2, "grammar", "Scenario files");
    page.say(INTRO);
    let mut written = Vec::new();
    keys(page, "The file", "file", FILE, &mut written);
    page.heading(3, "rules", "Required parts");
    page.table(["the scenario is for", "`[then]` has", "`[[cure]]`"], &needs());
    page.items(RULES.iter().map(|rule| (*rule).to_owned()));
    page.heading(3, "verdicts", "Verdicts");
    page.say("A run of a scenario ends with one of these.");
    page.table(["verdict", "meaning", "what to do"], &VERDICTS.map(|row| row.map(str::to_owned)));
    page.heading(3, "cases", "Cases");
    let places: Vec<String> = SETTABLE.iter().map(|place| code(place)).collect();
    page.say(&format!("{CASES} A path starts with {}.", places.join(", ")));
    page.heading(3, "compounds", "Compounds");
    page.say(COMPOUNDS);
    keys(page, "The file of a compound", "compound", COMPOUND, &mut vec!["case", "complaint"]);
    page.say(LAWS);
    page.items(LAW.iter().map(|law| (*law).to_owned()));
    page.heading(3, "articles", "The articles");
    page.say(BEYOND);
    let beyond = |article: Article| if article.is_of_2019() { "" } else { "beyond" }.to_owned();
    page.table(
        ["id", "article", ""],
        &Article::ALL.map(|it| [code(it.id()), it.summary().to_owned(), beyond(it)]),
    );
}

/// A table of keys, followed by the tables of their sub-tables. Each is written once.
fn keys(
    page: &mut Page,
    title: &str,
    name: &'static str,
    keys: &'static [Key],
    written: &mut Vec<&'static str>,
) {
    if written.contains(&name) {
        return;
    }
    written.push(name);
    page.heading(3, &format!("keys-{name}"), title);
    let row = |key: &Key| {
        let need = match key.need {
            Need::Required => "required",
            Need::Optional => "",
        };
        [code(key.name), need.to_owned(), value(key), prose(&sentence(key.summary))]
    };
    page.table(["key", "", "value", "meaning"], &keys.iter().map(row).collect::<Vec<_>>());
    for key in keys {
        match key.shape {
            Shape::Table(inner) | Shape::Tables(inner) => {
                let name = group(key.name);
                self::keys(page, title_of(name), name, inner, written);
            }
            _ => {}
        }
    }
}

/// The name of the table behind a key: what is found, allowed and advised is written alike.
fn group(key: &'static str) -> &'static str {
    match key {
        "finding" | "may" | "advice" => "group",
        key => key,
    }
}

fn title_of(name: &str) -> &'static str {
    match name {
        "when" => "`[when]`: the operation",
        "complaint" => "`[complaint]`: what the customer says",
        "then" => "`[then]`: what is expected",
        "group" => "An entry of `finding`, `may` or `advice`",
        "cure" => "`[[cure]]`: a remedy",
        "case" => "`[[case]]`: a variant",
        _ => "Keys",
    }
}

/// The type of a key's value.
fn value(key: &Key) -> String {
    let list = |noun: &str| format!("array of [{noun}](#keys-{})", group(key.name));
    match key.shape {
        Shape::Text => "string".to_owned(),
        Shape::Id(ids) => id_of(ids),
        Shape::IdList(ids) => format!("array: {}", id_of(ids)),
        Shape::Table(_) => format!("[table](#keys-{})", group(key.name)),
        Shape::Tables(_) => list("tables"),
        Shape::Settings => {
            "table: the names of [settings](#settings) and their parameters".to_owned()
        }
        Shape::Faults => {
            "array of tables: the name of a [fault](#faults) and its parameters".to_owned()
        }
        Shape::Parameters => "table: the parameters of the [remedy](#remedies)".to_owned(),
        Shape::Set => "table: [paths and values](#cases)".to_owned(),
    }
}

fn id_of(ids: Ids) -> String {
    match ids {
        Ids::Article => "id of an [article](#articles)".to_owned(),
        Ids::Failure => "id of a [failure](#failures)".to_owned(),
        Ids::Cause => "id of a [cause](#causes)".to_owned(),
        Ids::ComplaintSource => {
            "id of a [message](#messages) or of a [section](#failures)".to_owned()
        }
        Ids::Operation => "an [operation](#operations)".to_owned(),
        Ids::Step => "a [step](#steps) of the operation".to_owned(),
        Ids::Remedy => "a supported [remedy](#remedies)".to_owned(),
        Ids::Play => "a play from `marslab list` that is not a compound".to_owned(),
        Ids::Twin => "a play from `marslab list` in which the operation fails".to_owned(),
        Ids::Ago => {
            let names: Vec<&str> = Ago::ALL.iter().map(|ago| ago.name()).collect();
            format!("`{}`", names.join("`, `"))
        }
        Ids::Past => {
            let names: Vec<&str> = Past::ALL.iter().map(|past| past.name()).collect();
            format!("`{}`", names.join("`, `"))
        }
    }
}

fn needs() -> [[String; 3]; 4] {
    [
        [
            "a `failure` of kind *failure*",
            "`error` and `finding`; `says` and `may` if wanted",
            "at least one",
        ],
        ["a `failure` of kind *step*", "the same; only this step cures the failure", "the step"],
        [
            "a `failure` of kind *check*",
            "`advice`, but no `error` or `finding`: the operation succeeds",
            "at least one",
        ],
        [
            "a `control`: nothing is wrong",
            "no `[then]`, but `complaint` in `[when]`, or `[complaint]`",
            "none",
        ],
    ]
    .map(|row| row.map(str::to_owned))
}

const INTRO: &str = "\
A scenario is a TOML file. The file name without `.toml` is the scenario's name. Write Windows paths in single quotes, so
that backslashes need no escaping: `'C:\\Windows\\Temp'`. Hosts, paths and addresses are those of the simulated world.";

const RULES: &[&str] = &[
    "A scenario has either `failure` or `control`. A failure of kind *umbrella* is only a heading: use one of its members.",
    "`article` must document the failure, `error` must be one of the failure's messages, and each `finding` one of its \
     causes. A file with several faults can have other causes as well, if one group has a cause of the failure.",
    "One of the cures must be a remedy of the failure. Cures are carried out in order, and after the last one everything \
     works. If something is still broken after a cure, its `then` says what is expected next, with the keys of `[then]`.",
    "A group of `finding` accepts a finding of any cause in `any`. If the group has `about`, the finding must be about the \
     same, ignoring case; in a path, `*` stands for any part of one name. A finding that no group accepts is a mismatch.",
    "The faults are applied right before the operation, after all earlier operations have succeeded: a backup is tried on \
     a server that is registered, has a passphrase and is activated.",
    "The operation must succeed in the healthy world, which is the base world with the settings of `[given]`.",
    "The subject is told what the console shows. With `[complaint]`, it is told those words instead, in all worlds of the \
     play; `[then]` still says what the console shows.",
];

const CASES: &str = "\
A case is the whole scenario with some values changed. Its play is called `scenario/case`. `set` maps paths to values: keys
are separated by dots, entries of an array are counted from 0. `\"fault.0.blocks.action\" = \"reset\"` changes a parameter,
`\"fault.0\" = { … }` a whole fault, `given = { … }` all settings. `complaint`, `failure`, `when` and `then` of a case replace
those of the file.";

const COMPOUNDS: &str = "\
A compound combines plays of the same operation: the faults of all parts are applied at once. It does not need a file:
`marslab run 'proxy-port-wrong+credentials-expired'` runs one, and `marslab run --pairs N` runs random pairs. A file gives a
compound a name; its cases have parts of their own.";

const LAWS: &str = "\
Which part hides another is not written down. As long as the operation fails, the lab determines the blocking parts: those
without which the operation would have gone differently. It checks the diagnosis against these rules, and then cures the
first blocking part that the subject has found, or, where none can be found, a blocking part.";

const LAW: &[&str] = &[
    "*Soundness*: each cause found belongs to a part that is still present.",
    "*No gap*: each present part is found, or one of the [areas](#areas) of its causes is `unchecked` and out of reach, also \
     if that part alone is undone: a cause does not hide itself.",
    "*Liveness*: the operation succeeds after at most as many cures as there are parts, and then nothing is found.",
];

const BEYOND: &str = "\
The three articles of 2019 are the reference. Failures that only newer sources document are *beyond* them; they are marked
and counted separately.";
