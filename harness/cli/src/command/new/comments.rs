//! What stands beside the keys of a skeleton.

use marslab::catalogue::{Article, Failure};

/// The head of a file: what it is for, and how to go on.
pub(super) fn head(row: &Failure, intro: &str) -> String {
    let articles: Vec<&str> = row.articles.iter().copied().map(Article::id).collect();
    let mut lines = vec![
        format!("# A scenario for `{}`, documented in {}:", row.id, articles.join(", ")),
        format!("# {}", row.problem),
    ];
    lines.extend(row.note.iter().map(|note| format!("# Note: {note}")));
    lines.push("#".to_owned());
    lines.push(format!("# {intro}"));
    lines.push(
        "# `marslab check FILE` tells what is wrong with it, `marslab run FILE` plays it."
            .to_owned(),
    );
    lines.join("\n") + "\n\n"
}

/// The text of a scenario with a comment above each of its parts.
pub(super) fn added(text: &str) -> String {
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

/// How a part begins, and what it is.
const PARTS: &[(&str, &str)] = &[
    ("title", "What the scenario shows, in one line."),
    ("failure", "The documented failure that it reproduces."),
    ("article", "The article that it follows."),
    ("[given]", "The healthy background of the first beat; `marslab list settings` has them."),
    ("[[fault]]", "What is broken, one fault a table; `marslab list faults` has them."),
    (
        "[when]",
        "What is tried, on the healthy world and on the broken one; `marslab list operations` has them.",
    ),
    (
        "[then]",
        "What is seen: the error on the console, and what a diagnostic core must find, one of each `any`. In a check\n\
         nothing fails; then there is `advice` in place of both.",
    ),
    (
        "[[cure]]",
        "What the administrator does about it, in order; `marslab list remedies` has them.",
    ),
    ("[[case]]", "Variants: the same with some values set, by their place in the file."),
];
