//! A file that says what is broken and tried, whatever else it says: one that somebody is still writing.

use std::borrow::Cow;
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeValue;

use super::check::check;
use super::library::Library;
use super::parse::{finished, opened, parse_file};
use super::part::{self, Origin};
use super::shape::{DRAFT, FILE};
use super::{PARTS, is_compound};
use crate::catalogue::Article;
use crate::play::{Play, SourceFile};
use marslab_actions::problem::{Problem, Problems};

/// Reads what a file breaks and tries, or reports all mistakes in that. What it expects is neither read nor missed.
pub fn draft(file_name: &str, text: &str, library: &Library<'_>) -> Result<Play, Problems> {
    let source = Arc::new(SourceFile::new(file_name, text));
    let (mut file, mut problems) = opened(&source, library)?;
    if is_compound(&file) {
        let own = parse_file(&source, library)?.plays.into_iter().next();
        return own.ok_or_else(|| {
            let nothing = Problem::syntax(0..0, format!("`{PARTS}` has no play"));
            Problems::new(file_name, text, vec![nothing])
        });
    }
    for key in FILE.iter().filter(|key| DRAFT.iter().all(|of_draft| of_draft.name != key.name)) {
        file.remove(key.name);
    }
    check(&file, DRAFT, library, &mut problems);
    for (key, value) in [("title", "a draft"), ("article", Article::Report.id())] {
        let value = DeValue::String(Cow::Borrowed(value));
        file.insert(Spanned::new(0..0, Cow::Borrowed(key)), Spanned::new(0..0, value));
    }
    let origin = Origin { library, source: &source };
    let play = part::play(source.scenario(), &file, &origin, &mut problems);
    finished(play, problems, &source).map(|(play, _warnings)| play)
}
