//! The catalogue of documented failures: what the troubleshooting articles name, as data.
//!
//! Eight tables are in `scenarios/catalogue/` and are embedded in the program. A *failure* is one documented row. It
//! refers by id to a section, to the messages on the console, to the causes that a core can establish and to the
//! remedies that the articles advise; [`Catalogue::parse`] reports every broken reference at once.
//!
//! The three articles of 2019 are the measure: `failures.toml` has their rows and no others. What newer articles
//! document besides is in `beyond.toml`, and is counted separately. The causes that cannot be told apart are in
//! `look-alikes.toml`; the reports' look-alikes prove it.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use self::reader::{Origin, Reader};

mod area;
mod article;
mod edit_text;
mod mistake;
mod reader;
mod rows;

pub use area::{Area, AreaAccount};
pub use article::Article;
pub use edit_text::EditText;
pub use mistake::{CatalogueError, Mistake, Place};
pub use rows::{
    AreaId, Cause, CauseId, Failure, FailureId, FailureKind, LookAlike, LookAlikeId, Remedy,
    RemedyId, Section, SectionId,
};

pub use marslab_live::product::{Message, MessageId};
pub use marslab_model::Wording;

/// The eight tables, every reference in them known to lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// The articles' sections.
    pub sections: BTreeMap<SectionId, Section>,
    /// What stands on the console, or what a customer says where nothing does.
    pub messages: BTreeMap<MessageId, Message>,
    /// What a diagnostic core can establish.
    pub causes: BTreeMap<CauseId, Cause>,
    /// What a diagnosis can leave unchecked.
    pub areas: BTreeMap<AreaId, Area>,
    /// What the articles tell the administrator to do.
    pub remedies: BTreeMap<RemedyId, Remedy>,
    /// The documented failures; [`Catalogue::failures_in_order`] goes through them as the articles do.
    pub failures: BTreeMap<FailureId, Failure>,
    /// The causes that cannot be told apart.
    pub look_alikes: BTreeMap<LookAlikeId, LookAlike>,
    order: Vec<FailureId>,
}

impl Catalogue {
    /// Reads the eight tables and reports all their mistakes, in the order of their places.
    ///
    /// References are followed only once every table can be read: an unreadable table would turn each reference to
    /// it into a mistake of its own.
    pub fn parse(sources: &Sources<'_>) -> Result<Self, Vec<CatalogueError>> {
        let mut reader = Reader::new(sources);
        let sections = reader.read::<Section>();
        let messages = reader.read::<Message>();
        let causes = reader.read::<Cause>();
        let areas = reader.read::<Area>();
        let remedies = reader.read::<Remedy>();
        let mut failures = reader.read::<Failure>();
        reader.read_into(Table::Beyond, &mut failures);
        let look_alikes = reader.read::<LookAlike>();
        if reader.all_readable() {
            for placed in failures.values() {
                reader.follow(placed, slice::from_ref(&placed.row().section), &sections);
                reader.follow(placed, &placed.row().errors, &messages);
                reader.follow(placed, &placed.row().causes, &causes);
                reader.follow(placed, &placed.row().remedies, &remedies);
                reader.follow(placed, &placed.row().members, &failures);
                reader.check_kind(placed);
                reader.check_table(placed);
            }
            remedies.values().for_each(|placed| reader.check_edit(placed));
            for placed in causes.values() {
                reader.check_areas(placed, &areas);
            }
            for placed in look_alikes.values() {
                reader.check_look_alike(placed, &causes);
            }
        }
        reader.finish()?;
        Ok(Self {
            order: reader::in_order_of_places(&failures),
            sections: reader::plain(sections),
            messages: reader::plain(messages),
            causes: reader::plain(causes),
            areas: reader::plain(areas),
            remedies: reader::plain(remedies),
            failures: reader::plain(failures),
            look_alikes: reader::plain(look_alikes),
        })
    }

    /// The section with this id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.get(id)
    }

    /// The message with this id.
    pub fn message(&self, id: &str) -> Option<&Message> {
        self.messages.get(id)
    }

    /// The cause with this id.
    pub fn cause(&self, id: &str) -> Option<&Cause> {
        self.causes.get(id)
    }

    /// The area with this id.
    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.get(id)
    }

    /// The remedy with this id.
    pub fn remedy(&self, id: &str) -> Option<&Remedy> {
        self.remedies.get(id)
    }

    /// The documented failure with this id.
    pub fn failure(&self, id: &str) -> Option<&Failure> {
        self.failures.get(id)
    }

    /// What is documented to cure a cause, with whichever failure.
    pub fn remedies_for(&self, cause: &str) -> BTreeSet<&str> {
        let has_cause = |row: &&Failure| row.causes.iter().any(|known| known.as_str() == cause);
        let rows = self.failures.values().filter(has_cause);
        rows.flat_map(|row| &row.remedies).map(RemedyId::as_str).collect()
    }

    /// The row by which no two of these causes can be told apart.
    pub fn look_alike(&self, causes: &[&str]) -> Option<&LookAlike> {
        let holds = |row: &&LookAlike| {
            causes.iter().all(|cause| row.causes.iter().any(|known| known.as_str() == *cause))
        };
        self.look_alikes.values().find(holds)
    }

    /// The documented failures in the order of the tables: those of the articles of 2019 in the order of their sections,
    /// then those beyond them.
    pub fn failures_in_order(&self) -> impl Iterator<Item = &Failure> {
        self.order.iter().filter_map(|id| self.failures.get(id))
    }
}

