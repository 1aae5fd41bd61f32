//! The journal: what was said on the network, newest first.

use maud::{Markup, html};

use crate::traffic::is_said;

use super::base::{ROWS_MAX, View, table};

pub(super) fn markup(view: &View<'_>) -> Markup {
    let texts = view.texts;
    let journal = view.journal;
    let count = *journal.count().borrow();
    let newest = u64::try_from(ROWS_MAX).unwrap_or_default();
    let (_, entries) = journal.after(count.saturating_sub(newest), ROWS_MAX);
    let rows: Vec<Vec<Markup>> = entries
        .iter()
        .filter(|it| is_said(it))
        .rev()
        .map(|it| {
            vec![
                html! { time { (view.time(it.at)) } },
                html! { (it.to) },
                html! { code { (it.what) } },
                html! { (it.answer) },
            ]
        })
        .collect();
    table(&[texts.time, texts.to, texts.request, texts.answer_sent], &rows, texts)
}
