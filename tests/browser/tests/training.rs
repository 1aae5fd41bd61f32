//! What trainees and their trainer do on their pages.

use libtest_mimic::Trial;

use crate::looks::SIZES;
use crate::started::Page;
use crate::trial;
use crate::window::Window;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("a_training_goes_from_the_ticket_to_a_score", alone),
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
    trainer.click("form[action='/start'] button").await;
    // Each page moves on by itself.
    for trainee in [&one, &two] {
        trainee.until_text(".ticket", "Ticket T-").await;
    }
    one.type_line("hostname").await;
    trainer.until_text("#trainees tbody tr:first-child td:nth-child(3)", "1").await;
    fits(&trainer, "a class").await;
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
    }
    for (width, size, scale) in SIZES {
        window.resize(size, scale).await;
        window.assert_it_fits(&format!("{what}, {width}")).await;
    }
}
