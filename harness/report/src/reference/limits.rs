//! The limits, and which play stands on which side of each.

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
    page.say("What is only advised, and nothing enforces:");
    let advised = ADVISED.map(|[_, what, value, unit, source, inside, outside]| {
        [prose(what), prose(value), prose(unit), prose(source), code(inside), code(outside)]
    });
    page.table(head, &advised);
    page.say("Limits that no play stands outside of, or that are a scenario's own:");
    page.table(["limit", "value", "because"], &UNMET.map(|row| row.map(prose)));
}

fn row(limit: &Limit) -> [String; 6] {
    let Limit { name: _, what, value, unit, source, inside, outside } = limit;
    [prose(what), prose(value), prose(unit), prose(source), code(inside), code(outside)]
}

const INTRO: &str = "\
The numbers at which something begins to fail, and the plays that stand just inside and just outside of each: less than a
unit away, and on the point itself only where the source fixes it. A play that is named on both sides is cured to the
inside. Tests shift every limit by its unit to either side, in the lab and in the reference core, and the play on that
side is confirmed no more. † marks what no public source gives.";
