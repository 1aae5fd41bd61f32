//! How the page looks: narrow, enlarged, dark, on paper.

use std::path::Path;

use libtest_mimic::Trial;
use serde_json::json;

use crate::started::Page;
use crate::trial;
use crate::window::Window;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("it_fits_and_is_legible_in_english", || looks("en")),
        trial("it_fits_and_is_legible_in_japanese", || looks("ja")),
        trial("it_fits_and_is_legible_in_korean", || looks("ko")),
        trial("it_fits_and_is_legible_in_chinese", || looks("zh-TW")),
        trial("it_can_be_printed", printed),
    ]
}

/// Widths of windows, and pixels of the screen for one of the page's: a phone, a window of 1280 pixels at 200 % and at 400 %, and
/// without.
pub(crate) const SIZES: [(&str, (u32, u32), u32); 4] = [
    ("390", (390, 844), 2),
    ("640", (640, 450), 2),
    ("320", (320, 256), 4),
    ("1280", (1280, 900), 1),
];

/// The panes, and what is open in them.
const PANES: [(&str, &str); 9] = [
    ("services", ""),
    ("tasks", ""),
    ("registry", r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider"),
    ("files", r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin"),
    ("files", r"C:\Program Files\Microsoft Azure Recovery Services Agent\Temp\CBEngineCurr.errlog"),
    ("volumes", ""),
    ("proxies", ""),
    ("events", ""),
    ("traffic", ""),
];

/// A window in which there is much to see.
async fn full(page: &Page, language: &'static str) -> Window {
    let window = Window::open(&page.link).await;
    window.media("screen", "light").await;
    if language != "en" {
        window.click(&format!("button[value={language}]")).await;
        window.until(&format!("document.documentElement.lang === '{language}'")).await;
    }
    window.click(".agent button").await;
    window.until("document.querySelector('#console .message')").await;
    for line in [
        "sc query obengine",
        "netsh winhttp show proxy",
        "no-such-command-of-a-name-that-is-long-and-does-not-break-anywhere",
    ] {
        window.type_line(line).await;
    }
    window
}

async fn looks(language: &'static str) {
    let page = Page::up("proxy-authentication-required");
    let window = full(&page, language).await;
    let columns: u32 = window.evaluate(include_str!("columns.js"), json!([])).await;
    assert!(columns >= 80, "the prompt has {columns} columns");
    for (pane, at) in PANES {
        window.go(&format!("/?pane={pane}&at={at}")).await;
        for (name, size, scale) in SIZES {
            window.resize(size, scale).await;
            window.assert_it_fits(&format!("{pane} {name}")).await;
            keep(&format!("{language}-{pane}-{name}.png"), || window.whole(size.0, scale)).await;
        }
        for scheme in ["light", "dark"] {
            window.media("screen", scheme).await;
            window.assert_all_is_legible(&format!("{pane} {scheme}")).await;
        }
    }
    window.click("#answer button").await;
    window.until("document.querySelector('#answer dl')").await;
    for scheme in ["light", "dark"] {
        window.media("screen", scheme).await;
        for (name, size, scale) in SIZES {
            window.resize(size, scale).await;
            let name = format!("{language}-{name}-{scheme}");
            window.assert_it_fits(&name).await;
            window.assert_all_is_legible(&name).await;
            keep(&format!("{name}.png"), || window.whole(size.0, scale)).await;
        }
    }
    assert_eq!(window.complaints().await, [""; 0]);
}

async fn printed() {
    let page = Page::up("proxy-authentication-required");
    let window = full(&page, "en").await;
    // What is dark on the screen is not on paper.
    window.media("print", "dark").await;
    window.assert_all_is_legible("on paper").await;
    let shown: Vec<String> = window.evaluate(include_str!("on_paper.js"), json!([])).await;
    assert_eq!(shown, [""; 0]);
    window.media("", "dark").await;
    let pdf = window.print().await;
    assert!(pdf.starts_with(b"%PDF"));
    keep("paper.pdf", || async { pdf }).await;
}

/// Keeps a picture where `MARSLAB_PICTURES` says, for people to look at.
pub(crate) async fn keep<T: Future<Output = Vec<u8>>>(name: &str, picture: impl FnOnce() -> T) {
    if let Some(folder) = std::env::var_os("MARSLAB_PICTURES") {
        std::fs::write(Path::new(&folder).join(name), picture().await).unwrap();
    }
}
