//! The ids that a scenario names: operations, messages, causes.

use std::collections::BTreeSet;

use marslab_model::{Level, Operation};

use super::page::{Page, code, codes, link, prose, sentence};
use marslab_live::{Step, before};
use marslab_scenario::catalogue::{Catalogue, Cause, Failure, Message, Wording};
use marslab_scenario::corpus;
use marslab_scenario::scenario::{Expect, Group};

/// What can be tried.
pub(super) fn operations(page: &mut Page) {
    page.heading(2, "operations", "Operations");
    page.say("The values of `operation` in `[when]`. The operations before it succeed before the faults are applied.");
    let row = |operation: Operation| {
        let errors: BTreeSet<&str> = corpus::plays()
            .filter(|play| play.operation == operation)
            .filter_map(|play| play.expect.error.as_deref())
            .collect();
        let errors: Vec<String> = errors.into_iter().map(message_link).collect();
        [
            code(operation.name()),
            prose(&sentence(operation.summary())),
            codes(before(operation).map(Operation::name)),
            errors.join(", "),
        ]
    };
    page.table(
        ["operation", "meaning", "operations before it", "errors in the scenarios"],
        &Operation::ALL.map(row),
    );
}

/// What operations do, one step after the other.
pub(super) fn steps(page: &mut Page) {
    page.heading(2, "steps", "Steps");
    page.say(STEPS);
    let row = |step: &Step| {
        let stops = corpus::plays().flat_map(|play| {
            let later = play.cures.iter().filter_map(|cure| cure.then.as_ref());
            std::iter::once(&play.expect).chain(later)
        });
        let count = stops.filter(|expect| expect.stops_at == Some(*step)).count();
        [
            code(step.as_str()),
            prose(step.documentation()),
            codes(step.operations().iter().map(|operation| operation.name())),
            count.to_string(),
        ]
    };
    let rows: Vec<[String; 4]> = Step::ALL.iter().map(row).collect();
    page.table(
        ["step", "what the agent or the portal does", "operations", "stops in the scenarios"],
        &rows,
    );
}

const STEPS: &str = "\
The values of `stops-at` in `[then]`, in the order in which operations enter them. An operation ends at the step whose call of
Windows, the network or a server fails. Subjects never see the names of steps. Numbers are sections of mars-facts, the
lab's collection of public sources; † marks what no public source shows.";

/// The messages of the console, in four languages.
pub(super) fn messages(page: &mut Page) {
    page.heading(2, "messages", "Messages");
    page.say(
        "The values of `error` in `[then]` and `complaint` in `[when]`: what the console shows, or what a customer says if \
         it shows nothing. `says` is a part of the text.",
    );
    for message in Catalogue::known().messages.values() {
        page.heading(3, &format!("message-{}", message.id), &code(message.id.as_str()));
        wording(page, &message.text);
        page.items(facts(message));
    }
}

/// A text in the languages in which it is known.
pub(super) fn wording(page: &mut Page, text: &Wording) {
    page.table(["", "text"], &rows(text));
}

fn rows(text: &Wording) -> Vec<[String; 2]> {
    let others = [("日本語", &text.ja), ("한국어", &text.ko), ("繁體中文", &text.zh)];
    let others = others.into_iter().filter_map(|(name, text)| Some((name, text.as_deref()?)));
    let all = std::iter::once(("English", text.en.as_str())).chain(others);
    all.map(|(name, text)| [name.to_owned(), prose(text)]).collect()
}

fn facts(message: &Message) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(message.code.iter().map(|number| format!("The product shows {}.", code(number))));
    facts.push(sentence(&format!("source: {}", prose(&message.source))));
    let id = message.id.as_str();
    let rows = failures(|row| row.errors.contains(&message.id));
    if !rows.is_empty() {
        facts.push(format!("Documented for {rows}."));
    }
    let ends = corpus::plays().filter(|play| play.expect.error.as_deref() == Some(id));
    let ends: BTreeSet<&str> = ends.map(|play| play.operation.name()).collect();
    if !ends.is_empty() {
        facts.push(format!("In the scenarios, an error of {}.", codes(ends)));
    }
    facts
}

/// What a core can find.
pub(super) fn causes(page: &mut Page) {
    page.heading(2, "causes", "Causes");
    page.say(
        "The values of `any` in `finding`, `may` and `advice`. `about` is what a finding of the cause is about.",
    );
    for cause in Catalogue::known().causes.values() {
        page.heading(3, &format!("cause-{}", cause.id), &code(cause.id.as_str()));
        page.say(&prose(&sentence(&cause.title)));
        page.items(facts_of(cause));
    }
}

fn facts_of(cause: &Cause) -> Vec<String> {
    let mut facts = vec![format!("`about`: {}.", prose(&cause.about))];
    if cause.level == Level::Advice {
        facts.push("Always `advice`, never a `finding`.".to_owned());
    }
    if !cause.areas.is_empty() {
        let areas = cause.areas.iter().map(|area| link("area", area.as_str()));
        facts.push(format!("Found by looking in {}.", areas.collect::<Vec<_>>().join(", ")));
    }
    let rows = failures(|row| row.causes.contains(&cause.id));
    if !rows.is_empty() {
        facts.push(format!("Causes {rows}."));
    }
    let found = operations_where(cause, |expect| &expect.findings);
    if !found.is_empty() {
        facts.push(format!("A finding in scenarios of {}.", codes(found)));
    }
    let advised = operations_where(cause, |expect| &expect.advice);
    if !advised.is_empty() {
        facts.push(format!("Advice in scenarios of {}.", codes(advised)));
    }
    let groups =
        corpus::plays().flat_map(|play| play.expect.findings.iter().chain(&play.expect.advice));
    let groups = groups.filter(|group| group.any.contains(&cause.id));
    let abouts: BTreeSet<&str> = groups.filter_map(|group| group.about.as_deref()).collect();
    if !abouts.is_empty() {
        facts.push(format!("`about` in the scenarios: {}.", codes(abouts)));
    }
    facts
}

/// The operations of which a customer complains where a cause is expected.
fn operations_where(cause: &Cause, expected: fn(&Expect) -> &Vec<Group>) -> BTreeSet<&'static str> {
    let has = |expect: &Expect| expected(expect).iter().any(|group| group.any.contains(&cause.id));
    let plays = corpus::plays().filter(|play| {
        let later = play.cures.iter().filter_map(|cure| cure.then.as_ref());
        std::iter::once(&play.expect).chain(later).any(has)
    });
    plays.map(|play| play.reported_operation.unwrap_or(play.operation).name()).collect()
}

/// Links to the documented rows that fit.
fn failures(fits: impl Fn(&Failure) -> bool) -> String {
    let rows = Catalogue::known().failures_in_order().filter(|row| fits(row));
    rows.map(|row| link("failure", row.id.as_str())).collect::<Vec<_>>().join(", ")
}

/// A link to a message; an error that the catalogue does not have is only named.
pub(super) fn message_link(id: &str) -> String {
    match Catalogue::known().message(id) {
        Some(_) => link("message", id),
        None => code(id),
    }
}
