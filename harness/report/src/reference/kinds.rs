//! Faults, settings and remedies, with their parameters.

use std::collections::BTreeMap;

use super::page::{Page, code, codes, link, prose, sentence};
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::param_docs::{Choice, Need, Parameter, named_types, parameters};
use marslab_faults::faults::FAULTS;
use marslab_faults::settings::SETTINGS;
use marslab_remedies::{REMEDIES, remedy};
use marslab_scenario::catalogue::{Catalogue, Remedy};
use marslab_scenario::corpus;
use marslab_scenario::scenario::Play;

/// The chapters of faults, settings and remedies, and of the types of their parameters.
pub(super) fn write(page: &mut Page) {
    page.heading(2, "faults", "Faults");
    page.say("What can be broken. Each fault has its own `[[fault]]` table.");
    for kind in FAULTS {
        let uses = |play: &Play| play.faults.iter().any(|fault| fault.name == kind.name);
        head(page, "fault", kind);
        body(page, kind, &format!("[[fault]]\n{} = {}", kind.name, kind.example));
        played(page, uses);
    }
    page.heading(2, "settings", "Settings");
    page.say(
        "Variations of the healthy world, in which everything still works. They are keys of `[given]`.",
    );
    for kind in SETTINGS {
        let uses = |play: &Play| play.given.iter().any(|given| given.name == kind.name);
        head(page, "setting", kind);
        body(page, kind, &format!("[given]\n{} = {}", kind.name, kind.example));
        played(page, uses);
    }
    remedies(page);
    types(page);
}

fn head<T: ?Sized>(page: &mut Page, noun: &str, kind: &ActionSpec<T>) {
    page.heading(3, &format!("{noun}-{}", kind.name), &code(kind.name));
    page.say(&prose(&sentence(kind.summary)));
}

/// The parameters and an example.
fn body<T: ?Sized>(page: &mut Page, kind: &ActionSpec<T>, example: &str) {
    let rows: Vec<[String; 4]> = parameters(kind).iter().map(row).collect();
    if rows.is_empty() {
        page.say("No parameters.");
    }
    page.table(["parameter", "", "value", "meaning"], &rows);
    page.code("toml", example);
}

fn row(parameter: &Parameter) -> [String; 4] {
    let need = match &parameter.need {
        Need::Required => "required".to_owned(),
        Need::Default(value) => format!("default {}", code(value)),
        Need::Optional => "optional".to_owned(),
    };
    let of = &parameter.of;
    let named = of.named.as_ref().map(|name| format!(" ([{name}](#type-{name}))"));
    let value = format!("{}{}", of.words, named.unwrap_or_default());
    let choices: String = of.choices.iter().map(choice).collect();
    [code(&parameter.name), need, value, prose(&parameter.summary) + &choices]
}

fn choice(choice: &Choice) -> String {
    let summary = if choice.summary.is_empty() {
        String::new()
    } else {
        format!(": {}", prose(&choice.summary))
    };
    format!("<br>{}{summary}", code(&choice.value))
}

fn remedies(page: &mut Page) {
    page.heading(2, "remedies", "Remedies");
    page.say(
        "What the articles tell the administrator to do, as the `remedy` of a `[[cure]]`. Scenarios can use only remedies \
         that the lab supports.",
    );
    let catalogue = Catalogue::known();
    for row in catalogue.remedies.values() {
        page.heading(3, &format!("remedy-{}", row.id), &code(row.id.as_str()));
        page.say(&documented(row));
        page.items(row.steps.iter().map(|step| prose(step)));
        let advised = catalogue.failures_in_order().filter(|it| it.remedies.contains(&row.id));
        let advised: Vec<String> = advised.map(|it| link("failure", it.id.as_str())).collect();
        if !advised.is_empty() {
            page.say(&format!("Advised for {}.", advised.join(", ")));
        }
        match remedy(row.id.as_str()) {
            Some(kind) => carried_out(page, kind),
            None => page.say("Not supported yet."),
        }
    }
    let is_documented = |name: &str| catalogue.remedy(name).is_some();
    for kind in REMEDIES.iter().filter(|kind| !is_documented(kind.name)) {
        head(page, "remedy", kind);
        carried_out(page, kind);
    }
}

fn documented(row: &Remedy) -> String {
    format!("{} Steps from {}:", prose(&sentence(&row.title)), code(row.article.id()))
}

fn carried_out(page: &mut Page, kind: &ActionSpec<dyn marslab_actions::remedy::Remedy>) {
    page.say(&format!("In the lab: {}.", prose(kind.summary.trim_end_matches('.'))));
    let with =
        if kind.example == "{}" { String::new() } else { format!("\nwith   = {}", kind.example) };
    body(page, kind, &format!("[[cure]]\nremedy = \"{}\"{with}", kind.name));
    played(page, |play| play.cures.iter().any(|cure| cure.remedy.name == kind.name));
}

/// The scenarios in which a thing is used.
fn played(page: &mut Page, uses: impl Fn(&Play) -> bool) {
    let fitting = corpus::corpus().iter().filter(|scenario| scenario.plays.iter().any(&uses));
    let names: Vec<&str> = fitting.map(|scenario| scenario.name.as_str()).collect();
    if !names.is_empty() {
        page.say(&format!("Used in {}.", codes(names)));
    }
}

/// What each named type accepts.
fn types(page: &mut Page) {
    page.heading(2, "types", "Types");
    page.say("Strings with a certain format.");
    let mut named: BTreeMap<String, String> = named_types(FAULTS);
    named.extend(named_types(SETTINGS));
    named.extend(named_types(REMEDIES));
    let row = |(name, summary): (&String, &String)| {
        [format!("<a id=\"type-{name}\"></a>{name}"), prose(summary)]
    };
    page.table(["type", "meaning"], &named.iter().map(row).collect::<Vec<_>>());
}
