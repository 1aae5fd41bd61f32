//! `netsh winhttp`: the value `WinHttpSettings`, a blob with size, counter and flags before two texts with their lengths
//! (mars-facts 5.8).

use marslab_model::host::{Account, RegistryValue};
use marslab_model::names::KeyPath;
use marslab_model::{Content, Name};
use marslab_shell::Printed;
use marslab_shell::wording::{Texts, fill};

use super::unknown;
use crate::program::Call;

/// The proxy that programs on WinHTTP use, and what they reach without it.
struct Settings {
    proxy: String,
    bypass: String,
}

pub(super) fn run(call: &Call<'_>) -> Printed {
    if call.begins(&["winhttp", "show", "proxy"]) {
        return Printed::ok(shown(call));
    }
    let verb = call.args.get(1..3).unwrap_or_default().join(" ").to_ascii_lowercase();
    if !["set proxy", "reset proxy", "import proxy"].contains(&verb.as_str()) {
        return unknown(&call.rest);
    }
    if !call.is_administrator() {
        let what = "Error writing proxy settings.  (5) Access is denied.";
        return Printed::failed(1, format!("\n{what}\n\n"));
    }
    match verb.as_str() {
        "reset proxy" => write(call, None),
        "import proxy" => write(call, of_browser(call)),
        _ => {
            let Some(settings) = typed(call) else { return unknown(&call.rest) };
            write(call, Some(settings));
        }
    }
    Printed::ok(shown(call))
}

/// `set proxy PROXY [BYPASS]`, by place or by name. A list for several schemes has equal signs of its own.
fn typed(call: &Call<'_>) -> Option<Settings> {
    let mut places = ["proxy-server", "bypass-list"].into_iter();
    let (mut proxy, mut bypass) = (None, String::new());
    for word in call.args.get(3..).unwrap_or_default() {
        let by_name = word.split_once('=').filter(|(name, _)| name.contains('-'));
        let (name, value) = match by_name {
            Some((name, value)) => (name.to_ascii_lowercase(), value.to_owned()),
            None => (places.next()?.to_owned(), word.clone()),
        };
        match name.as_str() {
            "proxy-server" => proxy = Some(value),
            "bypass-list" => bypass = value,
            _ => return None,
        }
    }
    Some(Settings { proxy: proxy.filter(|proxy| !proxy.is_empty())?, bypass })
}

fn shown(call: &Call<'_>) -> String {
    let first = call.text(&CURRENT);
    match read(call) {
        None => format!("\n{first}\n\n    {}\n\n", call.text(&DIRECT)),
        Some(Settings { proxy, bypass }) => {
            let bypass = if bypass.is_empty() { "(none)".to_owned() } else { bypass };
            format!("\n{first}\n\n{}\n", fill(call.text(&PROXY), &[&proxy, &bypass]))
        }
    }
}

fn read(call: &Call<'_>) -> Option<Settings> {
    let value = call.host().registry_value(&Account::System, &KeyPath::new(KEY), &Name::new(VALUE));
    let Ok(Some(RegistryValue::Binary(content))) = value else { return None };
    let (proxy, rest) = text(content.bytes().get(HEAD_BYTES..)?)?;
    let bypass = text(rest).map(|(bypass, _)| bypass).unwrap_or_default();
    (!proxy.is_empty()).then_some(Settings { proxy, bypass })
}

/// A text behind its length, and what follows.
fn text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (text, rest) = rest.split_at_checked(length)?;
    Some((String::from_utf8_lossy(text).into_owned(), rest))
}

fn write(call: &Call<'_>, settings: Option<Settings>) {
    let (flags, settings) = match settings {
        Some(settings) => (3_u32, settings),
        None => (1, Settings { proxy: String::new(), bypass: String::new() }),
    };
    let mut blob = Vec::new();
    for number in [HEAD_SIZE, 0, flags] {
        blob.extend(number.to_le_bytes());
    }
    for text in [&settings.proxy, &settings.bypass] {
        blob.extend(u32::try_from(text.len()).unwrap_or_default().to_le_bytes());
        blob.extend(text.as_bytes());
    }
    let value = RegistryValue::Binary(Content::from(blob));
    call.host().set_registry_value(&Account::System, &KeyPath::new(KEY), &Name::new(VALUE), value);
}

/// The fixed proxy of who asks, where it is on.
fn of_browser(call: &Call<'_>) -> Option<Settings> {
    let key = KeyPath::new(r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings");
    let value =
        |name: &str| call.host().registry_value(call.who(), &key, &Name::new(name)).ok().flatten();
    let text = |name: &str| match value(name) {
        Some(RegistryValue::Text(text)) => text,
        _ => String::new(),
    };
    let is_on = matches!(value("ProxyEnable"), Some(RegistryValue::Number(on)) if on != 0);
    let settings = Settings { proxy: text("ProxyServer"), bypass: text("ProxyOverride") };
    (is_on && !settings.proxy.is_empty()).then_some(settings)
}

const KEY: &str = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections";
const VALUE: &str = "WinHttpSettings";

/// Size, counter and flags.
const HEAD_BYTES: usize = 12;
/// What stands first in blobs of current releases.
const HEAD_SIZE: u32 = 0x28;

const CURRENT: Texts = Texts {
    en: "Current WinHTTP proxy settings:",
    ja: "現在の WinHTTP プロキシ設定:",
    ko: "현재 WinHTTP 프록시 설정:",
    zh: "目前的 WinHTTP Proxy 設定:",
};

const DIRECT: Texts = Texts {
    en: "Direct access (no proxy server).",
    ja: "直接アクセス (プロキシ サーバーなし)。",
    ko: "직접 액세스(프록시 서버 없음)",
    zh: "直接存取 (沒有 Proxy 伺服器)。",
};

const PROXY: Texts = Texts::english("    Proxy Server(s) :  {}\n    Bypass List     :  {}\n");
