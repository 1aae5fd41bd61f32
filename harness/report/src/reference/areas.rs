//! The areas that a diagnosis can leave unchecked, with their probes.

use marslab_scenario::catalogue::{Area, AreaAccount, Catalogue};

use super::page::{Page, code, codes, prose, sentence};

/// Every area.
pub(super) fn write(page: &mut Page) {
    page.heading(2, "areas", "Areas");
    page.say(AREAS);
    for area in Catalogue::known().areas.values() {
        page.heading(3, &format!("area-{}", area.id), &code(area.id.as_str()));
        page.say(&prose(&sentence(&area.title)));
        page.items(probes(area));
    }
}

/// What the probes of an area are, a sentence each. Names stand in backticks.
pub fn probes(area: &Area) -> Vec<String> {
    let mut probes = Vec::new();
    let accounts = area.accounts.iter().map(|account| match account {
        AreaAccount::System => "SYSTEM",
        AreaAccount::Administrator => "the administrator",
    });
    let who = accounts.collect::<Vec<_>>().join(" and as ");
    if !area.get.is_empty() {
        let answers = match (area.session, area.any) {
            (true, _) => ", in the session of the portal: the host itself allows each of",
            (false, true) => ": the host itself answers one of",
            (false, false) => ": the host itself answers each of",
        };
        let urls = codes(area.get.iter().map(String::as_str));
        probes.push(format!("As {who}{answers} {urls}."));
    }
    if !area.open.is_empty() {
        let paths = codes(area.open.iter().map(String::as_str));
        probes.push(format!("As {who}: all that is at or below {paths} can be read."));
    }
    let calls: Vec<String> = area.calls.iter().map(ToString::to_string).collect();
    if !calls.is_empty() {
        let calls = codes(calls.iter().map(String::as_str));
        probes.push(format!("These calls of the host port find something: {calls}."));
    }
    probes
}

const AREAS: &str = "\
The values of `what` in `unchecked` of a diagnosis. The lab makes the probes of an area in the world of the diagnosis. An area may
be left unchecked only where a probe fails, or is answered by somebody else than the host that was asked; and it has to be, where
a cause that is found there was not found.";
