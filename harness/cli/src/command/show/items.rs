//! The page of each kind of item.

use std::io::{self, Write};
use std::slice;

use marslab::action_spec::ActionSpec;
use marslab::catalogue::{Article, Catalogue, EditText, Failure};
use marslab::corpus;
use marslab::scenario::{Group, Play};
use marslab::{faults, reference, remedies, settings, told};
use marslab_model::Operation;
use marslab_model::world::Language;

use super::page::Page;
use super::{ItemKind, parameters};
use crate::table::write_rows;

/// Writes the page of an existing item.
pub(super) fn write(
    out: &mut dyn Write,
    (kind, name): (ItemKind, &str),
    language: Language,
) -> io::Result<()> {
    match kind {
        ItemKind::Scenario => scenario(out, name),
        ItemKind::Failure => failure(out, name, language),
        ItemKind::Fault => match faults::fault(name) {
            Some(kind) => {
                let uses = |play: &&Play| play.faults.iter().any(|fault| fault.name == name);
                of_kind(out, Page::new("fault", name, kind.summary), kind, plays(uses))
            }
            None => Ok(()),
        },
        ItemKind::Setting => match settings::setting(name) {
            Some(kind) => {
                let uses = |play: &&Play| play.given.iter().any(|given| given.name == name);
                of_kind(out, Page::new("setting", name, kind.summary), kind, plays(uses))
            }
            None => Ok(()),
        },
        ItemKind::Remedy => remedy(out, name, language),
        ItemKind::Cause => cause(out, name, language),
        ItemKind::Area => area(out, name, language),
        ItemKind::Operation => operation(out, name),
    }
}

/// The play or case, and the text of its file.
fn scenario(out: &mut dyn Write, name: &str) -> io::Result<()> {
    let Some(play) = corpus::plays().find(|play| play.name == name) else { return Ok(()) };
    let stem = play.scenario();
    let mut page = Page::new("scenario", name, &play.title);
    page.field("kind", play.kind().name());
    page.field("failure", play.failure.as_ref().map_or("", |id| id.as_str()));
    page.field("article", play.article.id());
    page.field("beyond", beyond(slice::from_ref(&play.article)));
    page.field("operation", play.operation.name());
    page.names("given", play.given.iter().map(|given| given.name));
    page.names("faults", play.faults.iter().map(|fault| fault.name));
    page.field("error", play.expect.error.clone().unwrap_or_default());
    page.names("findings", named(&play.expect.findings));
    page.names("advice", named(&play.expect.advice));
    page.names("cures", play.cures.iter().map(|cure| cure.remedy.name));
    page.names("cases", plays(|other| other.name != name && is_case_of(stem, other)));
    page.write(out)?;
    writeln!(out, "\n{}", corpus::text(stem).unwrap_or_default().trim_end())
}

fn is_case_of(stem: &str, play: &Play) -> bool {
    play.scenario() == stem
}

fn failure(out: &mut dyn Write, name: &str, language: Language) -> io::Result<()> {
    let catalogue = Catalogue::known();
    let Some(row) = catalogue.failure(name) else { return Ok(()) };
    let problem = told::failure(language, name).unwrap_or_default();
    let mut page = Page::new("failure", name, problem);
    page.field("kind", row.kind.name());
    let title = told::section(language, row.section.as_str()).unwrap_or_default();
    page.field("section", format!("{} ({title})", row.section));
    page.names("articles", row.articles.iter().copied().map(Article::id));
    page.field("beyond", beyond(&row.articles));
    page.names("errors", row.errors.iter().map(|id| id.as_str()));
    let messages = row.errors.iter().filter_map(|id| catalogue.message(id.as_str()));
    page.names("console", messages.map(|message| message.text.in_language(language)));
    let causes = row.causes.iter().map(|id| id.as_str());
    page.titled("causes", causes.filter_map(|id| Some((id, told::cause(language, id)?))));
    let remedies = row.remedies.iter().map(|id| id.as_str());
    page.titled(
        "remedies",
        remedies.filter_map(|id| Some((id, told::remedy(language, id)?.title))),
    );
    page.names("members", row.members.iter().map(|id| id.as_str()));
    page.field("note", row.note.clone().unwrap_or_default());
    page.names("scenarios", plays(|play| play.failure.as_ref() == Some(&row.id)));
    page.write(out)
}

/// The text for what none of the 2019 articles documents.
fn beyond(articles: &[Article]) -> &'static str {
    let is_of_2019 = articles.iter().any(|article| article.is_of_2019());
    if is_of_2019 { "" } else { "not documented in the 2019 articles" }
}

/// A fault, a setting, or how a remedy is carried out.
fn of_kind<T: ?Sized>(
    out: &mut dyn Write,
    mut page: Page,
    kind: &ActionSpec<T>,
    scenarios: Vec<&str>,
) -> io::Result<()> {
    page.field("example", format!("{} = {}", kind.name, kind.example));
    page.names("scenarios", scenarios);
    page.write(out)?;
    write_parameters(out, kind)
}

