//! The scenarios that are embedded in the program.

use std::sync::OnceLock;

use crate::catalogue::Catalogue;
use crate::scenario::{Play, Scenario, embedded, parse};

/// Every embedded scenario, sorted by name.
#[expect(clippy::expect_used, reason = "a unit test parses the embedded scenarios")]
pub fn corpus() -> &'static [Scenario] {
    static CORPUS: OnceLock<Vec<Scenario>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let read = |(name, text): &(&str, &str)| {
            parse(&format!("{name}.toml"), text, Catalogue::embedded())
        };
        let read: Result<_, _> = embedded().iter().map(read).collect();
        read.expect("the embedded scenarios have no mistakes")
    })
}

/// Every play of the embedded scenarios: each scenario's own, followed by those of its cases.
pub fn plays() -> impl Iterator<Item = &'static Play> {
    corpus().iter().flat_map(|scenario| &scenario.plays)
}

/// The text of an embedded scenario.
pub fn text(name: &str) -> Option<&'static str> {
    embedded().iter().find(|(stem, _)| *stem == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests;
