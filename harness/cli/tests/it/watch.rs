//! `run --watch`.

use std::io::BufRead as _;

use crate::{Files, HARMLESS, STOPPED, Started, marslab, scenario};

impl Started {
    /// The output up to where it waits for a change.
    fn round(&mut self) -> String {
        let mut round = String::new();
        while !round.ends_with("\nwatching 1 file; Ctrl-C ends\n") {
            assert!(self.lines.read_line(&mut round).unwrap() > 0, "it ended: {round}");
        }
        round
    }
}

#[test]
fn what_is_edited_is_run_again() {
    let files = Files::new();
    let file = files.with("mine.toml", scenario(STOPPED));
    // At once, so that no run meets half of a file. On Windows a file that is being read cannot be replaced; editors try again.
    let edit = |text: &str| {
        let new = files.with("new.toml", text);
        let is_done = (0..100_000).any(|_| std::fs::rename(&new, &file).is_ok());
        assert!(is_done, "{file} cannot be replaced");
    };
    let mut watching = Started::of(&["run", "--watch", "--fidelity", "memory", &file]);
    let round = watching.round();
    assert!(round.starts_with("confirmed     mine\n"), "{round}");
    edit(&scenario(HARMLESS));
    let round = watching.round();
    assert!(round.starts_with(&format!("\n--- `{file}` has changed ---\n\nmismatch")), "{round}");
    // A mistake is told, and can be mended.
    edit("");
    let round = watching.round();
    assert!(!round.contains("mine\n"), "{round}");
    edit(&scenario(STOPPED));
    let round = watching.round();
    assert!(round.contains("confirmed     mine\n"), "{round}");
}

#[test]
fn what_cannot_be_watched() {
    let none = ["run", "--watch", "--fidelity", "memory", "kek"];
    marslab(&none).code(2).stderr_has("`--watch` has no file to watch\nhint: name a scenario file");
    let files = Files::new();
    let file = files.with("mine.toml", scenario(STOPPED));
    marslab(&["run", "--watch", &file, "--json", "-"])
        .code(2)
        .stderr_has("read from a file, and write the report to one");
}
