//! The services.

use marslab_model::host::System as _;
use marslab_model::world::ServiceState;
use maud::{Markup, html};

use super::base::{View, table};

pub(super) fn markup(view: &View<'_>) -> Markup {
    let (texts, host) = (view.texts, view.live.host());
    let names = view.of_machine(|machine| machine.services.keys().cloned().collect::<Vec<_>>());
    let rows = names.iter().filter_map(|name| Some((name, host.service(name).ok().flatten()?)));
    let rows: Vec<Vec<Markup>> = rows
        .map(|(name, it)| {
            let class = if it.state == ServiceState::Running { "on" } else { "off" };
            vec![
                html! { (name) },
                html! { (it.display) },
                html! { span class={ "state " (class) } { (texts.service_state(it.state)) } },
                html! { (texts.start_type(it.start)) },
                html! { (it.account) },
            ]
        })
        .collect();
    let heads = [texts.name, texts.display_name, texts.status, texts.startup, texts.log_on_as];
    table(&heads, &rows, texts)
}
