//! What trainees and their trainer do on their pages.

use libtest_mimic::Trial;
use serde_json::json;

use crate::looks::{SIZES, keep};
use crate::started::Page;
use crate::trial;
use crate::window::Window;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("a_training_goes_from_the_ticket_to_a_score", alone),
        trial("a_debrief_is_a_page_in_four_languages_and_on_paper", debrief),
        trial("a_page_says_that_the_time_is_up", time_up),
        trial("a_lesson_has_a_trainer_and_two_trainees", class),
    ]
}

async fn alone() {
    let page = Page::train("agent-service-stopped");
    let window = Window::open(&page.link).await;
    window.until_text(".ticket", "Ticket T-").await;
    for word in ["agent-service-stopped", "obengine"] {
        let name = format!("value=\"{word}\"");
        let source = window.source().await.replace(&name, "");
        assert!(!source.contains(word), "`{word}` stands on the page");
    }
    window.fill("#note", "first the services").await;
    window.click("form[action='/note'] button").await;
    window.until_text("#said", "noted").await;
    window.click("form[action='/hint'] button").await;
    window.until_text("#said", "(-5)").await;
    fits(&window, "a ticket").await;
    window.type_line("net start obengine").await;
    window.click("form[action='/check'] button").await;
    window.until_text("#said", "It works now.").await;
    window.fill("#cause", "agent-service-stopped").await;
    window.click("form[action='/submit'] button").await;
    window.until_text("#said", "submitted").await;
    window.click("form[action='/end'] button").await;
    window.until_text("#idle .debrief", "agent-service-stopped").await;
    fits(&window, "a score").await;
    assert_eq!(window.complaints().await, [""; 0]);
}

async fn debrief() {
    let page = Page::train("passphrase-kek-missing");
    let window = Window::open(&page.link).await;
    for line in
        ["sc query obengine", "hint", "hint", "note it is long", "echo changed > C:\\new.txt"]
    {
        window.type_line(line).await;
    }
    window.fill("#cause", "agent-service-stopped").await;
    window.click("form[action='/submit'] button").await;
    window.until_text("#said", "submitted").await;
    window.click("form[action='/end'] button").await;
    window.until("document.querySelector('#idle .debrief')").await;
    for (language, heading) in
        [("ja", "メモ"), ("ko", "메모"), ("zh-TW", "您的備註"), ("en", "Your notes")]
    {
        window.click(&format!("button[value={language}]")).await;
        window.until(&format!("document.documentElement.lang === '{language}'")).await;
        window.until("document.querySelector('#idle .debrief table')").await;
        let headings: Vec<String> = window.evaluate(HEADINGS, json!([])).await;
        assert!(headings.iter().any(|it| it == heading), "{headings:#?}");
        fits(&window, &format!("debrief-{language}")).await;
    }
    // What a line printed is folded away.
    window.click(".typed summary").await;
    window.until_text(".typed details[open] pre", "SERVICE_NAME: obengine").await;
    window.media("print", "dark").await;
    window.assert_all_is_legible("a debrief on paper").await;
    let buttons = "return [...document.querySelectorAll('button')].filter((it) => it.checkVisibility()).length";
    assert_eq!(window.evaluate::<u32>(buttons, json!([])).await, 0);
    window.media("", "dark").await;
    let pdf = window.print().await;
    keep("debrief.pdf", || async { pdf }).await;
    assert_eq!(window.complaints().await, [""; 0]);
}

const HEADINGS: &str =
    "return [...document.querySelectorAll('#idle h2, #idle h3')].map((it) => it.textContent)";

/// Nobody types anything, and nobody loads the page anew.
async fn time_up() {
    let page = Page::train_for("agent-service-stopped", "4s");
    let window = Window::open(&page.link).await;
    window.until_text("#idle .debrief .outcome", "(the time is up)").await;
    assert_eq!(window.complaints().await, [""; 0]);
}

async fn class() {
    let page = Page::class(2);
    let trainer = Window::open(&page.link).await;
    let [one, two] = page.others.as_slice() else { panic!("{:?}", page.others) };
    let (one, two) = (Window::open(one).await, Window::open(two).await);
    for trainee in [&one, &two] {
        trainee.until_text("#idle", "has not started").await;
    }
    trainer.until_text("#trainees", "Waiting").await;
    trainer.click("form[action='/lesson'] button").await;
    trainer.until("document.querySelector(\"form[action='/start'] button\")").await;
    trainer.click("form[action='/start'] button").await;
    // Each page moves on by itself.
    for trainee in [&one, &two] {
        trainee.until_text(".ticket", "Ticket T-").await;
    }
    one.type_line("hostname").await;
    trainer.until_text("#trainees tbody tr:first-child td:nth-child(3)", "1").await;
    fits(&trainer, "a class").await;
    // The trainer looks at the machine of one, and follows it.
    trainer.click("#trainees tbody tr:first-child a").await;
    let row = "[...document.querySelectorAll('#world #pane tr')].find((it) => it.textContent.includes('VSS'))?.textContent";
    trainer.until(&format!("{row}?.includes('Running')")).await;
    one.type_line("net stop vss").await;
    trainer.until(&format!("{row}?.includes('Stopped')")).await;
    trainer.until_text("#screen", "net stop vss").await;
    one.type_line("curl http://www.msftncsi.com/ncsi.txt").await;
    trainer.until("document.querySelector('#world #picture .trip')").await;
    trainer.click("#world #panes a[href*=tasks]").await;
    trainer.until_text("#world #pane", "Microsoft-OnlineBackup").await;
    fits(&trainer, "a trainee's machine").await;
    one.click("form[action='/end'] button").await;
    one.until_text("#idle", "will show the answer").await;
    trainer.click("form[action='/reveal'] button").await;
    for trainee in [&one, &two] {
        trainee.until_text("#idle .score", "of 100").await;
    }
    for window in [&trainer, &one, &two] {
        assert_eq!(window.complaints().await, [""; 0]);
    }
}

async fn fits(window: &Window, what: &str) {
    for scheme in ["dark", "light"] {
        window.media("screen", scheme).await;
        window.assert_all_is_legible(&format!("{what}, {scheme}")).await;
        let name = format!("{}-{scheme}.png", what.replace(' ', "-"));
        keep(&name, || window.whole(1280, 1)).await;
    }
    for (width, size, scale) in SIZES {
        window.resize(size, scale).await;
        window.assert_it_fits(&format!("{what}, {width}")).await;
        keep(&format!("{}-{width}.png", what.replace(' ', "-")), || window.whole(size.0, scale))
            .await;
    }
}
