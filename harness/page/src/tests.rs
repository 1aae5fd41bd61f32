use http::StatusCode;
use marslab_model::{Field, Name, Operation};
use marslab_session::session::Session;

use crate::testing::{self, Browser, read_until, send};
use crate::{Page, reply};

mod class;
mod training;

const PLAY: &str = "proxy-authentication-required";

async fn opened(play: &str) -> (std::sync::Arc<Session>, Page, Browser) {
    let session = testing::session(play).await;
    let page = Page::open(std::sync::Arc::clone(&session)).await.unwrap();
    let browser = Browser::entering(&page.link().unwrap()).await;
    (session, page, browser)
}

#[tokio::test]
async fn nobody_else_gets_anything() {
    let (_session, page, browser) = opened(PLAY).await;
    let port = browser.port;
    let host = format!("Host: 127.0.0.1:{port}\r\n");
    for path in
        ["/", "/page.css", "/page.js", "/icon.svg", "/events", "/completions?line=h", "/no-such"]
    {
        let stranger = send(port, &format!("GET {path} HTTP/1.1\r\n{host}\r\n")).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{path}");
        let cookie = format!("Cookie: {}\r\n", browser.cookie);
        let rebound = send(
            port,
            &format!("GET {path} HTTP/1.1\r\nHost: evil.example:{port}\r\n{cookie}\r\n"),
        )
        .await;
        assert_eq!(rebound.status, StatusCode::FORBIDDEN, "{path}");
    }
    let link = page.link().unwrap();
    let path = link.split_once(&port.to_string()).unwrap().1;
    Browser::entering(&link).await;
    let again = send(port, &format!("GET {path} HTTP/1.1\r\n{host}\r\n")).await;
    assert_eq!((again.status, again.header("set-cookie")), (StatusCode::UNAUTHORIZED, ""));
}

