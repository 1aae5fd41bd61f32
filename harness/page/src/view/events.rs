//! The event logs, newest record first.

use marslab_model::Name;
use marslab_model::host::System as _;
use maud::{Markup, html};

use super::base::{View, table};
use super::pane::Pane;

pub(super) fn markup(view: &View<'_>) -> Markup {
    let texts = view.texts;
    let logs = view.of_machine(|machine| machine.events.keys().cloned().collect::<Vec<_>>());
    let open = match view.query.get("at") {
        "" => logs.first().cloned().unwrap_or_default(),
        named => Name::new(named),
    };
    let records = view.live.host().events(&open).unwrap_or_default();
    let rows: Vec<Vec<Markup>> = records
        .iter()
        .rev()
        .map(|it| {
            vec![
                html! { time { (view.time(it.at)) } },
                html! { (it.id) },
                html! { (it.source) },
                html! { span.text lang=(view.live.host().language()) { (it.message) } },
            ]
        })
        .collect();
    html! {
        ul.below {
            @for log in &logs {
                li { a href=(Pane::Events.at(log.as_str(), view.query)) aria-current=[(*log == open).then_some("true")] { (log) } }
            }
        }
        (table(&[texts.time, texts.event_id, texts.source, texts.message], &rows, texts))
    }
}