fn write_parameters<T: ?Sized>(out: &mut dyn Write, kind: &ActionSpec<T>) -> io::Result<()> {
    let parameters = parameters::of(kind);
    if parameters.is_empty() {
        return writeln!(out, "\n  No parameters.");
    }
    writeln!(out, "\n  Parameters:")?;
    write_rows(out, 4, &parameters)
}

fn remedy(out: &mut dyn Write, name: &str, language: Language) -> io::Result<()> {
    let catalogue = Catalogue::known();
    let kind = remedies::remedy(name);
    let row = catalogue.remedy(name);
    let text = told::remedy(language, name);
    let title = text.map(|text| text.title).or_else(|| kind.map(|kind| kind.summary));
    let mut page = Page::new("remedy", name, title.unwrap_or_default());
    page.field("article", row.map_or("", |row| row.article.id()));
    let steps = text.map_or(&[][..], |text| text.steps);
    page.names("steps", steps.iter().map(String::as_str));
    let advised = |row: &&Failure| row.remedies.iter().any(|id| id.as_str() == name);
    page.names("failures", failures(advised));
    page.names("scenarios", plays(|play| play.cures.iter().any(|cure| cure.remedy.name == name)));
    match kind {
        Some(kind) => {
            page.field("effect", kind.summary);
            let with = (kind.example != "{}").then(|| format!("with = {}", kind.example));
            let lines = ["[[cure]]".to_owned(), format!("remedy = \"{name}\"")];
            page.names("example", lines.iter().chain(&with).map(String::as_str));
            page.write(out)?;
            write_parameters(out, kind)
        }
        None => {
            let edit = row.and_then(|row| row.edit.as_ref());
            page.names("edit", edit.map(EditText::as_str).unwrap_or_default().lines());
            page.write(out)
        }
    }
}

fn cause(out: &mut dyn Write, name: &str, language: Language) -> io::Result<()> {
    let Some(cause) = Catalogue::known().cause(name) else { return Ok(()) };
    let title = told::cause(language, name).unwrap_or_default();
    let mut page = Page::new("cause", name, title);
    page.field("about", cause.about.as_str());
    page.field(
        "level",
        match cause.level {
            marslab_model::Level::Cause => "cause: it can make an operation fail",
            marslab_model::Level::Advice => "advice: it never makes an operation fail",
        },
    );
    page.names("areas", cause.areas.iter().map(marslab::catalogue::AreaId::as_str));
    let rows = Catalogue::known().failures_in_order();
    let rows = rows.filter(|row| row.causes.iter().any(|id| id.as_str() == name));
    let problem = |id| told::failure(language, id);
    page.titled(
        "failures",
        rows.map(|row| row.id.as_str()).filter_map(|id| Some((id, problem(id)?))),
    );
    let remedies = Catalogue::known().remedies_for(name).into_iter();
    page.titled(
        "remedies",
        remedies.filter_map(|id| Some((id, told::remedy(language, id)?.title))),
    );
    let expects = |play: &&Play| {
        let groups = play.expect.findings.iter().chain(&play.expect.advice);
        groups.flat_map(|group| &group.any).any(|id| id.as_str() == name)
    };
    page.names("scenarios", plays(expects));
    page.write(out)
}

fn area(out: &mut dyn Write, name: &str, language: Language) -> io::Result<()> {
    let catalogue = Catalogue::known();
    let Some(area) = catalogue.area(name) else { return Ok(()) };
    let title = told::area(language, name).unwrap_or_default();
    let mut page = Page::new("area", name, title);
    page.names("probes", reference::probes(area).iter().map(String::as_str));
    let causes = catalogue.causes.values().filter(|cause| cause.areas.contains(&area.id));
    page.names("causes", causes.map(|cause| cause.id.as_str()));
    page.write(out)
}

fn operation(out: &mut dyn Write, name: &str) -> io::Result<()> {
    let Ok(operation) = name.parse::<Operation>() else { return Ok(()) };
    let mut page = Page::new("operation", name, operation.summary());
    page.names("scenarios", plays(|play| play.operation == operation));
    page.write(out)
}

/// The names of the matching plays.
fn plays(fits: impl Fn(&&Play) -> bool) -> Vec<&'static str> {
    corpus::plays().filter(|play| fits(play)).map(|play| play.name.as_str()).collect()
}

/// The ids of the matching failures.
fn failures(fits: impl Fn(&&Failure) -> bool) -> Vec<&'static str> {
    let rows = Catalogue::known().failures_in_order();
    rows.filter(|row| fits(row)).map(|row| row.id.as_str()).collect()
}

/// The causes of groups.
fn named(groups: &[Group]) -> impl Iterator<Item = &str> {
    groups.iter().flat_map(|group| &group.any).map(|id| id.as_str())
}
