//! The page of look-alikes: which causes can be told apart, how, and which cannot.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{Page, code, codes, prose, sentence};
use crate::look_alikes::{Comparison, Confusion, Observation, Witness};
use marslab_census::Aspect;
use marslab_scenario::catalogue::{Catalogue, CauseId, LookAlike};

/// The whole page. The same for the same build, to the byte.
pub fn markdown(comparison: &Comparison<'_>) -> String {
    let mut page = Page::default();
    page.heading(1, "", "Look-alikes");
    page.say(INTRO);
    page.items(CONTENTS.map(|(anchor, title)| format!("[{title}](#{anchor})")));
    alike(&mut page, comparison);
    shown(&mut page, comparison);
    confused(&mut page, comparison);
    apart(&mut page, comparison);
    page.finish()
}

fn alike(page: &mut Page, comparison: &Comparison<'_>) {
    page.heading(2, "alike", "Causes that cannot be told apart");
    page.say(ALIKE);
    let classes = comparison.alike();
    for row in Catalogue::known().look_alikes.values() {
        let causes: Vec<String> = row.causes.iter().map(|id| cause(id.as_str())).collect();
        page.heading(3, &format!("look-alike-{}", row.id), &code(row.id.as_str()));
        page.items(causes.into_iter().zip(&row.causes).map(|(link, id)| {
            let title = Catalogue::known().cause(id.as_str()).map(|cause| cause.title.as_str());
            format!("{link}: {} Remedies: {}.", prose(&sentence(title.unwrap_or(""))), remedies(id))
        }));
        page.say(&prose(&row.why));
        for class in classes.iter().filter(|class| proves(class, row)) {
            proof(page, class);
        }
    }
}

/// Whether the plays of a class expect any of a row's causes.
fn proves(class: &[&Observation<'_>], row: &LookAlike) -> bool {
    let causes: BTreeSet<&str> = row.causes.iter().map(CauseId::as_str).collect();
    class.iter().any(|observation| observation.causes() == causes)
}

fn proof(page: &mut Page, class: &[&Observation<'_>]) {
    let Some((first, rest)) = class.split_first() else { return };
    let (operation, error) = first.complained();
    let unseen: BTreeSet<String> =
        rest.iter().flat_map(|other| first.unseen(other)).map(|path| code(path.as_str())).collect();
    let unseen = if unseen.is_empty() {
        "The worlds are identical.".to_owned()
    } else {
        let unseen: Vec<String> = unseen.into_iter().collect();
        format!("The worlds differ only in fields that no call shows: {}.", unseen.join(", "))
    };
    page.say(&format!("Operation {}, {}. {unseen}", code(operation), code(error)));
    let rows: Vec<[String; 4]> = class.iter().map(|observation| making(observation)).collect();
    page.table(["play", "settings", "faults", "cures"], &rows);
}

fn making(observation: &Observation<'_>) -> [String; 4] {
    let play = observation.play;
    [
        code(&play.name),
        or_dash(codes(play.given.iter().map(|given| given.name))),
        codes(observation.making()),
        codes(play.cures.iter().map(|cure| cure.remedy.name)),
    ]
}

/// What the articles advise in the rows of a cause.
fn remedies(id: &CauseId) -> String {
    let rows = Catalogue::known().failures_in_order();
    let rows = rows.filter(|row| row.causes.contains(id));
    let remedies: BTreeSet<&str> =
        rows.flat_map(|row| row.remedies.iter().map(|id| id.as_str())).collect();
    let links = remedies.iter().map(|id| format!("[{}](REFERENCE.md#remedy-{id})", code(id)));
    links.collect::<Vec<_>>().join(", ")
}

fn shown(page: &mut Page, comparison: &Comparison<'_>) {
    page.heading(2, "shown", "Where causes are visible");
    page.say(SHOWN);
    let shown = comparison.shown_by();
    let rows: Vec<[String; COLUMNS.len()]> =
        shown.iter().map(|(id, aspects)| row(id, aspects)).collect();
    page.table(COLUMNS.map(Column::name), &rows);
}

/// A column of the table of looks.
#[derive(Clone, Copy)]
enum Column {
    Cause,
    By(Aspect),
}

impl Column {
    const fn name(self) -> &'static str {
        match self {
            Self::Cause => "cause",
            Self::By(aspect) => aspect.name(),
        }
    }
}

fn row(id: &str, aspects: &BTreeMap<Aspect, bool>) -> [String; COLUMNS.len()] {
    let mark = |all: bool| if all { "●" } else { "○" };
    COLUMNS.map(|column| match column {
        Column::Cause => cause(id),
        Column::By(aspect) => aspects.get(&aspect).map_or("", |all| mark(*all)).to_owned(),
    })
}

fn confused(page: &mut Page, comparison: &Comparison<'_>) {
    page.heading(2, "confused", "Causes that are most similar");
    page.say(CONFUSED);
    let mut by_complaint = BTreeMap::<_, Vec<_>>::new();
    for confusion in comparison.confusions() {
        by_complaint.entry(confusion.complained).or_default().push(confusion);
    }
    for ((operation, said), confusions) in by_complaint {
        page.heading(3, "", &format!("{}, {}", code(operation), code(said)));
        let rows: Vec<[String; 5]> = confusions.iter().map(confusion).collect();
        page.table(
            ["cause", "most similar", "both visible in", "calls that differ", "for example"],
            &rows,
        );
    }
}

fn confusion(it: &Confusion<'_, '_>) -> [String; 5] {
    let side = |observation: &Observation<'_>| {
        let causes = observation.causes().into_iter().map(cause).collect::<Vec<_>>().join(" or ");
        format!("{causes}: {}", code(&observation.play.name))
    };
    [
        side(it.one),
        side(it.other),
        shared(it),
        it.witnesses.len().to_string(),
        it.witnesses.first().map_or_else(String::new, witness),
    ]
}

