//! The registry, a key at a time.

use marslab_model::KeyPath;
use marslab_model::host::{Registry as _, RegistryValue};
use maud::{Markup, html};

use super::base::{View, table};
use super::pane::Pane;

pub(super) fn markup(view: &View<'_>) -> Markup {
    let (texts, host) = (view.texts, view.live.host());
    let at = view.query.get("at");
    let key = KeyPath::new(at);
    let below: Vec<String> = if at.is_empty() {
        HIVES.map(str::to_owned).to_vec()
    } else {
        let keys = host.registry_subkeys(&view.who, &key).unwrap_or_default();
        keys.iter().map(ToString::to_string).collect()
    };
    let values = host.registry_values(&view.who, &key).unwrap_or_default();
    let rows: Vec<Vec<Markup>> = values
        .iter()
        .map(|(name, value)| {
            let (kind, data) = shown(value);
            vec![html! { (name) }, html! { (kind) }, html! { code { (data) } }]
        })
        .collect();
    let parent = at.rsplit_once('\\').map_or("", |(parent, _)| parent);
    html! {
        (Pane::Registry.place_form(at, view))
        ul.below {
            @if !at.is_empty() { li { a href=(Pane::Registry.at(parent, view.query)) { "↑ " (texts.up_one) } } }
            @for key in below.iter().take(KEYS_MAX) {
                @let name = key.rsplit('\\').next().unwrap_or(key);
                li { a href=(Pane::Registry.at(key, view.query)) { (name) } }
            }
        }
        @if !at.is_empty() { (table(&[texts.name, texts.kind, texts.value], &rows, texts)) }
    }
}

/// The kind of a value as the registry's editor names it, and its data.
pub(super) fn shown(value: &RegistryValue) -> (&'static str, String) {
    match value {
        RegistryValue::Text(text) => ("REG_SZ", text.clone()),
        RegistryValue::Number(number) => ("REG_DWORD", format!("0x{number:08x} ({number})")),
        RegistryValue::Binary(content) => {
            let bytes = content.bytes().iter().take(BYTES_SHOWN).map(|byte| format!("{byte:02x}"));
            let more = if content.bytes().len() > BYTES_SHOWN { " …" } else { "" };
            ("REG_BINARY", bytes.collect::<Vec<_>>().join(" ") + more)
        }
    }
}

const HIVES: [&str; 3] = ["HKLM", "HKCU", "HKU"];

const KEYS_MAX: usize = 300;

const BYTES_SHOWN: usize = 64;
