//! Hints: the area, where to look, the cause.

use std::collections::BTreeSet;

use marslab_engine::left_behind::Measure;
use marslab_model::FieldPath;
use marslab_model::tracked::Footprint;
use marslab_model::world::Language;
use marslab_scenario::catalogue::{Catalogue, Cause};
use marslab_scenario::scenario::{Group, Play};
use marslab_scenario::told;

/// How many there are, and what each costs.
pub(crate) const COSTS: [u32; 3] = [5, 10, 15];

/// The causes that count as right, in the order of the play.
pub(crate) fn causes(play: &Play) -> Vec<&'static Cause> {
    let own = play.expect.findings.iter().chain(&play.expect.advice);
    let of_parts = play.parts.iter().flat_map(|part| &part.expect.findings);
    let after = play.cures.iter().filter_map(|cure| cure.then.as_ref()).flat_map(|it| &it.findings);
    let groups: Vec<&Group> = own.chain(of_parts).chain(after).collect();
    let mut seen = BTreeSet::new();
    let ids = groups.into_iter().flat_map(|group| &group.any).filter(|id| seen.insert(id.as_str()));
    ids.filter_map(|id| Catalogue::known().cause(id.as_str())).collect()
}

/// What is to be found: of the faults' fields those that the documented remedy mends, if there are any.
pub(crate) fn broken(measure: &Measure) -> &Footprint {
    if measure.mended.is_empty() { &measure.faults } else { &measure.mended }
}

/// The hint with this number, from 0.
pub(crate) fn hint(
    number: usize,
    play: &Play,
    measure: &Measure,
    language: Language,
) -> Option<String> {
    match number {
        0 => Some(area(play, language)),
        1 => Some(place(measure)),
        2 => {
            let causes = causes(play);
            let title = |id: &str| told::cause(language, id).unwrap_or_default();
            let named = causes.iter().map(|it| format!("{} ({})", title(it.id.as_str()), it.id));
            Some(format!("The cause: {}", named.collect::<Vec<_>>().join("; or ")))
        }
        _ => None,
    }
}

fn area(play: &Play, language: Language) -> String {
    let ids: BTreeSet<&str> =
        causes(play).iter().flat_map(|cause| &cause.areas).map(|id| id.as_str()).collect();
    let titles: Vec<&str> = ids.into_iter().filter_map(|id| told::area(language, id)).collect();
    if titles.is_empty() {
        return "The area: the server itself".to_owned();
    }
    format!("The area: {}", titles.join("; "))
}

fn place(measure: &Measure) -> String {
    let places: BTreeSet<String> = broken(measure).iter().map(place_in_words).collect();
    let places: Vec<String> = places.into_iter().take(PLACES_MAX).collect();
    if places.is_empty() {
        return "Where to look: at the clock; something has changed with time".to_owned();
    }
    format!("Where to look: {}", places.join("; "))
}

/// Where a field is, without saying which it is: `the services of SRV01`.
fn place_in_words(field: &FieldPath) -> String {
    let segments = field.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["machines", machine, "files", path, ..] => {
            let folder = path.rsplit_once('\\').map_or(*path, |(folder, _)| folder);
            format!("the files in {folder} on {machine}")
        }
        ["machines", machine, "registry", key, ..] => {
            let above = key.rsplit_once('\\').map_or(*key, |(above, _)| above);
            format!("the registry of {machine}, below {above}")
        }
        ["machines", machine, part, ..] => format!("the {} of {machine}", spaced(part)),
        ["network", part, ..] => format!("the network: {}", spaced(part)),
        ["cloud", part, ..] => format!("Azure: {}", spaced(part)),
        [first, ..] => spaced(first),
        [] => "the world".to_owned(),
    }
}

fn spaced(name: &str) -> String {
    // Names of things keep their hyphens; only those of fields are all of small letters.
    let is_field = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    if is_field { name.replace('-', " ") } else { name.to_owned() }
}

/// Enough to begin with.
const PLACES_MAX: usize = 4;
