//! One scenario of each kind, quoted from the corpus.

use super::page::{Page, code};
use marslab_scenario::PlayKind;
use marslab_scenario::corpus;
use marslab_scenario::scenario::Scenario;

/// The chapter.
pub(super) fn write(page: &mut Page) {
    page.heading(2, "examples", "Examples");
    for example in EXAMPLES {
        let Some(scenario) = example.scenario() else { continue };
        page.heading(3, "", example.title);
        page.say(example.what);
        page.say(&format!("{}:", code(&scenario.name)));
        page.code("toml", corpus::text(&scenario.name).unwrap_or_default());
    }
}

struct Example {
    title: &'static str,
    what: &'static str,
    /// The scenario that is shown, as long as there is one with this name that fits.
    name: &'static str,
    fits: fn(&Scenario) -> bool,
}

impl Example {
    fn scenario(&self) -> Option<&'static Scenario> {
        let fitting = || corpus::corpus().iter().filter(|scenario| (self.fits)(scenario));
        let by_name = fitting().find(|scenario| scenario.name == self.name);
        by_name.or_else(|| fitting().next())
    }
}

fn is_of(scenario: &Scenario, kind: PlayKind) -> bool {
    scenario.plays.first().is_some_and(|play| play.kind() == kind)
}

fn has_several_faults(scenario: &Scenario) -> bool {
    scenario.plays.first().is_some_and(|play| play.faults.len() > 1)
}

const EXAMPLES: [Example; 6] = [
    Example {
        title: "A failure",
        what: "The operation fails with the documented error, and the remedy cures it.",
        name: "proxy-authentication-required",
        fits: |it| is_of(it, PlayKind::Failure) && !has_several_faults(it),
    },
    Example {
        title: "A failure with cases",
        what: "The same failure in several ways.",
        name: "blocked-url-www.msftncsi.com",
        fits: |it| is_of(it, PlayKind::Failure) && it.plays.len() > 2,
    },
    Example {
        title: "A check",
        what: "The operation succeeds, but the subject should give advice. The customer reports no error, but asks the \
               section's question.",
        name: "agent-outdated",
        fits: |it| is_of(it, PlayKind::Check),
    },
    Example {
        title: "A step",
        what: "Everything else has been corrected before; only this step is missing.",
        name: "restart-pending",
        fits: |it| is_of(it, PlayKind::Step),
    },
    Example {
        title: "A control",
        what: "Something was changed that looks like a fault but is harmless. The customer complains, but the operation \
               succeeds and nothing must be found.",
        name: "powershell-3.0",
        fits: |it| is_of(it, PlayKind::Control),
    },
    Example {
        title: "A compound",
        what: "Several plays at once. One fault hides another, so that the first cure reveals the next error.",
        name: "proxy-asks-and-kek-missing",
        fits: |it| is_of(it, PlayKind::Compound),
    },
];
