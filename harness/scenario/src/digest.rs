//! The digest of a corpus: runs can be compared only if they played the same.

use std::collections::BTreeSet;

use marslab_scenarios::catalogue;
use ring::digest::{Context, SHA256};

use crate::packs;
use crate::play::{Play, Source};

/// A digest (SHA-256, in hexadecimal digits) of these plays: their names, the files that they are in, and the catalogue. The
/// order of the plays does not count.
pub fn of(plays: &[&Play]) -> String {
    let mut texts: BTreeSet<(&str, &str)> = CATALOGUE.iter().map(|text| ("", *text)).collect();
    texts.extend(packs::tables().iter().map(|table| (table.pack.as_str(), table.text.as_str())));
    for play in plays {
        texts.insert(("play", &play.name));
        add(&mut texts, &play.source);
    }
    let mut digest = Context::new(&SHA256);
    for (name, text) in texts {
        for part in [name, text] {
            digest.update(&part.len().to_be_bytes());
            digest.update(part.as_bytes());
        }
    }
    digest.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn add<'p>(texts: &mut BTreeSet<(&'p str, &'p str)>, source: &'p Source) {
    match source {
        Source::File(file) => drop(texts.insert((&file.name, &file.text))),
        Source::Parts(parts) => parts.iter().for_each(|(_, source)| add(texts, source)),
    }
}

const CATALOGUE: [&str; 9] = [
    catalogue::SECTIONS,
    catalogue::MESSAGES,
    catalogue::SHOWN,
    catalogue::CAUSES,
    catalogue::AREAS,
    catalogue::REMEDIES,
    catalogue::FAILURES,
    catalogue::BEYOND,
    catalogue::LOOK_ALIKES,
];

#[cfg(test)]
mod tests;
