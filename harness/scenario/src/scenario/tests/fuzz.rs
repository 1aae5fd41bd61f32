//! Whatever a file holds, the answer is a scenario or at least one problem that stands in it.

use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{files, parsed};
use crate::scenario::Paint;

fn check(text: &str) -> Result<(), TestCaseError> {
    match parsed(text) {
        Ok(scenario) => prop_assert!(!scenario.plays.is_empty()),
        Err(problems) => {
            prop_assert!(problems.count() > 0);
            for problem in problems.iter() {
                let shown = text.get(problem.span.clone());
                prop_assert!(shown.is_some(), "{:?} is not in the text", problem);
                prop_assert!(!problem.message.chars().any(char::is_control), "{:?}", problem);
            }
            let plain = problems.render(Paint::Plain);
            prop_assert!(plain.contains("file.toml:"), "{}", plain);
            prop_assert!(!plain.contains('\u{1b}'), "an escape sequence");
            prop_assert!(!problems.render(Paint::Colour).is_empty());
        }
    }
    Ok(())
}

/// The good and the bad files of the tests beside this one.
fn seeds() -> &'static [String] {
    static SEEDS: OnceLock<Vec<String>> = OnceLock::new();
    SEEDS
        .get_or_init(|| ["good", "bad"].into_iter().flat_map(files).map(|(_, text)| text).collect())
}

/// Pieces of scenario files, and pieces that are trouble.
fn piece() -> impl Strategy<Value = String> {
    let words: Vec<&str> = WORDS.split_whitespace().chain(TROUBLE).collect();
    prop_oneof![4 => select(words).prop_map(str::to_owned), 1 => "\\PC{0,8}", 1 => ".{0,4}"]
}

const WORDS: &str = r#"
    title failure control beyond article given fault when then cure case set any about finding remedy with name
    operation blocks proxy-asks behind-proxy restart-server "fault.0.blocks.to" "fault.0" "cure" "then.finding.0"
    [ ] [[ ]] { } = , . " ' ''' """ # \ 0 -1 1e9 nan true 1979-05-27 99999999999999999999 0x1FC07 "" {} [] \u0000
"#;

const TROUBLE: [&str; 13] = [
    "\n",
    "\r\n",
    "\t",
    " ",
    "\u{feff}",
    "\u{0}",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{200b}",
    "e\u{301}",
    "日本🦀",
    "[[case]]\nname = 'x'\nset = { \"fault.0\" = 1 }\n",
    "[[fault]]\nblocks = { to = ['*'] }\n",
];

/// One edit of a text: a piece in place of some characters.
fn edited(text: &str, at: Index, cut: usize, piece: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let start = at.index(chars.len() + 1);
    let end = (start + cut).min(chars.len());
    let (before, after) = (&chars[..start], &chars[end..]);
    before.iter().copied().chain(piece.chars()).chain(after.iter().copied()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_answered(text in "(?s).{0,200}") {
        check(&text)?;
    }

    #[test]
    fn pieces_of_scenarios_are_answered(pieces in prop::collection::vec(piece(), 0..40)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn edited_scenarios_are_answered(
        seed in any::<Index>(),
        edits in prop::collection::vec((any::<Index>(), 0..30_usize, piece()), 1..4),
    ) {
        let seed = seed.get(seeds()).clone();
        let text = edits.iter().fold(seed, |text, (at, cut, piece)| edited(&text, *at, *cut, piece));
        check(&text)?;
    }

    #[test]
    fn lines_in_any_order_are_answered(
        seed in any::<Index>(),
        picks in prop::collection::vec(any::<Index>(), 0..40),
    ) {
        let lines: Vec<&str> = seed.get(seeds()).lines().collect();
        let text: Vec<&str> =
            picks.iter().filter(|_| !lines.is_empty()).map(|pick| *pick.get(&lines)).collect();
        check(&text.join("\n"))?;
    }
}
