//! A class: a trainer and two trainees, each in a browser of their own.

use std::sync::Arc;

use http::StatusCode;
use marslab_scenario::corpus;
use marslab_training::course::Course;

use super::training::{Kept, drive, setting, without_lists, words_of};
use crate::testing::{Browser, read_until};
use crate::{Keeper, Page};

/// What is told to whom something is not for.
const REFUSED: &str = "This is not for you.\n";

struct Classroom {
    page: Page,
    trainer: Browser,
    trainees: Vec<Browser>,
    kept: Arc<Kept>,
}

async fn classroom(course: Option<Course>) -> Classroom {
    let kept = Arc::new(Kept::default());
    let keeper: Arc<dyn Keeper> = kept.clone();
    let page = Page::class(2, course, &setting(), keeper).await.unwrap();
    let trainer = Browser::entering(&page.link().unwrap()).await;
    let mut trainees = Vec::new();
    for link in page.trainee_links().unwrap() {
        trainees.push(Browser::entering(&link).await);
    }
    Classroom { page, trainer, trainees, kept }
}

/// The cells of a trainee's row, as the trainer sees it.
async fn row(trainer: &Browser, number: usize) -> Vec<String> {
    let page = trainer.page().await;
    let start = format!("<a href=\"/?trainee={number}\">");
    let row = page.split_once(&start).unwrap().1.split_once("</tr>").unwrap().0;
    let cells = row.split("<td ").skip(1).map(|it| it.split_once("</td>").unwrap().0);
    cells.map(|it| it.split_once('>').unwrap().1.to_owned()).collect()
}

#[tokio::test]
async fn a_lesson_with_a_trainer_and_two_trainees() {
    let Classroom { page: _page, trainer, trainees, kept } = classroom(None).await;
    let [one, two] = trainees.as_slice() else { panic!("two trainees") };
    let (mut stream, mut text) = one.events().await;
    assert!(trainer.page().await.contains("Choose a lesson"));
    assert!(one.page().await.contains("has not started the exercise yet"));
    trainer.post("/lesson", "lesson=first-look").await;
    assert!(two.page().await.contains("Before you look at the network"));
    trainer.post("/start", "number=0").await;
    read_until(&mut stream, &mut text, "event: changed").await;
    // With another stage, the script loads the page anew.
    assert!(trainer.page().await.contains("data-stage=\"trainer with an exercise\""));
    for (trainee, ticket) in [(one, "Ticket T-7-1-1"), (two, "Ticket T-7-2-1")] {
        let page = trainee.page().await;
        assert!(page.contains(ticket) && page.contains("Begin with the services."), "{page}");
    }
    // What one does changes the world of one.
    one.get("/?pane=services").await;
    one.post("/submit", "cause=agent-service-stopped").await;
    one.post("/type", "line=net+start+obengine").await;
    one.post("/check", "").await;
    two.post("/check", "").await;
    two.post("/hint", "").await;
    assert!(one.page().await.contains("It works now."));
    assert!(two.page().await.contains("It does not work yet."));
    let submitted = "<code>agent-service-stopped</code>";
    let seen = row(&trainer, 1).await;
    assert_eq!(seen[..6], ["At it", "3", "1 / 1", "0", "1", submitted], "{seen:?}");
    let seen = row(&trainer, 2).await;
    assert_eq!(seen[..6], ["At it", "2", "0 / 1", "1", "1", "<code></code>"], "{seen:?}");
    let screen = trainer.get("/?trainee=1").await.body;
    assert!(screen.contains("<kbd>net start obengine</kbd>") && screen.contains("T-7-1-1"));
    // One ends it, and does not get the answer before the trainer shows it to all.
    one.post("/end", "").await;
    let seen = row(&trainer, 1).await;
    assert_eq!((seen[0].as_str(), seen[6].as_str()), ("Cured", "100"), "{seen:?}");
    assert!(one.page().await.contains("Your trainer will show the answer"));
    trainer.post("/reveal", "").await;
    assert!(one.page().await.contains("<strong>100</strong> of 100 points"));
    let ended = two.page().await;
    assert!(ended.contains("the time is up") && ended.contains("One command shows it"), "{ended}");
    trainer.post("/hide", "").await;
    assert!(!one.page().await.contains("of 100 points"));
    // The next one; a second click starts nothing more.
    trainer.post("/start", "number=1").await;
    trainer.post("/start", "number=1").await;
    for (trainee, ticket) in [(one, "Ticket T-7-1-2"), (two, "Ticket T-7-2-2")] {
        assert!(trainee.page().await.contains(ticket));
    }
    trainer.post("/end", "").await;
    assert_eq!(row(&trainer, 2).await[0], "Not cured");
    let kept = kept.0.lock().unwrap();
    assert_eq!(kept.len(), 4, "a record for each trainee and exercise");
    assert!(kept.iter().all(|(_, record)| record.revealed.is_some()));
}

