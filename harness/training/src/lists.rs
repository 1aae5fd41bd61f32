//! What a trainee chooses from: all causes and all remedies of the catalogue, whatever is wrong.

use marslab_model::world::Language;
use marslab_remedies::REMEDIES;
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::told;

/// The causes, by name, with their titles.
pub fn causes(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    let ids = Catalogue::known().causes.keys().map(|id| id.as_str());
    ids.map(move |id| (id, told::cause(language, id).unwrap_or_default()))
}

/// The remedies, with their titles.
pub fn remedies(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    let names = REMEDIES.iter().map(|it| it.name);
    names.map(move |name| (name, told::remedy(language, name).map_or("", |it| it.title)))
}
