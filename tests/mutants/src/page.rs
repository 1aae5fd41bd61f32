//! `scenarios/CATCHES.md`: which mutants each scenario catches.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use marslab::corpus::corpus;
use marslab::limits_table;
use marslab::live::Limits;
use marslab::scenario::ScenarioKind;

use crate::fate::{Fate, Mutant, Notice, Score};
use crate::reasons::Reasons;
use crate::tool;

/// Writes the page.
///
/// # Errors
///
/// When the file cannot be written.
pub(crate) fn write(mutants: &[Mutant], reasons: &Reasons) -> io::Result<()> {
    fs::write(tool::root().join("scenarios/CATCHES.md"), text(mutants, reasons))
}

fn text(mutants: &[Mutant], reasons: &Reasons) -> String {
    [HEAD.to_owned(), scores(mutants), survivors(reasons), scenarios(mutants)].join("\n")
}

/// A row for the rules together, and one for each other file of the core.
fn scores(mutants: &[Mutant]) -> String {
    let mut areas: BTreeMap<&str, Vec<&Mutant>> = BTreeMap::new();
    for mutant in mutants {
        areas.entry(area(&mutant.file)).or_default().push(mutant);
    }
    let mut text = format!("## Score\n\n{}\n\n", Score::of(mutants.iter()));
    text += "| area | caught | survived | did not compile | of the viable |\n";
    text += "| --- | ---: | ---: | ---: | ---: |\n";
    for (area, mutants) in areas {
        let score = Score::of(mutants.into_iter());
        let Score { caught, missed, unviable } = score;
        let (whole, tenth) = (score.per_mille() / 10, score.per_mille() % 10);
        line(
            &mut text,
            &format!("| {area} | {caught} | {missed} | {unviable} | {whole}.{tenth} % |"),
        );
    }
    text
}

/// The name of a file below the core's sources; the rules are one area.
fn area(file: &str) -> &str {
    let file = short(file);
    file.split_once('/').map_or(file, |(folder, _)| folder)
}

fn short(file: &str) -> &str {
    let file = file.strip_prefix("harness/core/src/").unwrap_or(file);
    file.strip_suffix(".rs").unwrap_or(file)
}

fn survivors(reasons: &Reasons) -> String {
    let mut text = String::from("## Those that may survive, and why\n\n");
    text += "| mutant | why |\n| --- | --- |\n";
    for it in reasons.all() {
        let times = if it.times > 1 { format!(" ({} times)", it.times) } else { String::new() };
        let (file, change, why) = (short(&it.file), escaped(&it.change), &it.why);
        line(&mut text, &format!("| {file}: `{change}`{times} | {why} |"));
    }
    text
}

fn scenarios(mutants: &[Mutant]) -> String {
    let mut text = String::from(SCENARIOS);
    let mut idle = Vec::new();
    for scenario in corpus() {
        let caught = caught_by(mutants, &scenario.name);
        let alone = caught.iter().filter(|(_, by)| *by == 1).count();
        let fewest = caught.first().map_or(0, |(_, by)| *by);
        let named = caught.iter().take(NAMED).map(|(mutant, by)| {
            let mark = if *by == 1 { "**alone** " } else { "" };
            format!("{mark}{}: `{}`", short(&mutant.file), escaped(&mutant.change))
        });
        if caught.is_empty() {
            idle.push(scenario);
            continue;
        }
        let named = named.collect::<Vec<_>>().join("<br>");
        let (name, count) = (&scenario.name, caught.len());
        line(&mut text, &format!("| {name} | {count} | {alone} | {fewest} | {named} |"));
    }
    text += "\n## Scenarios that no mutant needs\n\n";
    text += "cargo-mutants changes what a core does, not what it knows. A documented row has its scenario, whatever mutants do: a \
             core that has never heard of the cause is caught by it. A control is for the core that takes something harmless \
             for a cause. On either side of a limit stands a scenario, and a limit that slips is caught by it \
             (`tests/it/limits.rs`).\n\n";
    let limits = limits_table::table(&Limits::default());
    for scenario in idle {
        let why = match &scenario.kind {
            ScenarioKind::Failure(row) => format!("the documented row `{row}`"),
            ScenarioKind::Control { why } => why.clone(),
            ScenarioKind::Compound => "the laws of compounds, in a case of their own".to_owned(),
        };
        let stands = |play: &str| play.split('/').next() == Some(&scenario.name);
        let of = limits.iter().filter(|it| stands(it.inside) || stands(it.outside));
        let of = of.map(|it| format!("`{}`", it.name)).collect::<Vec<_>>().join(", ");
        let of = if of.is_empty() { of } else { format!(" [at: {of}]") };
        line(&mut text, &format!("- {}: {why}{of}", scenario.name));
    }
    text
}

/// The mutants that few scenarios notice, and this one does: each with how many, fewest first.
fn caught_by<'a>(mutants: &'a [Mutant], scenario: &str) -> Vec<(&'a Mutant, usize)> {
    let mut found = Vec::new();
    for mutant in mutants {
        if let Fate::Caught(Notice { scenarios, cut_short: false }) = &mutant.fate
            && scenarios.contains(scenario)
        {
            found.push((mutant, scenarios.len()));
        }
    }
    found.sort_by_key(|(mutant, by)| (*by, &mutant.file, &mutant.change));
    found
}

/// A bar would end the cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// So many mutants of a scenario are named.
const NAMED: usize = 2;

const HEAD: &str = "\
# What each scenario catches

Mutants of the reference core, made by cargo-mutants: an operator turned round, a condition left out, a function that gives
nothing. Each is a wrong core, and the corpus on `memory` has to notice it; the core's own unit tests do not count. This
page is written by `cargo run -p marslab-mutants` and holds what was so when that last ran.
";

const SCENARIOS: &str = "\
## Scenarios

Counted are mutants that few plays notice: where more than a dozen do, the test ends early, and such a mutant tells nothing
of a single scenario. *Alone* counts those that no other scenario notices, *fewest* says how many scenarios notice the
rarest of them; the first two are named.

| scenario | mutants | alone | fewest | for instance |
| --- | ---: | ---: | ---: | --- |
";

#[cfg(test)]
mod tests;
