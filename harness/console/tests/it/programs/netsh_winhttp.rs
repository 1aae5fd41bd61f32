use marslab_model::Name;
use marslab_model::names::KeyPath;
use marslab_model::world::{Language, RegValue};

use crate::window::Window;

const DIRECT: &str =
    "\nCurrent WinHTTP proxy settings:\n\n    Direct access (no proxy server).\n\n";

#[tokio::test]
async fn set_shown_and_reset() {
    let mut window = Window::with(|_| {});
    assert_eq!(window.text("netsh winhttp show proxy").await, DIRECT);
    let set = window.text("netsh winhttp set proxy 10.0.0.5:8080 \"<local>;*.corp\"").await;
    let expected = "\nCurrent WinHTTP proxy settings:\n\n    Proxy Server(s) :  10.0.0.5:8080\n    Bypass List     :  <local>;*.corp\n\n";
    assert_eq!(set, expected);
    assert_eq!(window.text("netsh winhttp show proxy").await, expected);
    let key = KeyPath::new(
        r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections",
    );
    let value = window.machine().registry[&key][&Name::new("WinHttpSettings")].clone();
    let RegValue::Binary(blob) = value else { panic!("{value:?}") };
    assert_eq!(blob.bytes()[12..29], *b"\x0d\0\0\x0010.0.0.5:8080");
    let by_name = window.text("netsh winhttp set proxy proxy-server=\"http=a:1;https=b:2\"").await;
    assert!(by_name.contains("http=a:1;https=b:2\n    Bypass List     :  (none)"), "{by_name}");
    assert_eq!(window.text("netsh winhttp reset proxy").await, DIRECT);
    window.failure("netsh winhttp frob", 1).await;
    window.failure("netsh winhttp set proxy", 1).await;
}

#[tokio::test]
async fn the_browsers_is_taken_over() {
    let mut window = Window::with(|_| {});
    let key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings";
    window.text(&format!("reg add \"{key}\" /v ProxyServer /d 10.0.0.5:8080 /f")).await;
    assert_eq!(window.text("netsh winhttp import proxy source=ie").await, DIRECT);
    window.text(&format!("reg add \"{key}\" /v ProxyEnable /t REG_DWORD /d 1 /f")).await;
    assert!(window.text("netsh winhttp import proxy source=ie").await.contains("10.0.0.5:8080"));
}

#[tokio::test]
async fn in_japanese() {
    let mut window = Window::speaking(Language::Japanese);
    assert_eq!(
        window.text("netsh winhttp show proxy").await,
        "\n現在の WinHTTP プロキシ設定:\n\n    直接アクセス (プロキシ サーバーなし)。\n\n"
    );
}
