//! The volumes.

use marslab_model::host::Files as _;
use maud::{Markup, html};

use super::base::{View, size, table};
use super::pane::Pane;

pub(super) fn markup(view: &View<'_>) -> Markup {
    let texts = view.texts;
    let volumes = view.live.host().volumes(&view.who).unwrap_or_default();
    let rows: Vec<Vec<Markup>> = volumes
        .iter()
        .map(|(letter, it)| {
            let used = it.size.saturating_sub(it.free);
            vec![
                html! { a href=(Pane::Files.at(&format!("{letter}\\"), view.query)) { (letter) } },
                html! { (format!("{:?}", it.kind)) },
                html! { (it.file_system) },
                html! { (size(it.size)) },
                html! { (size(it.free)) },
                html! { meter min="0" max=(it.size) value=(used) aria-label=(letter) {} },
                html! { "BitLocker: " (format!("{:?}", it.bitlocker)) },
            ]
        })
        .collect();
    let heads =
        [texts.name, texts.kind, texts.file_system, texts.size, texts.free, "", texts.attributes];
    table(&heads, &rows, texts)
}