/// The trainer sees the machine as the trainee's own page would show it, and what they look at counts for nobody.
#[tokio::test]
async fn a_trainer_looks_at_a_trainees_machine() {
    let Classroom { page: _page, trainer, trainees, .. } = classroom(None).await;
    let [one, two] = trainees.as_slice() else { panic!("two trainees") };
    trainer.post("/scenario", "scenario=agent-service-stopped").await;
    assert!(!trainer.get("/?trainee=1").await.body.contains("id=\"pane\""), "there is no machine");
    trainer.post("/start", "number=0").await;
    for (pane, shown) in [
        ("services", "Microsoft Azure Recovery Services Agent"),
        ("tasks", "Microsoft-OnlineBackup"),
        ("registry&at=HKLM%5CSOFTWARE", "Microsoft"),
        ("files", "Program Files"),
        ("volumes", "NTFS"),
        ("proxies", "WinHTTP"),
        ("events", "Windows Defender"),
        ("traffic", "There is nothing here."),
    ] {
        let seen = trainer.get(&format!("/?trainee=1&pane={pane}")).await.body;
        let world = seen.split_once("id=\"world\"").unwrap().1;
        assert!(world.contains("class=\"picture") && world.contains(shown), "{pane}: {world}");
        assert!(!world.contains("method=\"post\""), "nothing can be done there");
        assert!(world.contains("href=\"/?trainee=1&amp;pane=tasks\""), "{world}");
    }
    assert_eq!(row(&trainer, 1).await[2], "0 / 1", "the trainee has not looked");
    // What the trainee does is followed, and what another does is not.
    let (mut stream, mut text) = trainer.events_at("/events?trainee=1").await;
    one.post("/type", "line=curl+http%3A%2F%2Fwww.msftncsi.com%2Fncsi.txt").await;
    read_until(&mut stream, &mut text, "event: picture").await;
    one.post("/type", "line=net+stop+vss").await;
    two.post("/type", "line=net+stop+w32time").await;
    let seen = trainer.get("/?trainee=1&pane=services").await.body;
    let state = |name: &str| {
        let row = seen.split_once(&format!(">{name}</th>")).unwrap().1;
        row.split_once("state ").unwrap().1.split_once('"').unwrap().0.to_owned()
    };
    assert_eq!([state("VSS"), state("W32Time")], ["off", "on"]);
    one.post("/end", "").await;
    assert!(!trainer.get("/?trainee=1").await.body.contains("id=\"pane\""), "it has ended");
}

#[tokio::test]
async fn a_trainee_cannot_do_what_the_trainer_does() {
    let Classroom { page, trainer, trainees, .. } = classroom(None).await;
    let one = trainees.first().unwrap();
    for started in [false, true] {
        for (action, form) in [
            ("/lesson", "lesson=network"),
            ("/scenario", "scenario=agent-service-stopped"),
            ("/start", "number=0"),
            ("/reveal", ""),
            ("/hide", ""),
            ("/repair", ""),
            ("/break", ""),
            ("/revert", "number=1"),
        ] {
            assert_eq!(one.post(action, form).await.status, StatusCode::FORBIDDEN, "{action}");
        }
        if !started {
            assert!(trainer.page().await.contains("Choose a lesson"), "nothing was set");
            trainer.post("/scenario", "scenario=agent-service-stopped").await;
            trainer.post("/start", "number=0").await;
        }
    }
    // Nor do they get the machine of anybody as a trainer does, or the trainer's page.
    for address in ["/?trainee=1", "/?trainee=2", "/?trainee=2&pane=services", "/events?trainee=2"]
    {
        let refused = one.get(address).await;
        assert_eq!((refused.status, refused.body.as_str()), (StatusCode::FORBIDDEN, REFUSED));
    }
    assert!(!one.page().await.contains("id=\"trainees\""));
    // A link is good once, and for one person.
    let links = page.trainee_links().unwrap();
    let two = Browser::entering(&links[1]).await;
    assert!(two.page().await.contains("T-7-2-1"));
    for (action, form) in [("/lesson", "lesson=x"), ("/scenario", "scenario=x"), ("/start", "")] {
        assert_eq!(trainer.post(action, form).await.status, StatusCode::BAD_REQUEST, "{action}");
    }
    assert_eq!(trainer.post("/type", "line=hostname").await.status, StatusCode::NOT_FOUND);
}

/// Searches everything that was sent to the trainees of a class before the answer is shown.
#[tokio::test]
async fn nothing_tells_a_class_the_answer_before_it_is_shown() {
    let Classroom { page: _page, trainer, trainees, .. } = classroom(None).await;
    let [one, two] = trainees.as_slice() else { panic!("two trainees") };
    let plays: Vec<_> = corpus::plays().filter(|it| it.fails() && !it.cures.is_empty()).collect();
    for play in plays.iter().skip(7).step_by(plays.len() / 6) {
        let (mut stream, mut events) = two.events().await;
        one.page().await;
        trainer.post("/scenario", &format!("scenario={}", play.name)).await;
        one.page().await;
        trainer.post("/start", "number=0").await;
        assert!(trainer.page().await.contains(&play.name));
        drive(one).await;
        drive(two).await;
        one.post("/end", "").await;
        drive(one).await;
        read_until(&mut stream, &mut events, "event: changed").await;
        let heard = [one, two].map(|it| std::mem::take(&mut *it.heard.lock().unwrap()));
        for word in words_of(play) {
            let sent = heard.iter().map(|it| without_lists(it).0).chain([events.clone()]);
            for sent in sent {
                assert!(!sent.contains(&word), "{}: `{word}` in\n{sent}", play.name);
            }
        }
        trainer.post("/reveal", "").await;
        assert!(two.page().await.contains(&play.name));
        trainer.post("/hide", "").await;
        two.heard.lock().unwrap().clear();
    }
}

#[tokio::test]
async fn a_trainers_page_is_in_four_languages() {
    let Classroom { page: _page, trainer, .. } = classroom(Course::of_lesson("first-look")).await;
    trainer.post("/start", "number=0").await;
    for (language, words) in [
        ("ja", ["受講者", "作業中", "まずサービスを確認してください。"]),
        ("ko", ["수강생", "진행 중", "서비스부터 확인하세요."]),
        ("zh-TW", ["學員", "進行中", "請從服務開始檢查。"]),
        ("en", ["Trainees", "At it", "Begin with the services."]),
    ] {
        trainer.post("/language", &format!("language={language}")).await;
        let page = trainer.page().await;
        assert!(words.iter().all(|word| page.contains(word)), "{page}");
    }
}
