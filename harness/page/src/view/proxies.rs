//! The proxy settings that Windows and the agent keep: each user's and SYSTEM's, WinHTTP's, the agent's own, the environment's.

use marslab_model::host::{Account, Registry as _, RegistryValue, System as _};
use marslab_model::{KeyPath, Name};
use maud::{Markup, html};

use super::base::{View, table};
use super::registry;

pub(super) fn markup(view: &View<'_>) -> Markup {
    let texts = view.texts;
    let mut rows = Vec::new();
    for who in [view.who.clone(), Account::System] {
        rows.extend(internet_settings(view, &who));
    }
    rows.push(row("WinHTTP", "WinHttpSettings", &winhttp(view)));
    let own = KeyPath::new(PROVIDER);
    for name in ["ProxyServer", "ProxyPort", "ProxyUser"] {
        let value = view.live.host().registry_value(&Account::System, &own, &Name::new(name));
        rows.extend(value.ok().flatten().map(|it| row("MARS", name, &registry::shown(&it).1)));
    }
    let environment = view.live.host().environment().unwrap_or_default();
    let proxies =
        environment.iter().filter(|(name, _)| name.as_str().to_lowercase().ends_with("_proxy"));
    rows.extend(proxies.map(|(name, value)| row("environment", name.as_str(), value)));
    table(&[texts.source, texts.setting, texts.value], &rows, texts)
}

fn internet_settings(view: &View<'_>, who: &Account) -> Vec<Vec<Markup>> {
    let key = KeyPath::new(format!(r"HKCU\{INTERNET_SETTINGS}"));
    let values = view.live.host().registry_values(who, &key).unwrap_or_default();
    let source = format!("WinINet, {who}");
    let known = VALUES.iter().filter_map(|name| Some((*name, values.get(&Name::new(name))?)));
    let mut rows: Vec<_> =
        known.map(|(name, value)| row(&source, name, &registry::shown(value).1)).collect();
    if rows.is_empty() {
        rows.push(row(&source, "ProxyEnable", view.texts.not_set));
    }
    rows
}

/// What `netsh winhttp set proxy` has written: the server stands behind its length, after three numbers (mars-facts 5.8).
fn winhttp(view: &View<'_>) -> String {
    let key = KeyPath::new(WINHTTP);
    let name = Name::new("WinHttpSettings");
    let value = view.live.host().registry_value(&Account::System, &key, &name);
    let Ok(Some(RegistryValue::Binary(content))) = value else {
        return view.texts.not_set.to_owned();
    };
    let server = content.bytes().get(WINHTTP_HEAD..).and_then(|rest| rest.split_first_chunk::<4>());
    let server = server.and_then(|(length, rest)| {
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        Some(String::from_utf8_lossy(rest.get(..length)?).into_owned())
    });
    server.filter(|it| !it.is_empty()).unwrap_or_else(|| view.texts.not_set.to_owned())
}

fn row(source: &str, name: &str, value: &str) -> Vec<Markup> {
    vec![html! { (source) }, html! { (name) }, html! { code { (value) } }]
}

const INTERNET_SETTINGS: &str = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings";

const WINHTTP: &str =
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections";

const WINHTTP_HEAD: usize = 12;

/// Where the agent keeps its own.
const PROVIDER: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider";

const VALUES: [&str; 4] = ["ProxyEnable", "ProxyServer", "ProxyOverride", "AutoConfigURL"];
