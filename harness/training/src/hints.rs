//! Hints: the area, where to look, the cause.

use std::collections::BTreeSet;

use marslab_engine::left_behind::Measure;
use marslab_model::FieldPath;
use marslab_model::tracked::Footprint;
use marslab_model::world::Language;
use marslab_scenario::catalogue::{Catalogue, Cause};
use marslab_scenario::scenario::{Group, Play};
use marslab_scenario::told;

use crate::texts::Texts;

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
        1 => Some(place(measure, Texts::of(language))),
        2 => {
            let causes = causes(play);
            let title = |id: &str| told::cause(language, id).unwrap_or_default();
            let named = causes.iter().map(|it| format!("{} ({})", title(it.id.as_str()), it.id));
            let texts = Texts::of(language);
            Some(texts.hint_cause(&named.collect::<Vec<_>>().join(&texts.or())))
        }
        _ => None,
    }
}

fn area(play: &Play, language: Language) -> String {
    let ids: BTreeSet<&str> =
        causes(play).iter().flat_map(|cause| &cause.areas).map(|id| id.as_str()).collect();
    let titles: Vec<&str> = ids.into_iter().filter_map(|id| told::area(language, id)).collect();
    let texts = Texts::of(language);
    if titles.is_empty() {
        return texts.hint_area(&texts.the_server_itself());
    }
    texts.hint_area(&titles.join("; "))
}

fn place(measure: &Measure, texts: Texts) -> String {
    let places: BTreeSet<String> =
        broken(measure).iter().map(|it| place_in_words(it, texts)).collect();
    let places: Vec<String> = places.into_iter().take(PLACES_MAX).collect();
    if places.is_empty() {
        return texts.hint_place(&texts.at_the_clock());
    }
    texts.hint_place(&places.join("; "))
}

/// Where a field is, without saying which it is: `the services of SRV01`.
fn place_in_words(field: &FieldPath, texts: Texts) -> String {
    let segments = field.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let part = || texts.part(field).unwrap_or_default();
    match segments.as_slice() {
        ["machines", machine, "files", path, ..] => {
            let folder = path.rsplit_once('\\').map_or(*path, |(folder, _)| folder);
            texts.files_in(&folder, machine)
        }
        ["machines", machine, "registry", key, ..] => {
            let above = key.rsplit_once('\\').map_or(*key, |(above, _)| above);
            texts.registry_below(&above, machine)
        }
        ["machines", machine, ..] => texts.of_machine(&part(), machine),
        ["network", ..] => texts.of_network(&part()),
        ["cloud", ..] => texts.of_azure(&part()),
        _ => part().to_owned(),
    }
}

/// Enough to begin with.
const PLACES_MAX: usize = 4;
