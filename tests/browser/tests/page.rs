//! What a person does on the page of a session.

use libtest_mimic::Trial;
use serde_json::json;
use thirtyfour::Key;

use crate::started::Page;
use crate::trial;
use crate::window::Window;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("a_link_opens_the_page_once", opens_once),
        trial("the_keyboard_is_enough", keyboard),
        trial("the_page_follows_the_world", follows),
        trial("the_answer_is_hidden_until_it_is_wanted", answer),
        trial("links_and_forms_do_without_script", without_script),
    ]
}

const SCENARIO: &str = "proxy-authentication-required";

/// What the agent shows there.
const MESSAGE: &str = "(407) Proxy Authentication Required.";

async fn opens_once() {
    let page = Page::up(SCENARIO);
    let window = Window::open(&page.link).await;
    window.until_text("h1", "What is wrong here?").await;
    let address: String =
        window.evaluate("return location.pathname + location.search", json!([])).await;
    assert_eq!(address, "/", "the token is not in the address");
    assert_eq!(window.complaints().await, [""; 0]);
    window.go(&page.link).await;
    assert!(window.text("body").await.starts_with("Open the link that marslab printed."));
    let complaints = window.complaints().await;
    assert!(complaints.iter().any(|it| it.contains("401")), "{complaints:?}");
    // The browser is still let in.
    window.go("/?pane=tasks").await;
    window.until_text("#pane", "Microsoft-OnlineBackup").await;
}

async fn keyboard() {
    let page = Page::up(SCENARIO);
    let window = Window::open(&page.link).await;
    let [enter, tab] = [Key::Enter, Key::Tab].map(|it| it.value().to_string());
    // The first stop leads past all others.
    window.tab_to("a.skip").await;
    window.press(&enter).await;
    window.until("document.activeElement.id === 'line'").await;
    window.press(format!("sc query obengine{enter}")).await;
    window.until_text("#transcript li:last-child", "SERVICE_NAME: obengine").await;
    window.press(format!("Get-Serv{tab}")).await;
    window.until("document.activeElement.value === 'Get-Service '").await;
    window.press(Key::Up.value().to_string()).await;
    window.until("document.activeElement.value === 'sc query obengine'").await;
    window.press(Key::Escape.value().to_string()).await;
    window.until("document.activeElement.value === ''").await;
    window.press(Key::Up.value().to_string()).await;
    window.until("document.activeElement.value === 'sc query obengine'").await;
    // A second Tab leaves the line.
    window.press(format!("{tab}{tab}")).await;
    window.until("document.activeElement.matches('.window button')").await;
    window.tab_to("#panes a[href*=tasks]").await;
    window.press(&enter).await;
    window.until_text("#pane", "Microsoft-OnlineBackup").await;
    window.tab_to("#answer button").await;
    window.tab_to("button[value=ko]").await;
    window.press(&enter).await;
    window.until("document.documentElement.lang === 'ko'").await;
    window.tab_to("#operation").await;
    window.tab_to(".agent button").await;
    window.press(&enter).await;
    window.until_text("#console .message", MESSAGE).await;
    assert_eq!(window.complaints().await, [""; 0]);
}

async fn follows() {
    let page = Page::up(SCENARIO);
    let window = Window::open(&page.link).await;
    let row = "[...document.querySelectorAll('#pane tr')].find((it) => it.textContent.includes('VSS')).textContent";
    window.until(&format!("{row}.includes('Running')")).await;
    // Past the page's own forms and its timer, so that only events can tell it.
    let past = "window.stays = true; for (let id = 0; id < 1000; id += 1) clearInterval(id); \
                fetch('/type', { method: 'POST', body: new URLSearchParams({ line: 'net stop vss' }) })";
    window.evaluate::<()>(past, json!([])).await;
    window.until(&format!("{row}.includes('Stopped')")).await;
    window.until_text("#transcript", "net stop vss").await;
    window.click(".agent button").await;
    window.until_text("#console .message", MESSAGE).await;
    window.until_text("#picture .caption", "407").await;
    window.until("document.querySelector('#picture .trip.demand')").await;
    window.until("window.stays").await;
    for (language, services) in
        [("ja", "サービス"), ("ko", "서비스"), ("zh-TW", "服務"), ("en", "Services")]
    {
        window.click(&format!("button[value={language}]")).await;
        window.until(&format!("document.documentElement.lang === '{language}'")).await;
        assert_eq!(window.text("#panes a[aria-current]").await, services);
    }
    assert_eq!(window.complaints().await, [""; 0]);
}

async fn answer() {
    let page = Page::up(SCENARIO);
    let window = Window::open(&page.link).await;
    window.click(".agent button").await;
    window.until_text("#console .message", MESSAGE).await;
    let told = [SCENARIO, "proxy-asks", "set-agent-proxy-credentials"];
    let before = window.source().await;
    assert!(told.iter().all(|it| !before.contains(it)), "{before}");
    window.click("#answer button").await;
    for text in told {
        window.until_text("#answer", text).await;
    }
    window.click("form[action='/repair'] button").await;
    window.until_text("#answer", "What changed").await;
    window.click(".agent button").await;
    window.until_text("#console .good", "Succeeded").await;
    window.click("form[action='/hide'] button").await;
    window.until("document.querySelector(\"form[action='/reveal']\")").await;
    let after = window.source().await;
    assert!(told.iter().all(|it| !after.contains(it)), "{after}");
    assert_eq!(window.complaints().await, [""; 0]);
}

async fn without_script() {
    let page = Page::up(SCENARIO);
    let window = Window::open(&page.link).await;
    window.without_script().await;
    window.go("/?pane=tasks").await;
    window.click(".agent button").await;
    window.until_shown("#console .message", MESSAGE).await;
    window.fill("#line", "hostname").await;
    window.click(".window button").await;
    window.until_shown("#transcript", "SRV01").await;
    // What was open stays.
    window.until_shown("#pane", "Microsoft-OnlineBackup").await;
    window.click("#panes a[href*=registry]").await;
    window.until_shown("#pane", "HKLM").await;
    window.click("button[value=ja]").await;
    window.until_shown("#panes a[aria-current]", "レジストリ").await;
}
