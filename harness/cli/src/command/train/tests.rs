//! A terminal at which nothing is typed until the time is up.

use std::pin::pin;
use std::sync::mpsc;
use std::time::Duration;

use marslab::training::debrief::Ended;
use marslab::training::training::{Setup, Training};
use marslab_model::world::Language;
use tokio::sync::mpsc as lines;
use tokio::time::Instant;

use super::lines::{Line, Lines};
use super::{Room, Selection};

const LIMIT: Duration = Duration::from_secs(1800);

/// What reads the lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Plain,
    Editor,
}

/// How it ends, what is shown meanwhile, and after how much time. A line is typed five seconds too late.
async fn ended(reader: Reader) -> (Ended, String, Duration) {
    let play = Selection::one("agent-service-stopped").unwrap();
    let language = Language::English;
    let setup = Setup { id: "T-1".to_owned(), seed: 7, language, limit: Some(LIMIT) };
    let mut training = Training::open(&play, setup).await.unwrap();
    let (wanted, _prompts) = mpsc::channel();
    let (type_line, read) = lines::unbounded_channel();
    let (_ask, asked) = lines::unbounded_channel();
    let is_editor = reader == Reader::Editor;
    let mut lines = Lines { wanted, read, asked, is_editor };
    let mut out = Vec::new();
    let mut room = Room { out: &mut out, training: &mut training, record: None };
    tokio::time::pause();
    let started = Instant::now();
    let trainee = async {
        tokio::time::sleep(LIMIT + LATE).await;
        type_line.send(Line::Typed("hostname".to_owned())).unwrap();
        std::future::pending::<()>().await;
    };
    let stop = pin!(std::future::pending());
    let ended = tokio::select! {
        ended = room.go_on(started, &mut lines, stop) => ended.unwrap(),
        () = trainee => unreachable!("it waits"),
    };
    (ended, String::from_utf8(out).unwrap(), started.elapsed())
}

#[tokio::test]
async fn the_time_is_up_though_nothing_is_typed() {
    let (ended, shown, after) = ended(Reader::Plain).await;
    assert_eq!((ended, shown.as_str()), (Ended::TimeUp, ""));
    assert!(after >= LIMIT && after < LIMIT + LATE, "{after:?}");
}

/// An editor has changed the terminal, so that it cannot be given up: it says that the time is up, and waits for a line, which
/// does nothing.
#[tokio::test]
async fn an_editor_says_at_once_that_the_time_is_up() {
    let (ended, shown, after) = ended(Reader::Editor).await;
    let said = "\r\nThe time is up. Press Enter to see the score.\r\n";
    assert_eq!((ended, shown.as_str()), (Ended::TimeUp, said));
    assert!(after >= LIMIT + LATE, "{after:?}");
}

const LATE: Duration = Duration::from_secs(5);
