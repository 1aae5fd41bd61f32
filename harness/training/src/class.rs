//! The table of a class: a row for each training, as CSV (RFC 4180).

use crate::debrief::Debrief;

/// The names of the columns.
pub fn header() -> String {
    row_of(COLUMNS.map(str::to_owned))
}

/// The row of a training.
pub fn row(of: &Debrief) -> String {
    let difficulty = of.difficulty.map_or_else(String::new, |it| it.to_string());
    row_of([
        of.id.clone(),
        of.scenario.clone(),
        of.seed.to_string(),
        difficulty,
        of.ending_name().to_owned(),
        of.is_cause_found.to_string(),
        of.score.to_string(),
        of.hints.to_string(),
        of.collateral.len().to_string(),
        of.missed.len().to_string(),
        of.seconds.to_string(),
        of.submitted.join(" "),
    ])
}

const COLUMNS: [&str; 12] = [
    "id",
    "scenario",
    "seed",
    "difficulty",
    "ending",
    "cause-found",
    "score",
    "hints",
    "collateral",
    "missed",
    "seconds",
    "submitted",
];

fn row_of(cells: [String; 12]) -> String {
    format!("{}\r\n", cells.map(|it| cell(&it)).join(","))
}

/// A cell that no program takes for a formula or for several.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::cell;

    proptest! {
        #[test]
        fn a_cell_is_one_cell_and_no_formula(text in "\\PC{0,12}|[=+@,\"\r\n\t-]{0,5}") {
            let cell = cell(&text);
            let bare = cell.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
            let plain = bare.map_or_else(|| cell.clone(), |it| it.replace("\"\"", "\""));
            prop_assert!(!plain.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(plain.trim_start_matches('\''), text.trim_start_matches('\''));
            prop_assert!(bare.is_some() || !cell.contains([',', '"', '\r', '\n']));
        }
    }
}
