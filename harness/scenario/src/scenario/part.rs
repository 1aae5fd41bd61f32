//! Reading the parts of a scenario file. What is not of the right shape was reported by
//! [`check`](super::check) and is passed over here.

use std::collections::BTreeSet;
use std::ops::Range;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use marslab_live::Step;
use marslab_model::Operation;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::library::Library;
use crate::catalogue::{Article, Catalogue, Failure};
use crate::play::{
    Ago, ComplaintSource, Cure, Expect, Group, Named, Past, PastChoice, Play, Source, SourceFile,
};
use marslab_actions::action_spec::{ActionSpec, Written};
use marslab_actions::fault::Fault;
use marslab_actions::problem::Problem;
use marslab_actions::setting::Setting;
use marslab_faults::faults::fault;
use marslab_faults::settings::SETTINGS;
use marslab_remedies::remedy;

/// Where a file was read, and what it can refer to.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    pub(super) library: &'a Library<'a>,
    pub(super) source: &'a Arc<SourceFile>,
}

/// The text behind a key.
pub(super) fn text<'t>(table: &'t DeTable<'_>, key: &str) -> Option<&'t str> {
    match table.get(key)?.get_ref() {
        DeValue::String(text) => Some(text),
        _ => None,
    }
}

/// The table behind a key.
pub(super) fn table<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<&'t DeTable<'i>> {
    match table.get(key)?.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

/// The entries of the list behind a key; none where there is no list.
pub(super) fn entries<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> &'t [Spanned<DeValue<'i>>] {
    match table.get(key).map(Spanned::get_ref) {
        Some(DeValue::Array(entries)) => entries,
        _ => &[],
    }
}

/// The tables in the list behind a key.
pub(super) fn tables<'t, 'i>(
    table: &'t DeTable<'i>,
    key: &str,
) -> impl Iterator<Item = &'t DeTable<'i>> {
    entries(table, key).iter().filter_map(|entry| match entry.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    })
}

/// The row that the file names.
pub(super) fn failure<'c>(file: &DeTable<'_>, catalogue: &'c Catalogue) -> Option<&'c Failure> {
    catalogue.failure(text(file, "failure")?)
}

/// The article that the file names.
pub(super) fn article(file: &DeTable<'_>) -> Option<Article> {
    let name = text(file, "article")?;
    Article::ALL.into_iter().find(|article| article.id() == name)
}

