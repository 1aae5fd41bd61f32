//! The reference: all that a scenario file can say and every documented failure, as one Markdown document.
//!
//! It is made of the tables, schemas and scenarios that the lab itself works with, so that it cannot say anything
//! else than they do. It is checked in as `scenarios/REFERENCE.md`; the page of look-alikes, beside it, is made of what is
//! seen in the scenarios' worlds.

pub use self::look_alikes::markdown as look_alikes;
use self::page::Page;

mod examples;
mod failures;
mod grammar;
mod kinds;
mod left_out;
mod limits;
mod look_alikes;
mod page;
mod vocabulary;
mod world;

/// The whole document. The same for the same build, to the byte.
pub fn markdown() -> String {
    let mut page = Page::default();
    page.heading(1, "", "Reference");
    page.say(INTRO);
    page.items(CONTENTS.iter().map(|(anchor, title)| format!("[{title}](#{anchor})")));
    grammar::write(&mut page);
    examples::write(&mut page);
    world::write(&mut page);
    vocabulary::operations(&mut page);
    kinds::write(&mut page);
    vocabulary::messages(&mut page);
    vocabulary::causes(&mut page);
    failures::write(&mut page);
    limits::write(&mut page);
    left_out::write(&mut page);
    page.finish()
}

const INTRO: &str = "\
Everything that is needed to write a scenario, and every documented failure. The command `marslab reference` prints this
page from the tables that the lab works with; do not change it by hand. `marslab show NAME` tells the same of one thing,
`marslab new --from FAILURE` begins a scenario of a failure, `marslab check FILE` finds its mistakes, and
`marslab run --explain FILE` plays it.";

/// The chapters, as the page's own contents list them.
const CONTENTS: [(&str, &str); 13] = [
    ("grammar", "What stands in a scenario file"),
    ("examples", "One example of each kind"),
    ("world", "The healthy world"),
    ("operations", "Operations"),
    ("faults", "Faults"),
    ("settings", "Settings"),
    ("remedies", "Remedies"),
    ("types", "Types of values"),
    ("messages", "Messages"),
    ("causes", "Causes"),
    ("failures", "Documented failures"),
    ("limits", "Limits"),
    ("left-out", "Documented elsewhere, and not reproduced"),
];

#[cfg(test)]
mod tests;
