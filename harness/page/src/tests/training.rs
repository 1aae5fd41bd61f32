//! A trainee alone, from the ticket to the end.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::StatusCode;
use marslab_model::world::Language;
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::corpus;
use marslab_scenario::scenario::Play;
use marslab_training::choice::is_repairable;
use marslab_training::course::Course;
use marslab_training::debrief::Ended;
use marslab_training::record::Record;

use crate::testing::{Browser, read_until};
use crate::{Keeper, Page, Setting};

/// A number that nothing else is.
const SEED: u64 = 918_273_645;

/// The records, by trainee, as they were kept last.
#[derive(Default)]
pub(crate) struct Kept(pub(crate) Mutex<Vec<(usize, Record)>>);

impl Keeper for Kept {
    fn keep(&self, trainee: usize, record: &Record) {
        let mut kept = self.0.lock().unwrap();
        kept.retain(|(_, other)| other.ticket.id != record.ticket.id);
        kept.push((trainee, record.clone()));
    }
}

impl Kept {
    fn last(&self) -> Record {
        self.0.lock().unwrap().last().unwrap().1.clone()
    }
}

pub(crate) fn setting() -> Setting {
    let limit = Some(Duration::from_secs(1800));
    Setting { id: "T-7".to_owned(), seed: SEED, language: Language::English, limit }
}

fn play(name: &str) -> &'static Play {
    corpus::plays().find(|play| play.name == name).unwrap()
}

async fn opened(course: Course) -> (Page, Browser, Arc<Kept>) {
    let kept = Arc::new(Kept::default());
    let keeper: Arc<dyn Keeper> = kept.clone();
    let page = Page::training(course, &setting(), keeper).await.unwrap();
    let browser = Browser::entering(&page.link().unwrap()).await;
    (page, browser, kept)
}

#[tokio::test]
async fn a_trainee_finds_cures_and_gets_the_score() {
    let (_page, browser, kept) = opened(play("agent-service-stopped").clone().into()).await;
    let page = browser.page().await;
    for expected in ["Ticket T-7-1-1", "The customer says", "data-seconds=\"", "class=\"picture"] {
        assert!(page.contains(expected), "`{expected}` is not in {page}");
    }
    browser.post("/check", "").await;
    assert!(browser.page().await.contains("It does not work yet."));
    browser.post("/hint", "").await;
    browser.post("/note", "note=stopped").await;
    browser.post("/submit", "cause=agent-service-stopped").await;
    browser.post("/type", "line=net+start+obengine").await;
    browser.post("/operate", "operation=backup").await;
    browser.post("/check", "").await;
    let page = browser.page().await;
    assert!(page.contains("It works now.") && page.contains("started successfully"), "{page}");
    assert!(!browser.heard.lock().unwrap().contains("of 100 points"));
    browser.post("/end", "").await;
    let page = browser.page().await;
    for expected in ["of 100 points", "cured", "agent-service-stopped", "stopped", "net start"] {
        assert!(page.contains(expected), "`{expected}` is not in {page}");
    }
    for part in
        ["<h3>Documented remedy: ", "<ol><li>", "<table role=\"table\">", "<kbd>check</kbd>"]
    {
        assert!(page.contains(part), "`{part}` is not in {page}");
    }
    browser.post("/language", "language=ja").await;
    let page = browser.page().await;
    for part in
        ["<div class=\"debrief\" lang=\"ja\">", "<h3>文書化された対処", "原因を最初に言い当てた"]
    {
        assert!(page.contains(part), "`{part}` is not in {page}");
    }
    let record = kept.last();
    let typed: Vec<&str> = record.entries.iter().map(|it| it.typed.as_str()).collect();
    let lines = ["check", "hint", "note stopped", "submit agent-service-stopped"];
    assert_eq!(typed[..4], lines);
    assert_eq!(typed[4..], ["net start obengine", "operate backup", "check", "quit"]);
    let debrief = record.revealed.unwrap();
    assert!(debrief.is_cured() && debrief.is_cause_found && debrief.hints == 1, "{debrief}");
    browser.post("/type", "line=hostname").await;
    assert_eq!(kept.last().entries.len(), 8, "nothing more is typed after the end");
}

/// A pane counts as a command does: once it is opened, and not before.
#[tokio::test]
async fn what_a_pane_shows_was_looked_at() {
    for (address, count) in [("/", 0), ("/?pane=volumes", 0), ("/?pane=services", 1)] {
        let (_page, browser, kept) = opened(play("agent-service-stopped").clone().into()).await;
        browser.get("/").await;
        browser.get(address).await;
        browser.post("/check", "").await;
        browser.post("/end", "").await;
        let debrief = kept.last().revealed.unwrap();
        assert_eq!(debrief.looked_at.len(), count, "{address}: {debrief}");
    }
}

#[tokio::test]
async fn the_time_limit_ends_it() {
    let (_page, browser, kept) = opened(play("agent-service-stopped").clone().into()).await;
    let (mut stream, mut text) = browser.events().await;
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(1801)).await;
    tokio::time::resume();
    read_until(&mut stream, &mut text, "event: changed").await;
    assert!(browser.page().await.contains("not cured (the time is up)"));
    assert!(kept.last().revealed.is_some());
}

