//! The scheduled tasks.

use marslab_model::host::{System as _, TriggerInfo};
use maud::{Markup, html};

use super::base::{View, table};
use crate::texts::{Enabled, Texts};

pub(super) fn markup(view: &View<'_>) -> Markup {
    let (texts, host) = (view.texts, view.live.host());
    let names = view.of_machine(|machine| machine.tasks.keys().cloned().collect::<Vec<_>>());
    let rows = names.iter().filter_map(|name| Some((name, host.task(name).ok().flatten()?)));
    let rows: Vec<Vec<Markup>> = rows
        .map(|(name, it)| {
            let class = if it.enabled { "on" } else { "off" };
            let triggers = std::iter::once(&it.trigger).chain(it.more_triggers.values());
            vec![
                html! { (name) },
                html! { span class={ "state " (class) } { (texts.enabled_or_not(Enabled(it.enabled))) } },
                html! { @for trigger in triggers { (shown(trigger, texts)) br; } },
                html! { (it.account) },
                html! { code { (it.command) " " (it.arguments) } },
                html! { (it.last_run.map_or_else(|| texts.never.to_owned(), |at| view.time(at))) },
                html! { "0x" (format!("{:X}", it.last_result)) },
            ]
        })
        .collect();
    let heads = [
        texts.name,
        texts.status,
        texts.trigger,
        texts.log_on_as,
        texts.runs,
        texts.last_run,
        texts.last_result,
    ];
    table(&heads, &rows, texts)
}

fn shown(trigger: &TriggerInfo, texts: &Texts) -> String {
    let (hour, minute) = (trigger.minute_of_day / 60, trigger.minute_of_day % 60);
    let time = format!("{} {hour:02}:{minute:02}", texts.every_day_at);
    if trigger.enabled { time } else { format!("{time} ({})", texts.disabled) }
}
