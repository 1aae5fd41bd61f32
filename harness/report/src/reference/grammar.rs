//! What stands in a scenario file: its keys, as the reader of scenario files knows them, and the rules between them.

use super::page::{Page, code, prose, sentence};
use marslab_scenario::catalogue::Article;
use marslab_scenario::scenario::shape::{COMPOUND, FILE, Ids, Key, Need, SETTABLE, Shape};

/// The chapter.
pub(super) fn write(page: &mut Page) {
    page.heading(2, "grammar", "What stands in a scenario file");
    page.say(INTRO);
    let mut written = Vec::new();
    keys(page, "The file", "file", FILE, &mut written);
    page.heading(3, "rules", "What a scenario needs");
    page.table(["the scenario is for", "`[then]` has", "`[[cure]]`"], &needs());
    page.items(RULES.iter().map(|rule| (*rule).to_owned()));
    page.heading(3, "cases", "Cases");
    let places: Vec<String> = SETTABLE.iter().map(|place| code(place)).collect();
    page.say(&format!("{CASES} A place begins with {}.", places.join(", ")));
    page.heading(3, "compounds", "Compounds");
    page.say(COMPOUNDS);
    keys(page, "The file of a compound", "compound", COMPOUND, &mut vec!["case"]);
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

/// A table of keys, and below it those of the tables that stand behind them. Each is written once.
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
    page.table(["key", "", "value", "what it says"], &keys.iter().map(row).collect::<Vec<_>>());
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
        "when" => "`[when]`: what is tried",
        "then" => "`[then]`: what is seen",
        "group" => "One entry of `finding`, `may` and `advice`",
        "cure" => "`[[cure]]`: what is done about it",
        "case" => "`[[case]]`: a variant",
        _ => "Its keys",
    }
}

/// What stands behind a key.
fn value(key: &Key) -> String {
    let list = |noun: &str| format!("list of [{noun}](#keys-{})", group(key.name));
    match key.shape {
        Shape::Text => "text".to_owned(),
        Shape::Id(ids) => id_of(ids),
        Shape::IdList(ids) => format!("list: {}", id_of(ids)),
        Shape::Table(_) => format!("[table](#keys-{})", group(key.name)),
        Shape::Tables(_) => list("tables"),
        Shape::Settings => {
            "table: the name of a [setting](#settings) and its parameters, for each".to_owned()
        }
        Shape::Faults => {
            "list of tables: the name of a [fault](#faults) and its parameters".to_owned()
        }
        Shape::Parameters => "table: the parameters of the [remedy](#remedies)".to_owned(),
        Shape::Set => "table: [a place and a value](#cases), for each".to_owned(),
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
        Ids::Remedy => "a [remedy](#remedies) that the lab carries out".to_owned(),
        Ids::Play => "a play, as `marslab list` names it, that is no compound".to_owned(),
    }
}

fn needs() -> [[String; 3]; 4] {
    [
        [
            "a `failure` of kind *failure*",
            "`error` and `finding`; `says` and `may` if wanted",
            "at least one",
        ],
        [
            "a `failure` of kind *step*",
            "the same; what it has of causes only this one step cures",
            "the step",
        ],
        [
            "a `failure` of kind *check*",
            "`advice`, and neither `error` nor `finding`: the operation succeeds",
            "at least one",
        ],
        ["a `control`: nothing is wrong", "no `[then]`; but `complaint` in `[when]`", "none"],
    ]
    .map(|row| row.map(str::to_owned))
}

const INTRO: &str = "\
A scenario is a TOML file of UTF-8 text; its name without `.toml` is the scenario's name. `key = value` of the file
itself stands first; then come `[table]` and `[[list of tables]]`. Write paths between single quotes, where a backslash is a
backslash: `'C:\\Windows\\Temp'`. Hosts, paths and addresses are those of the simulated world.";

const RULES: &[&str] = &[
    "A scenario has `failure` or `control`, never both. A failure of kind *umbrella* is a heading: name one of its members.",
    "`article` is one that documents the failure, `error` one of the failure's messages, and each `finding` one of its \
     causes. In a file with several faults other causes may be found besides, as long as one group names the failure's own.",
    "One of the cures is a remedy of the failure. Cures are carried out in order, and after the last one everything works. \
     Where something is still broken after a cure, its `then` says what is seen next, with the keys of `[then]`.",
    "A group of `finding` is met by a finding of any cause in `any`, and about what `about` says, in capital or small \
     letters; without `about` it may be about anything. A finding that no group names is a mismatch.",
    "The faults are put in after everything has been done that comes before the operation: a backup is tried on a server \
     that is registered, has its passphrase and is activated.",
    "The same operation succeeds on the healthy world, which is the base world with the settings of `[given]`.",
];

const CASES: &str = "\
A case is the whole scenario with some values changed, and is played as `scenario/case`. `set` names places: keys with dots
between them, entries of a list by their number, from 0. `\"fault.0.blocks.action\" = \"reset\"` changes one parameter,
`\"fault.0\" = { … }` a whole fault, `given = { … }` the whole background. `failure`, `when` and `then` of a case stand in place
of the file's.";

const COMPOUNDS: &str = "\
A compound is made of plays of the corpus that are about one operation: everything is broken at once that is broken in its
parts. It needs no file: `marslab run 'proxy-port-wrong+credentials-expired'` plays one, and `marslab run --pairs N` draws
pairs that nobody has written down. A file gives one a name; its cases have parts of their own.";

const LAWS: &str = "\
Nothing says what hides what, or what is seen first. While the operation fails, it is found out which parts are in the way:
those without which it would have gone otherwise. What the subject says is then held to laws, and the first part that it
has found in the way is cured.";

const LAW: &[&str] = &[
    "*Soundness*: each cause that it finds is one of a part that is still there.",
    "*Progress*: one of them is in the way.",
    "*No gap*: if a part that is still there is not found, it has left something `unchecked`, and not on the \
     healthy world as well.",
    "*Liveness*: so the operation succeeds after as many cures as there are parts, and then nothing is found.",
];

const BEYOND: &str = "\
The three articles of 2019 are the measure. What only newer ones document is *beyond* them: it is marked wherever it stands,
and counted apart.";
