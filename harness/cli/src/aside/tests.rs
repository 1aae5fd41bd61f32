use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use super::{Aside, TEXTS_MAX};

/// A pipe that takes one text for each turn that it is given.
struct Pipe {
    turns: Receiver<()>,
    taken: Arc<Mutex<String>>,
    entered: Sender<()>,
}

impl Write for Pipe {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.entered.send(()).map_err(|_gone| io::ErrorKind::BrokenPipe)?;
        self.turns.recv().map_err(|_gone| io::ErrorKind::BrokenPipe)?;
        self.taken.lock().unwrap().push_str(std::str::from_utf8(text).unwrap());
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn told(count: u64) -> String {
    format!("({count} left out)")
}

#[test]
fn what_no_reader_takes_in_time_is_left_out_and_that_is_told() {
    let (turn, turns) = channel();
    let (entered, enters) = channel();
    let taken = Arc::new(Mutex::new(String::new()));
    let mut aside = Aside::new(Pipe { turns, taken: Arc::clone(&taken), entered }, told);
    aside.put(b"first ".to_vec()).unwrap();
    // The thread holds the first now, and the queue is empty.
    enters.recv().unwrap();
    for _ in 0..TEXTS_MAX + 3 {
        aside.put(b".".to_vec()).unwrap();
    }
    // Two of the queue are taken, in whose places the note and the last text go.
    for _ in 0..2 {
        turn.send(()).unwrap();
        enters.recv().unwrap();
    }
    aside.put(b" last".to_vec()).unwrap();
    for _ in 0..TEXTS_MAX + 2 {
        turn.send(()).unwrap();
    }
    aside.end().unwrap();
    let expected = format!("first {}(3 left out) last", ".".repeat(TEXTS_MAX));
    assert_eq!(*taken.lock().unwrap(), expected);
}

#[test]
fn nobody_waits_at_the_end_for_who_takes_nothing() {
    let (turn, turns) = channel();
    let (entered, enters) = channel();
    let taken = Arc::new(Mutex::new(String::new()));
    let mut aside = Aside::new(Pipe { turns, taken: Arc::clone(&taken), entered }, told);
    aside.put(b"never".to_vec()).unwrap();
    enters.recv().unwrap();
    aside.end().unwrap();
    assert_eq!(*taken.lock().unwrap(), "");
    drop(turn);
}

#[test]
fn a_closed_pipe_is_told() {
    let (turn, turns) = channel::<()>();
    let (entered, _enters) = channel();
    drop(turn);
    let taken = Arc::default();
    let mut aside = Aside::new(Pipe { turns, taken, entered }, told);
    aside.put(b"lost".to_vec()).unwrap();
    assert_eq!(aside.end().unwrap_err().kind(), io::ErrorKind::BrokenPipe);
}