#[tokio::test]
async fn only_the_page_itself_changes_anything() {
    let (session, _page, browser) = opened(PLAY).await;
    for path in ["/operate", "/type", "/language", "/reveal", "/repair", "/break", "/revert"] {
        for origin in ["", "Origin: null\r\n", "Origin: http://evil.example\r\n"] {
            let refused = browser.post_from(path, "operation=backup", origin).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path} {origin}");
        }
        let stranger = Browser::stranger(browser.port);
        assert_eq!(stranger.post(path, "").await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    assert_eq!(session.last_operation().await, None);
    assert_eq!(session.remedies().await, Vec::<&str>::new());
}

#[tokio::test]
async fn what_is_too_large_or_unknown_is_refused() {
    let (_session, _page, browser) = opened(PLAY).await;
    let large = format!("line={}", "x".repeat(1 << 20));
    assert_eq!(browser.post("/type", &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    for (path, form) in [
        ("/operate", "operation=no-such"),
        ("/operate", ""),
        ("/language", "language=xx"),
        ("/revert", "number=x"),
    ] {
        assert_eq!(browser.post(path, form).await.status, StatusCode::BAD_REQUEST, "{path} {form}");
    }
    assert_eq!(browser.post("/no-such", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/no-such").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_answer_keeps_the_page_to_itself() {
    let (_session, _page, browser) = opened(PLAY).await;
    for answer in [
        browser.get("/").await,
        browser.get("/page.css").await,
        browser.get("/page.js").await,
        browser.get("/no-such").await,
        browser.post("/hide", "").await,
    ] {
        for (name, value) in reply::GUARDING {
            assert_eq!(answer.header(name.as_str()), value, "{}", answer.head);
        }
    }
    let page = browser.page().await;
    assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains(" onclick"));
    assert_eq!(page.matches("<script").count(), 1);
}

#[tokio::test]
async fn the_page_follows_the_world() {
    let (session, _page, browser) = opened(PLAY).await;
    let before = browser.page().await;
    assert!(before.contains("Nothing has been tried yet"), "{before}");
    session.operate(Some(Operation::Backup), None).await.unwrap();
    let failed = browser.page().await;
    assert!(failed.contains("(407) Proxy Authentication Required."), "{failed}");
    assert!(failed.contains("class=\"trip"), "the picture shows the exchange");
    let machine = Field::world().machines().at(session.live().machine_name().clone());
    let vss = machine.services().at(Name::new("VSS"));
    session.live().apply(&vss.display().set("Volume Shadow Copy, renamed".to_owned())).unwrap();
    assert!(browser.page().await.contains("Volume Shadow Copy, renamed"));
}

#[tokio::test]
async fn every_pane_shows_the_machine() {
    let (session, _page, browser) = opened(PLAY).await;
    session.operate(Some(Operation::Backup), None).await.unwrap();
    for (address, expected) in [
        ("/?pane=services", "Microsoft Azure Recovery Services Agent"),
        ("/?pane=tasks", "Microsoft-OnlineBackup"),
        ("/?pane=registry", "HKLM"),
        ("/?pane=registry&at=HKLM%5CSOFTWARE", "Microsoft"),
        ("/?pane=files", "Program Files"),
        ("/?pane=files&at=D%3A%5CData", "orders.mdf"),
        ("/?pane=volumes", "NTFS"),
        ("/?pane=proxies", "10.0.0.5:8080"),
        ("/?pane=events", "CloudBackup"),
        ("/?pane=traffic", "407"),
        ("/?pane=files&at=Q%3A%5C%3Cscript%3E", "&lt;script&gt;"),
        ("/?pane=no-such", "Microsoft Azure Recovery Services Agent"),
    ] {
        let page = browser.get(address).await;
        let pane =
            page.body.split_once("id=\"pane\"").unwrap().1.split_once("id=\"answer\"").unwrap().0;
        assert!(pane.contains(expected), "{address}: `{expected}` is not in {pane}");
    }
}

#[tokio::test]
async fn lines_are_typed_and_stay() {
    let (_session, _page, browser) = opened(PLAY).await;
    let typed = browser.post("/type", "line=hostname&back=%2F%3Fpane%3Dfiles").await;
    assert_eq!((typed.status, typed.header("location")), (StatusCode::SEE_OTHER, "/?pane=files"));
    browser.post("/type", "line=%3Cb%3Eno-such").await;
    let page = browser.page().await;
    assert!(page.contains("<kbd>hostname</kbd></p><pre>SRV01"), "{page}");
    assert!(page.contains("&lt;b&gt;no-such") && !page.contains("<b>no-such"), "{page}");
    assert_eq!(browser.get("/completions?line=hostn").await.body, "hostname");
}

#[tokio::test]
async fn the_answer_is_hidden_until_it_is_wanted() {
    let (session, _page, browser) = opened(PLAY).await;
    session.operate(None, None).await.unwrap();
    let play = session.play();
    let cure = play.cures[0].remedy.name;
    let told = [play.title.as_str(), &play.name, play.faults[0].name, cure];
    for address in
        ["/", "/?pane=traffic", "/?pane=proxies", "/?pane=events", "/page.js", "/page.css"]
    {
        let answer = browser.get(address).await;
        let sent = answer.head + &answer.body;
        for word in told {
            assert!(!sent.contains(word), "{address} tells `{word}`");
        }
    }
    browser.post("/reveal", "").await;
    let page = browser.page().await;
    assert!(told.iter().all(|word| page.contains(word)), "{page}");
    let (number, _) = session.faults().await[0];
    browser.post("/revert", &format!("number={number}")).await;
    assert_eq!(session.faults().await, []);
    browser.post("/break", "").await;
    assert_eq!(session.faults().await.len(), 1);
    browser.post("/repair", "").await;
    assert_eq!(session.remedies().await, [cure]);
    assert!(browser.page().await.contains("What changed"));
    browser.post("/hide", "").await;
    let page = browser.page().await;
    assert!(told.iter().all(|word| !page.contains(word)), "{page}");
}

#[tokio::test]
async fn the_page_speaks_four_languages() {
    let (_session, _page, browser) = opened(PLAY).await;
    for (language, word) in
        [("ja", "サービス"), ("ko", "서비스"), ("zh-TW", "服務"), ("en", "Services")]
    {
        browser.post("/language", &format!("language={language}")).await;
        let page = browser.page().await;
        assert!(page.contains(&format!("<html lang=\"{language}\">")) && page.contains(word));
    }
}

#[tokio::test]
async fn the_picture_comes_with_each_exchange() {
    let (session, _page, browser) = opened(PLAY).await;
    let (mut stream, mut text) = browser.events().await;
    assert!(text.contains("text/event-stream"), "{text}");
    session.operate(Some(Operation::Backup), None).await.unwrap();
    read_until(&mut stream, &mut text, "event: changed").await;
    let pictures: Vec<_> = text.lines().filter(|line| line.starts_with("data: <svg")).collect();
    assert!(pictures.iter().any(|it| it.contains("class=\"trip demand\"")), "{text}");
    // What no exchange shows: a service that is changed from elsewhere.
    text.clear();
    let machine = Field::world().machines().at(session.live().machine_name().clone());
    let vss = machine.services().at(Name::new("VSS"));
    session.live().apply(&vss.display().set("renamed".to_owned())).unwrap();
    read_until(&mut stream, &mut text, "event: changed").await;
}

/// What is no part of the world, such as whether the answer is shown, comes to the other windows of a session, too.
#[tokio::test]
async fn a_second_window_follows_the_first() {
    let (_session, page, first) = opened(PLAY).await;
    let second = Browser::entering(&page.link().unwrap()).await;
    for (action, form) in [("/reveal", ""), ("/hide", ""), ("/language", "language=ja")] {
        let (mut stream, mut text) = second.events().await;
        first.post(action, form).await;
        read_until(&mut stream, &mut text, "event: changed").await;
    }
    assert!(second.page().await.contains("<html lang=\"ja\">"));
}
