//! The picture of the page in the README.

use std::path::Path;

use libtest_mimic::Trial;

use crate::started::Page;
use crate::trial;
use crate::window::Window;

pub(crate) fn trials() -> Vec<Trial> {
    vec![trial("picture", picture)]
}

/// `SNAPSHOTS=overwrite` updates it. Fonts differ between machines: it is not compared.
async fn picture() {
    let page = Page::up("proxy-authentication-required");
    let window = Window::open(&page.link).await;
    window.resize((1280, 800), 1).await;
    window.media("screen", "light").await;
    window.click(".agent button").await;
    window.until_text("#console .message", "(407)").await;
    for line in ["hostname", "netsh winhttp show proxy"] {
        window.type_line(line).await;
    }
    window.go("/?pane=proxies").await;
    window.until_text("#picture .caption", "407").await;
    let png = window.whole(1280, 1).await;
    assert!(png.starts_with(b"\x89PNG") && png.len() < BYTES_MAX, "{} bytes", png.len());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../harness/cli/pictures/page.png");
    if std::env::var_os("SNAPSHOTS").is_some_and(|it| it == "overwrite") {
        std::fs::write(path, png).unwrap();
    } else {
        assert!(path.exists(), "the README shows it");
    }
}

/// What a reader of the README waits for.
const BYTES_MAX: usize = 200_000;
