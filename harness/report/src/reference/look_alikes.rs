//! The page of look-alikes: which causes can be told apart, by what, and which cannot.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{Page, code, codes, prose, sentence};
use crate::look_alikes::{Comparison, Confusion, Observation, Witness};
use marslab_census::Sense;
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
    page.heading(2, "alike", "What nobody can tell apart");
    page.say(ALIKE);
    let classes = comparison.alike();
    for row in Catalogue::embedded().look_alikes.values() {
        let causes: Vec<String> = row.causes.iter().map(|id| cause(id.as_str())).collect();
        page.heading(3, &format!("look-alike-{}", row.id), &code(row.id.as_str()));
        page.items(causes.into_iter().zip(&row.causes).map(|(link, id)| {
            let title = Catalogue::embedded().cause(id.as_str()).map(|cause| cause.title.as_str());
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
        "The worlds are the same, field for field.".to_owned()
    } else {
        let unseen: Vec<String> = unseen.into_iter().collect();
        format!("The worlds differ where nobody sees it: {}.", unseen.join(", "))
    };
    page.say(&format!("Operation {}, {}. {unseen}", code(operation), code(error)));
    let rows: Vec<[String; 4]> = class.iter().map(|observation| making(observation)).collect();
    page.table(["play", "before", "broken by", "cured by"], &rows);
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
    let rows = Catalogue::embedded().failures_in_order();
    let rows = rows.filter(|row| row.causes.contains(id));
    let remedies: BTreeSet<&str> =
        rows.flat_map(|row| row.remedies.iter().map(|id| id.as_str())).collect();
    let links = remedies.iter().map(|id| format!("[{}](REFERENCE.md#remedy-{id})", code(id)));
    links.collect::<Vec<_>>().join(", ")
}

fn shown(page: &mut Page, comparison: &Comparison<'_>) {
    page.heading(2, "shown", "By which looks a cause shows");
    page.say(SHOWN);
    let shown = comparison.shown_by();
    let rows: Vec<[String; COLUMNS.len()]> =
        shown.iter().map(|(id, senses)| row(id, senses)).collect();
    page.table(COLUMNS.map(Column::name), &rows);
}

/// A column of the table of looks.
#[derive(Clone, Copy)]
enum Column {
    Cause,
    By(Sense),
}

impl Column {
    const fn name(self) -> &'static str {
        match self {
            Self::Cause => "cause",
            Self::By(sense) => sense.name(),
        }
    }
}

fn row(id: &str, senses: &BTreeMap<Sense, bool>) -> [String; COLUMNS.len()] {
    let mark = |all: bool| if all { "●" } else { "○" };
    COLUMNS.map(|column| match column {
        Column::Cause => cause(id),
        Column::By(sense) => senses.get(&sense).map_or("", |all| mark(*all)).to_owned(),
    })
}

fn confused(page: &mut Page, comparison: &Comparison<'_>) {
    page.heading(2, "confused", "What is most easily taken for what");
    page.say(CONFUSED);
    let mut by_complaint = BTreeMap::<_, Vec<_>>::new();
    for confusion in comparison.confusions() {
        by_complaint.entry(confusion.complained).or_default().push(confusion);
    }
    for ((operation, said), confusions) in by_complaint {
        page.heading(3, "", &format!("{}, {}", code(operation), code(said)));
        let rows: Vec<[String; 5]> = confusions.iter().map(confusion).collect();
        page.table(["cause", "nearest", "both show in", "looks that differ", "for example"], &rows);
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
            let other = it.other.senses();
            let senses = it.one.senses().into_iter().filter(|sense| other.contains(sense));
            or_dash(senses.map(Sense::name).collect::<Vec<_>>().join(", "))
        }
        1 => "1 look".to_owned(),
        many => format!("{many} looks"),
    }
}

/// A look and what is seen by it in either world.
fn witness(it: &Witness<'_>) -> String {
    let seen = |seen: Option<&str>| seen.map_or_else(|| "absent".to_owned(), code);
    let (sense, asked) = (it.question.sense, code(&it.question.asked));
    format!("{sense}: {asked}: {} / {}", seen(it.one), seen(it.other))
}

fn apart(page: &mut Page, comparison: &Comparison<'_>) {
    page.heading(2, "apart", "What needs no telling apart");
    let (pairs, met) = comparison.pairs();
    let alike = Catalogue::embedded().look_alikes.values();
    let alike: usize = alike.map(|row| row.causes.len() * (row.causes.len() - 1) / 2).sum();
    page.say(&format!(
        "The causes of the scenarios make {pairs} pairs. Of {} of them no complaint has both: whoever is told the operation and \
         the message has to do with one of the two only. The other {met} pairs share a complaint. {alike} of these are those \
         of the first chapter; of all others, every world of the one was told apart from every world of the other.",
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
    Column::By(Sense::Registry),
    Column::By(Sense::Files),
    Column::By(Sense::Volumes),
    Column::By(Sense::Services),
    Column::By(Sense::Tasks),
    Column::By(Sense::Devices),
    Column::By(Sense::Programs),
    Column::By(Sense::System),
    Column::By(Sense::Browser),
    Column::By(Sense::Clock),
    Column::By(Sense::Network),
    Column::By(Sense::Proxies),
    Column::By(Sense::Cloud),
];

const CONTENTS: [(&str, &str); 4] = [
    ("alike", "What nobody can tell apart"),
    ("shown", "By which looks a cause shows"),
    ("confused", "What is most easily taken for what"),
    ("apart", "What needs no telling apart"),
];

const INTRO: &str = "\
Which causes a diagnostic core can tell apart, by what, and which nobody can. For every play of the scenarios its broken world was \
made and the operation tried once; then *everything* was looked at that the host port shows: each file as each account, the \
registry, services, tasks, devices, programs, browsers, the clock, each server, address and proxy that any of the worlds \
has, even where nothing on the machine names it, each version of TLS, and what the cloud answers to the machine's users and \
credentials files. No core sees more. What differs in no look cannot be told apart; a look that differs is the proof that something can.

The command `marslab look-alikes` prints this page; do not change it by hand. Scenarios may name several causes in one \
group (`any = [a, b]`) only as the first chapter has them.";

const ALIKE: &str = "\
In these worlds each of the causes is a right answer, and the remedies of each bring the operation back; the scenarios play \
them. The proof: plays that were broken in different ways, and in which every look shows the same.";

const SHOWN: &str = "\
In what the broken worlds differ from the healthy ones before the operation is tried: ● in all plays of the cause, ○ in \
some. *system* are names, accounts, updates, the antivirus program, environments and certificates; *network* and *proxies* \
what connections meet without and with a proxy. What the operation itself leaves behind, in the agent's log above all, \
is left out.";

const CONFUSED: &str = "\
For each complaint (the operation, and the message or the section in whose name the customer asks) and each of its causes: \
the other cause that is most like it. That is one whose fault shows in the same looks, or else in looks of the same kind, or \
else any; and of these the world in which the fewest looks differ. The last column has the plainest of the looks that differ, \
as seen in the one world and in the other. Where few looks differ, a core has to look closely. Plays in which several things \
are wrong are left out.";
