//! What came of an exercise: the score with its parts, what was found and left behind, and what the articles say.

use marslab_engine::left_behind::Ending;
use marslab_training::debrief::{Debrief, List};
use maud::{Markup, html};

use super::base::table;
use crate::texts::Texts;
use crate::texts::training::TrainingTexts;

pub(super) fn markup(debrief: &Debrief) -> Markup {
    let (texts, general) = (TrainingTexts::of(debrief.language), Texts::of(debrief.language));
    let told = debrief.told();
    let class = match debrief.ending {
        Ending::Cured => "good",
        Ending::Masked => "demand",
        Ending::NotCured => "bad",
    };
    let points = told.points.iter().map(|it| vec![html! { (it.what) }, html! { (it.points) }]);
    let points: Vec<_> = points.collect();
    html! {
        div.debrief lang=(debrief.language) {
            p.score { strong { (debrief.score) } " " (texts.of_100) }
            p class={ "outcome " (class) } { (told.ending) }
            (table(&[texts.counts, texts.points], &points, general))
            p { (told.was) }
            @for list in &told.lists { (listed(list)) }
            @if let Some(section) = &told.section { h3 { (section) } }
            @for (title, steps) in &told.remedies {
                h3 { (title) }
                ol { @for step in *steps { li { (step) } } }
            }
        }
    }
}

fn listed(list: &List<'_>) -> Markup {
    html! {
        h3 { (list.heading) }
        @if let Some(why) = &list.why { p.text { (why) } }
        ul { @for item in list.items { li { (item) } } }
        @if let Some(more) = &list.more { p { (more) } }
    }
}
