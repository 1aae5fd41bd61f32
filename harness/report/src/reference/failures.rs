//! The documented failures, section by section.

use super::page::{Page, code, codes, link, prose, sentence};
use super::vocabulary::{message_link, wording};
use marslab_scenario::catalogue::{Article, Catalogue, Failure, FailureKind, MessageId, Section};
use marslab_scenario::corpus;
use marslab_scenario::scenario::{Play, Scenario};

/// The chapter.
pub(super) fn write(page: &mut Page) {
    page.heading(2, "failures", "Documented failures");
    page.say(INTRO);
    for section in sections() {
        self::section(page, section);
        for row in rows(section) {
            failure(page, row);
        }
    }
}

/// The sections in the articles' order, which is that of their rows.
fn sections() -> Vec<&'static Section> {
    let catalogue = Catalogue::known();
    let mut sections: Vec<&Section> = Vec::new();
    for row in catalogue.failures_in_order() {
        let section = catalogue.section(row.section.as_str());
        sections.extend(section.filter(|it| !sections.iter().any(|known| known.id == it.id)));
    }
    sections
}

fn rows(section: &Section) -> impl Iterator<Item = &'static Failure> {
    Catalogue::known().failures_in_order().filter(|row| row.section == section.id)
}

fn section(page: &mut Page, section: &Section) {
    page.heading(3, &format!("section-{}", section.id), &section.title.en);
    page.say(&format!("Section id: {}.", code(section.id.as_str())));
    wording(page, &section.title);
    if rows(section).any(|row| row.kind == FailureKind::Check) {
        page.say("The customer's question if nothing has failed:");
        wording(page, &section.question);
    }
    let mut errors: Vec<&MessageId> = Vec::new();
    for id in rows(section).flat_map(|row| &row.errors) {
        if !errors.contains(&id) {
            errors.push(id);
        }
    }
    for id in errors {
        let Some(message) = Catalogue::known().message(id.as_str()) else { continue };
        page.say(&format!("The message {}:", link("message", id.as_str())));
        wording(page, &message.text);
    }
}

fn failure(page: &mut Page, row: &Failure) {
    page.heading(4, &format!("failure-{}", row.id), &code(row.id.as_str()));
    page.say(&prose(&sentence(&row.problem)));
    let articles = codes(row.articles.iter().copied().map(Article::id));
    let beyond = if row.is_beyond() { " Beyond the 2019 articles." } else { "" };
    let mut facts = vec![format!("Kind: {}. Documented in {articles}.{beyond}", row.kind.name())];
    facts.extend(errors(row));
    facts.extend(row.causes.iter().filter_map(|id| cause(id.as_str())));
    facts.extend(row.remedies.iter().filter_map(|id| remedy(id.as_str())));
    if !row.members.is_empty() {
        let members: Vec<String> =
            row.members.iter().map(|id| link("failure", id.as_str())).collect();
        facts.push(format!("Members: {}.", members.join(", ")));
    }
    facts.extend(row.note.iter().map(|note| format!("Note: {}", prose(&sentence(note)))));
    facts.extend(scenarios(row));
    page.items(facts);
}

fn errors(row: &Failure) -> Option<String> {
    let errors: Vec<String> = row.errors.iter().map(|id| message_link(id.as_str())).collect();
    match row.kind {
        FailureKind::Failure | FailureKind::Step if errors.is_empty() => {
            Some("Error: not quoted in the articles.".to_owned())
        }
        _ if errors.is_empty() => None,
        _ => Some(format!("Error: {}.", errors.join(", "))),
    }
}

fn cause(id: &str) -> Option<String> {
    let cause = Catalogue::known().cause(id)?;
    let about = match cause.about.as_str() {
        "nothing" => String::new(),
        about => format!(" About: {}.", prose(about)),
    };
    Some(format!("Cause {}: {}{about}", link("cause", id), prose(&sentence(&cause.title))))
}

fn remedy(id: &str) -> Option<String> {
    let remedy = Catalogue::known().remedy(id)?;
    let steps = remedy.steps.iter().map(|step| prose(&sentence(step)));
    let steps = steps.collect::<Vec<_>>().join(" ");
    Some(format!("Remedy {}: {} {steps}", link("remedy", id), prose(&sentence(&remedy.title))))
}

/// Which scenarios play the row, with which operations, and in which cases.
fn scenarios(row: &Failure) -> Option<String> {
    let is_of_row = |play: &&Play| play.failure.as_ref() == Some(&row.id);
    let of_row = |scenario: &'static Scenario| {
        let plays: Vec<&Play> = scenario.plays.iter().filter(is_of_row).collect();
        let operation = plays.first()?.operation.name();
        let cases: Vec<&str> = plays.iter().filter_map(|play| play.case()).collect();
        let cases =
            if cases.is_empty() { String::new() } else { format!(", cases {}", codes(cases)) };
        Some(format!("{} (operation {}{cases})", code(&scenario.name), code(operation)))
    };
    let found: Vec<String> = corpus::corpus().iter().filter_map(of_row).collect();
    match row.kind {
        FailureKind::Umbrella => None,
        _ if found.is_empty() => Some("Scenarios: none yet.".to_owned()),
        _ => Some(format!("Scenarios: {}.", found.join("; "))),
    }
}

const INTRO: &str = "\
The failures of the three articles of 2019 and of newer sources, by section. Kinds: *failure*: the operation fails, and
succeeds after the remedy. *check*: the operation succeeds, but the subject should give advice. *step*: a failure that only
this step cures. *umbrella*: a heading for other failures. The console's messages are at the beginning of each section, in the
languages in which they are known.";
