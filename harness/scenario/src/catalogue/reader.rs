//! Reading the tables, and gathering the mistakes in them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use marslab_live::product::Additions;
use marslab_model::world::Cast;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::{
    Area, Article, CatalogueError, Cause, Failure, FailureId, FailureKind, LookAlike, Mistake,
    Remedy, Sources, Table,
};

/// A row of one of the tables.
pub(super) trait Row: DeserializeOwned {
    type Id: Ord + Clone + fmt::Display;
    const TABLE: Table;

    fn id(&self) -> &Self::Id;
}

/// A row, and where it is.
pub(super) struct Placed<R> {
    source: Origin,
    row: Spanned<R>,
}

impl<R> Placed<R> {
    /// The row.
    pub(super) fn row(&self) -> &R {
        self.row.get_ref()
    }

    /// Whether it is in a pack.
    pub(super) const fn is_of_pack(&self) -> bool {
        self.source.pack.is_some()
    }

    fn place(&self) -> Spot {
        (self.source, self.row.span().start)
    }
}

/// A text in which a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    /// The number of the pack's table; nothing for those of this build.
    pub(super) pack: Option<usize>,
    /// Which table.
    pub(super) table: Table,
}

/// A text, and how many bytes of it are before the place.
type Spot = (Origin, usize);

/// The messages of a pack's file, in which there is more.
#[derive(Deserialize)]
#[serde(bound = "R: DeserializeOwned")]
struct Messages<R> {
    #[serde(default = "Vec::new", rename = "message")]
    rows: Vec<Spanned<R>>,
}

/// Rows by their ids.
pub(super) type Rows<R> = BTreeMap<<R as Row>::Id, Placed<R>>;

/// Reads tables and gathers the mistakes in them.
pub(super) struct Reader<'a> {
    sources: &'a Sources<'a>,
    mistakes: Vec<(Spot, CatalogueError)>,
}

impl<'a> Reader<'a> {
    /// Somebody who has read nothing yet.
    pub(super) fn new(sources: &'a Sources<'a>) -> Self {
        Self { sources, mistakes: Vec::new() }
    }

    /// The rows of a table by their ids; of two rows with one id, the first.
    pub(super) fn read<R: Row>(&mut self) -> Rows<R> {
        let mut rows = Rows::<R>::new();
        self.read_into(R::TABLE, &mut rows);
        rows
    }

    /// Adds the rows of one more table, and of those that packs have of it.
    pub(super) fn read_into<R: Row>(&mut self, table: Table, rows: &mut Rows<R>) {
        for source in self.sources.origins(table) {
            for row in self.rows::<R>(source) {
                self.add(source, row, rows);
            }
        }
    }

    fn add<R: Row>(&mut self, source: Origin, row: Spanned<R>, rows: &mut Rows<R>) {
        let offset = row.span().start;
        let id = row.get_ref().id().to_string();
        match self.sources.pack(source) {
            Some(pack) if id.strip_prefix(pack).is_none_or(|rest| !rest.starts_with('/')) => {
                let mistake = Mistake::Unqualified { id: id.clone(), pack: pack.to_owned() };
                self.report((source, offset), mistake);
            }
            _ => {}
        }
        match rows.entry(row.get_ref().id().clone()) {
            Entry::Vacant(free) => _ = free.insert(Placed { source, row }),
            Entry::Occupied(taken) => {
                let first = self.sources.place(taken.get().place());
                self.report((source, offset), Mistake::Duplicate { id, first });
            }
        }
    }

    /// The rows of one text in their order; none where it cannot be read.
    fn rows<R: Row>(&mut self, source: Origin) -> Vec<Spanned<R>> {
        let table = source.table;
        if source.pack.is_some() && table == Table::Messages {
            let text = self.sources.text(source);
            let whole = toml::from_str::<Additions>(text);
            let read = whole.and_then(|_all| toml::from_str::<Messages<R>>(text));
            return read.map(|it| it.rows).unwrap_or_else(|error| {
                let offset = error.span().unwrap_or_default().start;
                self.report((source, offset), Mistake::Unreadable(error.message().to_owned()));
                Vec::new()
            });
        }
        // A table may have no rows, but not others.
        let read = toml::from_str::<BTreeMap<Spanned<String>, Vec<Spanned<R>>>>;
        let (offset, reason) = match read(self.sources.text(source)) {
            Err(error) => (error.span().unwrap_or_default().start, error.message().to_owned()),
            Ok(tables) => match tables.keys().find(|name| name.get_ref() != table.row()) {
                Some(name) => (name.span().start, unknown_table(name.get_ref(), table)),
                None => return tables.into_values().flatten().collect(),
            },
        };
        self.report((source, offset), Mistake::Unreadable(reason));
        Vec::new()
    }