/// The text of the eight tables, and of those that packs have.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// `sections.toml`
    pub sections: &'a str,
    /// `messages.toml`
    pub messages: &'a str,
    /// `causes.toml`
    pub causes: &'a str,
    /// `areas.toml`
    pub areas: &'a str,
    /// `remedies.toml`
    pub remedies: &'a str,
    /// `failures.toml`
    pub failures: &'a str,
    /// `beyond.toml`
    pub beyond: &'a str,
    /// `look-alikes.toml`
    pub look_alikes: &'a str,
    /// The tables of packs.
    pub packs: &'a [PackTable],
}

/// A table of a pack.
#[derive(Clone, Debug)]
pub struct PackTable {
    /// The pack's name.
    pub pack: String,
    /// Which table.
    pub table: Table,
    /// Its file, as messages name it.
    pub file: String,
    /// Its text.
    pub text: String,
}

impl Sources<'static> {
    /// The tables that this build was made with.
    pub const EMBEDDED: Self = Self {
        sections: marslab_scenarios::catalogue::SECTIONS,
        messages: marslab_scenarios::catalogue::MESSAGES,
        causes: marslab_scenarios::catalogue::CAUSES,
        areas: marslab_scenarios::catalogue::AREAS,
        remedies: marslab_scenarios::catalogue::REMEDIES,
        failures: marslab_scenarios::catalogue::FAILURES,
        beyond: marslab_scenarios::catalogue::BEYOND,
        look_alikes: marslab_scenarios::catalogue::LOOK_ALIKES,
        packs: &[],
    };
}

impl Sources<'_> {
    /// The texts in which there are rows of a table.
    fn origins(&self, table: Table) -> Vec<Origin> {
        let of_packs = self.packs.iter().enumerate().filter(|(_, it)| it.table == table);
        let of_packs = of_packs.map(|(index, _)| Origin { pack: Some(index), table });
        std::iter::once(Origin { pack: None, table }).chain(of_packs).collect()
    }

    fn pack_table(&self, of: Origin) -> Option<&PackTable> {
        self.packs.get(of.pack?)
    }

    fn pack(&self, of: Origin) -> Option<&str> {
        self.pack_table(of).map(|table| table.pack.as_str())
    }

    fn text(&self, of: Origin) -> &str {
        if let Some(table) = self.pack_table(of) {
            return &table.text;
        }
        match of.table {
            Table::Sections => self.sections,
            Table::Messages => self.messages,
            Table::Causes => self.causes,
            Table::Areas => self.areas,
            Table::Remedies => self.remedies,
            Table::Failures => self.failures,
            Table::Beyond => self.beyond,
            Table::LookAlikes => self.look_alikes,
        }
    }

    fn place(&self, (of, offset): (Origin, usize)) -> Place {
        let file =
            self.pack_table(of).map_or_else(|| of.table.file(), |table| &table.file).to_owned();
        Place::new(file, self.text(of), offset)
    }
}

/// One of the eight tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Of [`Section`]s.
    Sections,
    /// Of [`Message`]s.
    Messages,
    /// Of [`Cause`]s.
    Causes,
    /// Of [`Area`]s.
    Areas,
    /// Of [`Remedy`]s.
    Remedies,
    /// Of the [`Failure`]s of the articles of 2019.
    Failures,
    /// Of the [`Failure`]s that only newer articles document.
    Beyond,
    /// Of [`LookAlike`]s.
    LookAlikes,
}

impl Table {
    /// The name of its file.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Sections => "sections.toml",
            Self::Messages => "messages.toml",
            Self::Causes => "causes.toml",
            Self::Areas => "areas.toml",
            Self::Remedies => "remedies.toml",
            Self::Failures => "failures.toml",
            Self::Beyond => "beyond.toml",
            Self::LookAlikes => "look-alikes.toml",
        }
    }

    /// What one of its rows is called, in the file (`[[cause]]`) and in messages.
    pub const fn row(self) -> &'static str {
        match self {
            Self::Sections => "section",
            Self::Messages => "message",
            Self::Causes => "cause",
            Self::Areas => "area",
            Self::Remedies => "remedy",
            Self::Failures | Self::Beyond => "failure",
            Self::LookAlikes => "look-alike",
        }
    }
}

#[cfg(test)]
mod tests;