/// In how many looks both show that something is wrong; or else which looks are of one kind; or nothing.
fn shared(it: &Confusion<'_, '_>) -> String {
    match it.one.shared(it.other).count() {
        0 => {
            let other = it.other.aspects();
            let aspects = it.one.aspects().into_iter().filter(|aspect| other.contains(aspect));
            or_dash(aspects.map(Aspect::name).collect::<Vec<_>>().join(", "))
        }
        1 => "1 call".to_owned(),
        many => format!("{many} calls"),
    }
}

/// A look and what is seen by it in either world.
fn witness(it: &Witness<'_>) -> String {
    let seen = |seen: Option<&str>| seen.map_or_else(|| "absent".to_owned(), code);
    let (aspect, asked) = (it.question.aspect, code(&it.question.asked));
    format!("{aspect}: {asked}: {} / {}", seen(it.one), seen(it.other))
}

fn apart(page: &mut Page, comparison: &Comparison<'_>) {
    page.heading(2, "apart", "Causes that never meet");
    let (pairs, met) = comparison.pairs();
    let alike = Catalogue::known().look_alikes.values();
    let alike: usize = alike.map(|row| row.causes.len() * (row.causes.len() - 1) / 2).sum();
    page.say(&format!(
        "The causes of the scenarios form {pairs} pairs. {} of them never have the same complaint, so that the operation and \
         the message are enough to tell them apart. The other {met} pairs share a complaint. {alike} of these are in the \
         first chapter; for all others, every world of one cause can be told apart from every world of the other.",
        pairs - met
    ));
}

/// A link to a cause in the reference.
fn cause(id: &str) -> String {
    format!("[{}](REFERENCE.md#cause-{id})", code(id))
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

const COLUMNS: [Column; 14] = [
    Column::Cause,
    Column::By(Aspect::Registry),
    Column::By(Aspect::Files),
    Column::By(Aspect::Volumes),
    Column::By(Aspect::Services),
    Column::By(Aspect::Tasks),
    Column::By(Aspect::Devices),
    Column::By(Aspect::Programs),
    Column::By(Aspect::System),
    Column::By(Aspect::Browser),
    Column::By(Aspect::Clock),
    Column::By(Aspect::Network),
    Column::By(Aspect::Proxies),
    Column::By(Aspect::Cloud),
];

const CONTENTS: [(&str, &str); 4] = [
    ("alike", "Causes that cannot be told apart"),
    ("shown", "Where causes are visible"),
    ("confused", "Causes that are most similar"),
    ("apart", "Causes that never meet"),
];

const INTRO: &str = "\
Which causes a subject can tell apart, how, and which it cannot. For every play, the lab created the broken world, tried the \
operation once, and then made *every* call of the host port: each file as each account, the registry, services, tasks, devices, \
programs, browsers, the clock, each server, address and proxy of any world (even if nothing on the machine names it), each TLS \
version, and the cloud's answers to the machine's users and credentials files. No subject sees more. Worlds for which all calls \
give the same results cannot be told apart; a call with different results proves that two worlds can.

This page is generated by `marslab look-alikes`; do not edit it. Scenarios can have several causes in one group \
(`any = [a, b]`) only if the first chapter lists them.";

const ALIKE: &str = "\
In these worlds each of the causes is a correct answer, and the remedies of each cure the failure, which the scenarios show. \
The proof: plays with different faults in which every call gives the same result.";

const SHOWN: &str = "\
Where the broken worlds differ from the healthy ones before the operation is tried: ● in all plays of the cause, ○ in some. \
*system* stands for names, accounts, updates, antivirus software, environment variables and certificates; *network* and \
*proxies* for connections without and with a proxy. The traces of the operation itself, above all in the agent's log, are not \
included.";

const CONFUSED: &str = "\
For each complaint (the operation, and the message or the section's question) and each of its causes: the most similar other \
cause. That is one whose fault is visible in the same calls, or else in calls of the same kind, or else any; and of these the \
world with the fewest calls that differ. The last column shows the simplest of these calls, with its results in both worlds. \
If few calls differ, a subject has to look closely. Plays with several faults are not included.";
