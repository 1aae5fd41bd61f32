//! Which message an operation shows, and how a step can fail.

use marslab_live::Kind;
use marslab_live::product::{AgentVersions, SecondLine, Shown, Status, embedded};
use marslab_model::Operation;

use super::page::{Page, code, codes, link, prose};

/// The table of messages, and the kinds that it names.
pub(super) fn write(page: &mut Page) {
    page.heading(2, "shown", "Which message is shown");
    page.say(SHOWN);
    let rows: Vec<[String; 4]> = embedded().shown().iter().map(row).collect();
    page.table(["operations", "where and how it failed", "message", "source"], &rows);
    page.heading(2, "kinds", "Kinds of failing");
    page.say("The values of `kinds` in `[[shown]]`.");
    let kinds = Kind::ALL.iter().map(|kind| [code(kind.as_str()), prose(kind.documentation())]);
    page.table(["kind", "meaning"], &kinds.collect::<Vec<_>>());
}

fn row(row: &Shown) -> [String; 4] {
    let operations = codes(row.operations.iter().copied().map(Operation::name));
    let second_line = row.second_line.as_ref().map(|line| match line {
        SecondLine::Message(id) => link("message", id.as_str()),
        SecondLine::Status => "the status".to_owned(),
        SecondLine::Hresult => "the HRESULT".to_owned(),
        SecondLine::Win32 => "the Win32 number".to_owned(),
        SecondLine::PassphraseFile => "the file of the passphrase".to_owned(),
    });
    let shown = link("message", row.message.as_str());
    [
        if row.operations.is_empty() { "all".to_owned() } else { operations },
        conditions(row),
        second_line.map_or_else(|| shown.clone(), |line| format!("{shown}, then {line}")),
        prose(&row.source),
    ]
}

fn conditions(row: &Shown) -> String {
    let list = |name: &str, values: Vec<&str>| {
        (!values.is_empty()).then(|| format!("{name} {}", codes(values)))
    };
    let statuses: Vec<String> = row.statuses.iter().map(Status::to_string).collect();
    let parts = [
        list("step", row.steps.iter().map(|step| step.as_str()).collect()),
        list("kind", row.kinds.iter().map(|kind| kind.as_str()).collect()),
        list("code", row.codes.iter().map(String::as_str).collect()),
        list("status", statuses.iter().map(String::as_str).collect()),
        versions(&row.agent),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "anywhere else".to_owned() } else { parts.join("; ") }
}

fn versions(of: &AgentVersions) -> Option<String> {
    let from = of.from.as_ref().map(|version| format!("from {version}"));
    let below = of.below.as_ref().map(|version| format!("below {version}"));
    let ends: Vec<String> = from.into_iter().chain(below).collect();
    (!ends.is_empty()).then(|| format!("agent {}", ends.join(" ")))
}

const SHOWN: &str = "\
The first row that holds decides. It names what the agent can know: what it did, what it called and what came back, and its
version; never what is wrong. `catalogue/shown.toml` has the rows; [fakes/README.md](../fakes/README.md#which-message-is-shown)
explains their keys and those of preconditions.";
