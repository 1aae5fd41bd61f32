//! A training on a terminal: what the line editor makes of keys.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use nix::pty::{Winsize, openpty};

/// A terminal of eighty columns, with the command in it.
struct Terminal {
    process: Child,
    keys: File,
    shows: Receiver<Vec<u8>>,
    shown: Vec<u8>,
}

impl Terminal {
    #[expect(clippy::disallowed_methods, reason = "the process gets keys while it goes on")]
    fn of(arguments: &[&str], kind: &str) -> Self {
        let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        let pair = openpty(&size, None).unwrap();
        let (ours, its) = (pair.master, pair.slave);
        let process = std::process::Command::new(env!("CARGO_BIN_EXE_marslab"))
            .args(arguments)
            .env("TERM", kind)
            .stdin(its.try_clone().unwrap())
            .stdout(its.try_clone().unwrap())
            .stderr(its)
            .spawn()
            .unwrap();
        let keys = File::from(ours);
        let (mut screen, (send, shows)) = (keys.try_clone().unwrap(), channel());
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // Linux says that a terminal without programs is broken.
            while let Ok(length @ 1..) = screen.read(&mut bytes) {
                if send.send(bytes.iter().take(length).copied().collect::<Vec<u8>>()).is_err() {
                    return;
                }
            }
        });
        Self { process, keys, shows, shown: Vec::new() }
    }

    /// Types keys.
    fn types(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// What is shown from the last time on, up to and with a text.
    fn until(&mut self, text: &str) -> String {
        loop {
            let mut windows = self.shown.windows(text.len());
            if let Some(at) = windows.position(|window| window == text.as_bytes()) {
                let shown: Vec<u8> = self.shown.drain(..at + text.len()).collect();
                return String::from_utf8_lossy(&shown).into_owned();
            }
            let more = self.shows.recv_timeout(Duration::from_secs(120));
            let shown = String::from_utf8_lossy(&self.shown);
            assert!(more.is_ok(), "`{text}` is not in\n{shown}");
            self.shown.extend(more.unwrap());
        }
    }

    /// Types keys, and waits for a line that is printed.
    fn prints(&mut self, keys: &str, line: &str) -> String {
        self.types(keys);
        let before = self.until(&format!("\r\n{line}\r\n"));
        before + &self.until(r"C:\>")
    }

    fn code(mut self) -> i32 {
        self.process.wait().unwrap().code().unwrap()
    }
}

const ARGUMENTS: [&str; 4] = ["train", "agent-service-stopped", "--seed", "1"];

#[test]
fn lines_are_edited_remembered_and_completed() {
    let mut terminal = Terminal::of(&ARGUMENTS, "xterm");
    terminal.until(r"C:\>");
    terminal.prints("echo one\r", "one");
    terminal.prints("echo two\r", "two");
    terminal.prints("\x1b[A\x1b[A\r", "one");
    terminal.types("submit agent-service-st\t");
    terminal.until("agent-service-stopped");
    terminal.types("\x15cd C:\\prog\t");
    terminal.until("cd \"C:\\Program Files\"");
    // Ctrl-C drops a line.
    terminal.types("\x03");
    terminal.until(r"C:\>");
    terminal.types("echo lost\x03");
    terminal.until("echo lost");
    terminal.until(r"C:\>");
    let shown = terminal.prints("echo kept\r", "kept");
    assert!(!shown.contains("\nlost"), "{shown}");
    // A letter of two columns goes as one.
    terminal.prints("echo 日本語の\x7f\x1b[D\x1b[D本\r", "日本本語");
    let long = "x".repeat(150);
    terminal.prints(&format!("echo {long}xx\x1b[D\x1b[DY\r"), &format!("{long}Yxx"));
    // Ctrl-D ends.
    terminal.types("\x04");
    let end = terminal.until("Score: 0 of 100");
    assert!(!terminal.until("\r\n").contains("interrupted"), "{end}");
    assert_eq!(terminal.code(), 1);
}

/// As in the windows of Windows; and Ctrl-R looks for an earlier line.
#[test]
fn esc_clears_the_line_and_ctrl_r_finds_another() {
    let mut terminal = Terminal::of(&ARGUMENTS, "xterm");
    terminal.until(r"C:\>");
    terminal.prints("echo one\r", "one");
    terminal.prints("echo two\r", "two");
    terminal.types("echo lost");
    terminal.until("echo lost");
    terminal.types("\x1b");
    // Only once it is cleared, since keys that come with Esc belong to it.
    terminal.until(CLEARED);
    let shown = terminal.prints("echo kept\r", "kept");
    assert!(!shown.contains("lost"), "{shown}");
    terminal.types("\x12one");
    terminal.until("echo one");
    terminal.prints("\r", "one");
    terminal.types("quit\r");
    terminal.until("Score: 0 of 100");
    assert_eq!(terminal.code(), 1);
}

/// What the editor shows of an empty line: it goes to its start, shows the prompt, and clears the rest.
const CLEARED: &str = "\r\x1b[KC:\\>";

/// It is said at once, whatever stands in the line; and Enter ends it, and runs nothing more.
#[test]
fn the_time_is_up_while_a_line_is_edited() {
    let mut terminal = Terminal::of(&[&ARGUMENTS[..], &["--time", "1s"]].concat(), "xterm");
    terminal.until(r"C:\>");
    terminal.types("echo late");
    terminal.until("The time is up. Press Enter to see the score.");
    terminal.types("\r");
    let end = terminal.until("(the time is up)");
    assert!(!end.contains("\nlate"), "{end}");
    assert_eq!(terminal.code(), 1);
}

/// Several lines are several lines, whether or not the terminal tells that they were pasted.
#[test]
fn what_is_pasted_runs_line_by_line() {
    let mut terminal = Terminal::of(&ARGUMENTS, "xterm");
    terminal.until(r"C:\>");
    terminal.types("\x1b[200~echo one\necho two\necho three\x1b[201~\r");
    for line in ["one", "two", "three"] {
        terminal.until(&format!("\r\n{line}\r\n"));
    }
    terminal.until(r"C:\>");
    terminal.types("echo four\recho five\r");
    for line in ["four", "five"] {
        terminal.until(&format!("\r\n{line}\r\n"));
    }
    terminal.until(r"C:\>");
    terminal.types("\x03");
    terminal.until(r"C:\>");
    terminal.types("\x03");
    terminal.until("(interrupted)");
    assert_eq!(terminal.code(), 130);
}

#[test]
fn a_dumb_terminal_gets_plain_lines() {
    let mut terminal = Terminal::of(&ARGUMENTS, "dumb");
    let mut shown = terminal.until(r"C:\>");
    shown += &terminal.prints("echo one\n", "one");
    terminal.types("quit\n");
    shown += &terminal.until("Score: 0 of 100");
    assert!(!shown.contains('\x1b'), "{shown:?}");
    assert_eq!(terminal.code(), 1);
}