#[tokio::test]
async fn alone_a_lesson_goes_on_at_the_trainees_own_pace() {
    let (page, browser, kept) = opened(Course::of_lesson("first-look").unwrap()).await;
    let first = browser.page().await;
    assert!(first.contains("Begin with the services."), "{first}");
    assert!(!first.contains("what else does a restore need"), "{first}");
    browser.post("/end", "").await;
    let ended = browser.page().await;
    assert!(ended.contains("One command shows it") && ended.contains("Next exercise"), "{ended}");
    browser.post("/start", "number=1").await;
    browser.post("/start", "number=1").await;
    let second = browser.page().await;
    assert!(second.contains("T-7-1-2") && second.contains("the agent's own service"), "{second}");
    assert_eq!(browser.post("/start", "number=x").await.status, StatusCode::BAD_REQUEST);
    page.end().await;
    assert_eq!(kept.last().revealed.unwrap().ended, Ended::Interrupted);
}

#[tokio::test]
async fn a_trainees_page_is_in_four_languages() {
    let (_page, browser, _) = opened(play("agent-service-stopped").clone().into()).await;
    for (language, words) in [
        ("ja", ["チケット", "残り時間", "原因を提出"]),
        ("ko", ["티켓", "남은 시간", "원인 제출"]),
        ("zh-TW", ["工單", "剩餘時間", "提交原因"]),
        ("en", ["The ticket", "Time left", "Submit the cause"]),
    ] {
        browser.post("/language", &format!("language={language}")).await;
        let page = browser.page().await;
        assert!(words.iter().all(|word| page.contains(word)), "{page}");
    }
}

/// Searches everything that was sent to a trainee before the end.
#[tokio::test]
async fn nothing_tells_the_answer_before_the_end() {
    let plays: Vec<_> = corpus::plays().filter(|it| it.fails() && is_repairable(it)).collect();
    let mut lists = BTreeSet::new();
    for play in plays.iter().step_by(plays.len() / 12) {
        let (_page, browser, _) = opened((*play).clone().into()).await;
        let (mut stream, mut events) = browser.events().await;
        drive(&browser).await;
        read_until(&mut stream, &mut events, "event: changed").await;
        let heard = std::mem::take(&mut *browser.heard.lock().unwrap());
        let (heard, found) = without_lists(&heard);
        lists.extend(found);
        for word in words_of(play) {
            for sent in [&heard, &events] {
                assert!(!sent.contains(&word), "{}: `{word}` in\n{sent}", play.name);
            }
        }
        browser.post("/end", "").await;
        assert!(browser.page().await.contains(&play.name), "the end tells it");
        // All causes and all remedies: the same, whatever is wrong.
        for line in ["submit+", "do+"] {
            lists.insert(browser.get(&format!("/completions?line={line}")).await.body);
        }
    }
    assert_eq!(lists.len(), 2 + 1, "{lists:?}");
}

/// All that a trainee can do but name a cause and end it.
pub(crate) async fn drive(browser: &Browser) {
    for address in ["/?pane=services", "/?pane=tasks", "/?pane=registry&at=HKLM%5CSOFTWARE"] {
        browser.get(address).await;
    }
    for pane in ["files", "volumes", "proxies", "events", "traffic", "no-such"] {
        browser.get(&format!("/?pane={pane}")).await;
    }
    for (action, form) in [
        ("/operate", ""),
        ("/operate", "operation=backup"),
        ("/check", ""),
        ("/hint", ""),
        ("/hint", ""),
        ("/note", "note=none"),
        ("/submit", "cause=no-such"),
        ("/remedy", "remedy=no-such"),
        ("/type", "line=help"),
        ("/type", "line=time"),
        ("/type", "line=sc+query"),
        ("/type", "line=netsh+winhttp+show+proxy"),
        ("/type", "line=%00%F0%9F%92%A3"),
        ("/language", "language=ja"),
        ("/language", "language=xx"),
        ("/reveal", ""),
        ("/repair", ""),
        ("/break", ""),
        ("/revert", "number=1"),
        ("/no-such", ""),
    ] {
        browser.post(action, form).await;
        browser.get("/").await;
    }
    for line in ["h", "op", "sc+", "operate+", "Get-"] {
        browser.get(&format!("/completions?line={line}")).await;
    }
    browser.get("/no-such").await;
    browser.get("/enter?token=x").await;
    browser.get("/?pane=traffic").await;
}

/// What was sent without the lists of all causes and remedies, and these.
pub(crate) fn without_lists(heard: &str) -> (String, BTreeSet<String>) {
    let mut parts = heard.split("<datalist");
    let mut rest = parts.next().unwrap().to_owned();
    let mut lists = BTreeSet::new();
    for part in parts {
        let (list, after) = part.split_once("</datalist>").unwrap();
        // Titles are in the page's language; names are not.
        let names = list.split("value=\"").skip(1).map(|it| it.split('"').next().unwrap());
        lists.insert(names.collect::<Vec<_>>().join("\n"));
        rest.push_str(after);
    }
    (rest, lists)
}

/// What would tell what a play is about.
pub(crate) fn words_of(play: &Play) -> Vec<String> {
    let mut words = vec![play.name.clone(), play.title.clone(), SEED.to_string()];
    let named = play.faults.iter().map(|fault| fault.name).filter(|name| name.contains('-'));
    words.extend(named.map(str::to_owned));
    words.extend(play.cures.iter().map(|cure| cure.remedy.name.to_owned()));
    let groups = play.expect.findings.iter().chain(&play.expect.advice);
    let causes = groups.flat_map(|group| &group.any);
    for cause in causes.filter_map(|id| Catalogue::known().cause(id.as_str())) {
        words.extend([cause.id.to_string(), cause.title.clone()]);
    }
    words
}
