use marslab_model::WinPath;

use super::{AgentEvent, Level, Log, append};
use crate::testing::{FakeHost, NOW};

const PATH: &str = r"C:\Temp\a.errlog";

#[test]
fn a_line_has_the_known_columns() {
    let host = FakeHost::new();
    let mut log = Log::begin(&host);
    let at = NOW.parse().unwrap();
    log.note(at, "connect", Level::Normal, "one");
    log.note(at, "connect", Level::Warning, "two\twith\r\nbreaks");
    log.write(&host, &WinPath::new(PATH));
    let task = "02020202-0202-4202-8202-020202020202";
    let line = |part: &str, level: &str, text: &str| {
        format!(
            "0101\t0101\t05/21\t10:00:00.206\t18\t{part}\t[0000000001010101]\t{task}\t\t{level}\t{text}\r\n"
        )
    };
    let expected = line("connect.cpp(1)", "NORMAL", "one")
        + &line("connect.cpp(2)", "WARNING", "two with  breaks");
    assert_eq!(host.text_of(PATH), Some(expected));
}

#[test]
fn the_oldest_lines_make_room() {
    let host = FakeHost::new();
    let path = WinPath::new(PATH);
    for lines in [vec!["aaaa", "bbbb"], vec!["cccc"], vec!["dddd", "eeee"]] {
        append(&host, &path, lines.into_iter().map(str::to_owned).collect(), 18);
    }
    assert_eq!(host.text_of(PATH).as_deref(), Some("cccc\r\ndddd\r\neeee\r\n"));
    append(&host, &path, vec!["longer than the whole file".to_owned()], 18);
    assert_eq!(host.text_of(PATH).as_deref(), Some(""));
}

#[test]
fn events_have_their_numbers() {
    let host = FakeHost::new();
    for event in [
        AgentEvent::BackupStarted,
        AgentEvent::BackupCompleted,
        AgentEvent::BackupFailed,
        AgentEvent::ScheduledBackupFailed,
    ] {
        event.record(&host);
    }
    assert_eq!(*host.events.lock().unwrap(), [1, 3, 11, 18]);
}
