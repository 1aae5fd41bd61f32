//! What the parts of the page are made of: tables, sizes, moments.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use marslab_live::Live;
use marslab_model::host::{Account, System as _};
use marslab_model::world::Machine;
use marslab_state::Journal;
use maud::{Markup, html};

use super::pane::Pane;
use super::query::Query;
use crate::shown::Shown;
use crate::texts::Texts;

/// What the parts of a page are made of.
pub(crate) struct View<'a> {
    pub(crate) texts: &'static Texts,
    pub(crate) live: &'a Live,
    /// What was said on the network.
    pub(crate) journal: &'a Journal,
    /// As whom the machine is looked at.
    pub(crate) who: Account,
    pub(crate) query: &'a Query,
    pub(crate) shown: &'a Shown,
    /// Which pane is open where the address names none.
    pub(crate) otherwise: OpenPane,
}

/// Which pane is open where none was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpenPane {
    /// The first.
    First,
    /// None: what is looked at counts.
    None,
}

impl View<'_> {
    /// What is listed of the machine: the host port answers about names, and lists few.
    pub(super) fn of_machine<R: Default>(&self, list: impl FnOnce(&Machine) -> R) -> R {
        let world = self.live.snapshot().ok();
        let machine = world.as_ref().and_then(|it| it.machines.get(self.live.machine_name()));
        machine.map(list).unwrap_or_default()
    }

    /// The open pane.
    pub(super) fn pane(&self) -> Option<Pane> {
        let first = (self.otherwise == OpenPane::First).then_some(Pane::Services);
        Pane::of(self.query).or(first)
    }

    /// The address of the page as it is open.
    pub(super) fn address(&self) -> String {
        Pane::of(self.query).map_or_else(|| "/".to_owned(), |pane| pane.address(self.query))
    }

    /// Where a form leads back to: what is open stays open.
    pub(super) fn back(&self) -> Markup {
        html! { input type="hidden" name="back" value=(self.address()); }
    }

    /// A moment as the machine's clock shows it.
    pub(super) fn time(&self, at: Timestamp) -> String {
        let minutes = self.live.host().zone().utc_offset_minutes;
        let offset = Offset::from_seconds(minutes.saturating_mul(60)).unwrap_or(Offset::UTC);
        at.to_zoned(TimeZone::fixed(offset)).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}

/// A table whose first column names its rows.
pub(super) fn table(heads: &[&str], rows: &[Vec<Markup>], texts: &Texts) -> Markup {
    if rows.is_empty() {
        return html! { p.empty { (texts.nothing) } };
    }
    html! {
        div.scroll.many[heads.len() > COLUMNS_FEW] tabindex="0" role="group" {
            // In a narrow window its rows are blocks; the roles say that it is still a table.
            table role="table" {
                thead role="rowgroup" {
                    tr role="row" {
                        @for head in heads { th scope="col" role="columnheader" { (head) } }
                    }
                }
                tbody role="rowgroup" {
                    @for row in rows.iter().take(ROWS_MAX) {
                        tr role="row" {
                            @for (index, (head, cell)) in heads.iter().zip(row).enumerate() {
                                @if index == 0 {
                                    th scope="row" role="rowheader" { (cell) }
                                } @else {
                                    td role="cell" data-head=(head) { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if rows.len() > ROWS_MAX { p.empty { (texts.only_first) " " (ROWS_MAX) } }
    }
}

/// A size in bytes, for people.
pub(super) fn size(bytes: u64) -> String {
    let units = ["B", "KB", "MB", "GB", "TB"];
    let mut scaled = (bytes, 0);
    let mut unit = 0;
    while scaled.0 >= 1 << 10 && unit + 1 < units.len() {
        scaled = (scaled.0 >> 10, (scaled.0 & 1023) * 10 / 1024);
        unit += 1;
    }
    let name = units.get(unit).copied().unwrap_or_default();
    if unit == 0 { format!("{bytes} {name}") } else { format!("{}.{} {name}", scaled.0, scaled.1) }
}

/// More need a wide window to stand side by side.
const COLUMNS_FEW: usize = 5;

/// As many rows of a table as a person looks through.
pub(super) const ROWS_MAX: usize = 300;