/// The play that the file describes. Nothing where a part is wrong, which is then reported.
pub(super) fn play(
    name: String,
    file: &DeTable<'_>,
    origin: &Origin<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Play> {
    let catalogue = origin.library.catalogue;
    let given = settings(file, problems);
    let faults = faults(file, problems);
    let cures = tables(file, "cure");
    let cures = cures.filter_map(|table| cure(table, origin.library, problems)).collect();
    let when = table(file, "when")?;
    Some(Play {
        title: text(file, "title")?.to_owned(),
        article: article(file)?,
        name,
        failure: failure(file, catalogue).map(|row| row.id.clone()),
        given,
        faults,
        operation: Operation::from_str(text(when, "operation")?).ok()?,
        reported_operation: text(when, "reported-operation")
            .and_then(|name| Operation::from_str(name).ok()),
        complaint: words(file)
            .or_else(|| text(when, "complaint").and_then(|id| told(id, catalogue))),
        twin: text(file, "twin").map(str::to_owned),
        past: table(file, "past").map(past).unwrap_or_default(),
        expect: table(file, "then").map(|then| expect(then, catalogue)).unwrap_or_default(),
        cures,
        parts: Vec::new(),
        cast: Arc::clone(&origin.library.cast),
        source: Source::File(Arc::clone(origin.source)),
    })
}

fn past(table: &DeTable<'_>) -> PastChoice {
    let past = |key| {
        let name = text(table, key)?;
        Past::ALL.into_iter().find(|past| past.name() == name)
    };
    let ago = Ago::ALL.into_iter().find(|ago| text(table, "ago") == Some(ago.name()));
    PastChoice { healthy: past("healthy"), broken: past("broken"), ago: ago.unwrap_or_default() }
}

/// The settings, in the order of their table, not of the file: a later one may build on an earlier one.
fn settings(file: &DeTable<'_>, problems: &mut Vec<Problem>) -> Vec<Named<dyn Setting>> {
    let Some(given) = table(file, "given") else { return Vec::new() };
    let found = SETTINGS.iter().filter_map(|kind| {
        let (name, value) = given.get_key_value(kind.name)?;
        named(kind, (name.span(), value), Written::Named, problems)
    });
    found.collect()
}

fn faults(file: &DeTable<'_>, problems: &mut Vec<Problem>) -> Vec<Named<dyn Fault>> {
    let entries = tables(file, "fault").flatten();
    let found = entries.filter_map(|(name, value)| {
        let kind = fault(name.get_ref())?;
        named(kind, (name.span(), value), Written::Named, problems)
    });
    found.collect()
}

fn cure(
    cure: &DeTable<'_>,
    Library { catalogue, cast, .. }: &Library<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Cure> {
    let name = cure.get("remedy")?;
    let then = table(cure, "then").map(|then| expect(then, catalogue));
    let id = text(cure, "remedy")?;
    let Some(kind) = remedy(id) else {
        let row = catalogue.remedy(id)?;
        let it = row.edit.as_ref()?.read(cast).ok()?;
        return Some(Cure {
            remedy: Named { name: interned(row.id.as_str()), it, at: name.span() },
            then,
        });
    };
    let none = Spanned::new(name.span(), DeValue::Table(DeTable::new()));
    let with = match cure.get("with") {
        Some(with) if !matches!(with.get_ref(), DeValue::Table(_)) => return None,
        with => with.unwrap_or(&none),
    };
    let remedy = named(kind, (name.span(), with), Written::With, problems)?;
    Some(Cure { remedy, then })
}

/// The same text, for as long as the program runs. Only ids of packs come here, which are read once.
fn interned(id: &str) -> &'static str {
    static KNOWN: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.get(id) {
        return known;
    }
    let id = Box::leak(id.into());
    known.insert(id);
    id
}

fn named<T: ?Sized>(
    kind: &ActionSpec<T>,
    (name, value): (Range<usize>, &Spanned<DeValue<'_>>),
    written: Written,
    problems: &mut Vec<Problem>,
) -> Option<Named<T>> {
    let at = name.clone();
    match kind.parse(name, value, written) {
        Ok(it) => Some(Named { name: kind.name, it, at }),
        Err(found) => {
            problems.extend(found);
            None
        }
    }
}

/// What the customer says in their own words.
pub(super) fn words(file: &DeTable<'_>) -> Option<ComplaintSource> {
    let words = table(file, "complaint").and_then(|it| text(it, "message"))?;
    Some(ComplaintSource::Words(words.trim().to_owned()))
}

fn told(id: &str, catalogue: &Catalogue) -> Option<ComplaintSource> {
    let message = catalogue.message(id).map(|message| ComplaintSource::Message(message.id.clone()));
    message.or_else(|| {
        catalogue.section(id).map(|section| ComplaintSource::Question(section.id.clone()))
    })
}

fn expect(then: &DeTable<'_>, catalogue: &Catalogue) -> Expect {
    let groups = |key| tables(then, key).map(|table| group(table, catalogue)).collect();
    Expect {
        error: text(then, "error").map(str::to_owned),
        says: text(then, "says").map(str::to_owned),
        stops_at: text(then, "stops-at").and_then(Step::named),
        findings: groups("finding"),
        may: groups("may"),
        advice: groups("advice"),
    }
}

fn group(group: &DeTable<'_>, catalogue: &Catalogue) -> Group {
    let causes = causes(group).filter_map(|(id, _)| catalogue.cause(id));
    Group {
        any: causes.map(|cause| cause.id.clone()).collect(),
        about: text(group, "about").map(str::to_owned),
    }
}

/// The causes that a group names, and where they stand.
pub(super) fn causes<'t>(group: &'t DeTable<'_>) -> impl Iterator<Item = (&'t str, Range<usize>)> {
    entries(group, "any").iter().filter_map(|value| match value.get_ref() {
        DeValue::String(text) => Some((text.as_ref(), value.span())),
        _ => None,
    })
}
