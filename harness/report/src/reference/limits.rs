//! The limits, and the plays on either side of each.

use super::page::{Page, code, prose};
use marslab_live::Limits;

use crate::limits_table::{ADVISED, Limit, UNMET, table};

/// The chapter.
pub(super) fn write(page: &mut Page) {
    page.heading(2, "limits", "Limits");
    page.say(INTRO);
    let head = ["limit", "value", "unit", "source", "inside", "outside"];
    let rows: Vec<_> = table(&Limits::default()).iter().map(row).collect();
    page.table(head, &rows);
    page.say("Limits that are only advised, not enforced:");
    let advised = ADVISED.map(|[_, what, value, unit, source, inside, outside]| {
        [prose(what), prose(value), prose(unit), prose(source), code(inside), code(outside)]
    });
    page.table(head, &advised);
    page.say("Limits without a play on the outside:");
    page.table(["limit", "value", "because"], &UNMET.map(|row| row.map(prose)));
}

fn row(limit: &Limit) -> [String; 6] {
    let Limit { name: _, what, value, unit, source, inside, outside } = limit;
    [prose(what), prose(value), prose(unit), prose(source), code(inside), code(outside)]
}

const INTRO: &str = "\
The numbers at which something starts to fail, with a play just inside and one just outside of each: less than a unit away,
or exactly at the limit if the source defines it. A play on both sides starts outside and is cured to the inside. Tests
shift each limit by a unit in both directions, in the lab and in the reference core, and check that the play on that side
is no longer confirmed. † marks values without a public source.";
