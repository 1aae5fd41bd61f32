//! Text for terminals: colours where they are wanted, and nothing from a stranger that a terminal would obey.

use anstyle::{AnsiColor, Style};

use super::Ending;
use marslab_engine::verdict::Verdict;
use marslab_scenario::scenario::Paint;

/// Good.
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// Bad.
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
/// Inconclusive.
pub(super) const UNSURE: Style = AnsiColor::Yellow.on_default().bold();
/// A heading.
pub(super) const HEADING: Style = Style::new().bold();
/// Secondary text.
pub(super) const ASIDE: Style = Style::new().dimmed();

/// A text in a style, or as it is.
pub(super) fn painted(paint: Paint, style: Style, text: &str) -> String {
    match paint {
        Paint::Plain => text.to_owned(),
        Paint::Colour => format!("{style}{text}{style:#}"),
    }
}

/// The style of an ending.
pub(super) const fn style_of(ending: &Ending) -> Style {
    match ending {
        Ending::Verdict(Verdict::Confirmed) => GOOD,
        Ending::Verdict(Verdict::Mismatch(_)) | Ending::LabFailed(_) | Ending::NotPlayable(_) => {
            BAD
        }
        Ending::Verdict(Verdict::Inconclusive { .. }) | Ending::Open => UNSURE,
    }
}

/// A text without the characters with which it could rewrite a terminal. Subjects and file names are strangers.
pub(super) fn clean(text: &str) -> String {
    let plain = |c: char| match c {
        '\n' => c,
        '\t' => ' ',
        c if c.is_control() || REORDERS.contains(&c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(plain).collect()
}

/// Characters that make a text look like another one: marks of its direction.
const REORDERS: [char; 9] = [
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}',
    '\u{2069}',
];
