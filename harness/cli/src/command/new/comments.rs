//! The comments in a template.

use marslab::catalogue::{Article, Failure};

/// The header of a file: what it is for, and what to do next.
pub(super) fn header(row: &Failure, intro: &str) -> String {
    let articles: Vec<&str> = row.articles.iter().copied().map(Article::id).collect();
    let mut lines = vec![
        format!("# A scenario for `{}`, documented in {}:", row.id, articles.join(", ")),
        format!("# {}", row.problem),
    ];
    lines.extend(row.note.iter().map(|note| format!("# Note: {note}")));
    lines.push("#".to_owned());
    lines.push(format!("# {intro}"));
    lines.push("# `marslab check FILE` checks it, `marslab run FILE` runs it.".to_owned());
    lines.join("\n") + "\n\n"
}

/// The text of a scenario with a comment above each of its parts.
pub(super) fn annotated(text: &str) -> String {
    let mut commented = String::new();
    let mut seen: Vec<&str> = Vec::new();
    for line in text.lines() {
        let part = PARTS.iter().find(|(begin, _)| line.starts_with(begin));
        if let Some((begin, comment)) = part.filter(|(begin, _)| !seen.contains(begin)) {
            seen.push(begin);
            comment.lines().for_each(|line| commented.extend(["# ", line, "\n"]));
        }
        commented.extend([line, "\n"]);
    }
    commented
}

/// The beginning of each part, and its comment.
const PARTS: &[(&str, &str)] = &[
    ("title", "Summary in one line."),
    ("failure", "The documented failure."),
    ("article", "The article that documents it."),
    ("[given]", "Settings of the healthy world; see `marslab list settings`."),
    ("[[fault]]", "What is broken, one fault per table; see `marslab list faults`."),
    ("[when]", "The operation to try; see `marslab list operations`."),
    ("[complaint]", "What the customer says in their own words, whatever the console shows."),
    (
        "[then]",
        "What is expected: the error on the console, and the findings of the diagnosis (one cause of each `any`).\n\
         In a check nothing fails; it has `advice` instead.",
    ),
    ("[[cure]]", "The remedies, in order; see `marslab list remedies`."),
    ("[[case]]", "Variants: the same scenario with some values changed."),
];