    /// Whether every table could be read.
    pub(super) fn all_readable(&self) -> bool {
        let mut mistakes = self.mistakes.iter().map(|(_, error)| &error.mistake);
        !mistakes.any(|mistake| matches!(mistake, Mistake::Unreadable(_)))
    }

    /// Reports each of the ids in a failure that its table does not have.
    pub(super) fn follow<R: Row>(
        &mut self,
        placed: &Placed<Failure>,
        ids: &[R::Id],
        known: &Rows<R>,
    ) {
        for id in ids.iter().filter(|id| !known.contains_key(id)) {
            let failure = placed.row().id.clone();
            let mistake = Mistake::Dangling { failure, table: R::TABLE, id: id.to_string() };
            self.report(placed.place(), mistake);
        }
    }

    /// Reports lists that a failure of its kind needs and lacks, or has and cannot have.
    pub(super) fn check_kind(&mut self, placed: &Placed<Failure>) {
        let Failure { id: failure, kind, causes, remedies, articles, members, .. } = placed.row();
        let is_umbrella = *kind == FailureKind::Umbrella;
        for (field, is_empty, belongs) in [
            ("causes", causes.is_empty(), !is_umbrella),
            ("remedies", remedies.is_empty(), !is_umbrella),
            ("members", members.is_empty(), is_umbrella),
            ("articles", articles.is_empty(), true),
        ] {
            let (failure, kind) = (failure.clone(), *kind);
            if is_empty && belongs {
                self.report(placed.place(), Mistake::Missing { failure, kind, field });
            } else if !is_empty && !belongs {
                self.report(placed.place(), Mistake::Unfitting { failure, kind, field });
            }
        }
    }

    /// Reports articles whose rows stand in the other table.
    pub(super) fn check_table(&mut self, placed: &Placed<Failure>) {
        let Failure { id, articles, .. } = placed.row();
        // A pack has one table for all of its failures.
        let is_misplaced =
            |article: &&Article| !placed.is_of_pack() && article.table() != placed.source.table;
        for article in articles.iter().filter(is_misplaced) {
            let mistake = Mistake::Misplaced { failure: id.clone(), article: *article };
            self.report(placed.place(), mistake);
        }
    }

    /// Reports areas of a cause that do not exist.
    pub(super) fn check_areas(&mut self, placed: &Placed<Cause>, known: &Rows<Area>) {
        let Cause { id, areas, .. } = placed.row();
        for area in areas.iter().filter(|area| !known.contains_key(*area)) {
            let mistake = Mistake::NoArea { cause: id.clone(), area: area.clone() };
            self.report(placed.place(), mistake);
        }
    }

    /// Reports causes of a look-alike that do not exist, or that stand alone in it.
    pub(super) fn check_look_alike(&mut self, placed: &Placed<LookAlike>, known: &Rows<Cause>) {
        let LookAlike { id, causes, .. } = placed.row();
        for cause in causes.iter().filter(|cause| !known.contains_key(*cause)) {
            let mistake = Mistake::NoCause { look_alike: id.clone(), cause: cause.clone() };
            self.report(placed.place(), mistake);
        }
        if causes.len() < 2 {
            self.report(placed.place(), Mistake::Alone(id.clone()));
        }
    }

    /// Reports edits that are none.
    pub(super) fn check_edit(&mut self, placed: &Placed<Remedy>) {
        let Remedy { id, edit, .. } = placed.row();
        let mistake = match edit {
            // What this build names is carried out by code.
            None if placed.is_of_pack() => Mistake::NoEdit(id.clone()),
            None => return,
            Some(edit) => match edit.read(&Cast::plain()) {
                Ok(_) => return,
                Err(why) => Mistake::BadEdit { remedy: id.clone(), why },
            },
        };
        self.report(placed.place(), mistake);
    }

    fn report(&mut self, spot: Spot, mistake: Mistake) {
        let place = self.sources.place(spot);
        self.mistakes.push((spot, CatalogueError { place, mistake }));
    }

    /// The mistakes in the order of their places, if there are any.
    pub(super) fn finish(mut self) -> Result<(), Vec<CatalogueError>> {
        if self.mistakes.is_empty() {
            return Ok(());
        }
        self.mistakes.sort();
        Err(self.mistakes.into_iter().map(|(_, error)| error).collect())
    }
}

fn unknown_table(name: &str, table: Table) -> String {
    format!("unknown table `{name}`, expected `{}`", table.row())
}

/// The ids in the order in which the rows stand in their tables.
pub(super) fn in_order_of_places(failures: &Rows<Failure>) -> Vec<FailureId> {
    let mut rows: Vec<_> = failures.iter().collect();
    rows.sort_by_key(|(_, placed)| placed.place());
    rows.into_iter().map(|(id, _)| id.clone()).collect()
}

/// The rows without their places.
pub(super) fn plain<R: Row>(rows: Rows<R>) -> BTreeMap<R::Id, R> {
    rows.into_iter().map(|(id, placed)| (id, placed.row.into_inner())).collect()
}
