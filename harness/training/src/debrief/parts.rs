//! [`Told`]: a debrief as it is read, from top to bottom. The terminal prints it, and the page shows it.

use std::fmt;

use marslab_engine::left_behind::Ending;
use marslab_model::world::Language;

use super::{COLLATERAL, COLLATERAL_MAX, Debrief, Points};
use crate::texts::Texts;

/// A debrief as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    /// The score, why it ended, and how the repair did.
    pub score: String,
    /// The same without the score.
    pub ending: String,
    /// What the score is made of.
    pub points: &'a [Points],
    /// What it was: in words, and by its name, level and seed.
    pub was: String,
    /// What was found, done, left and missed; none of them is empty.
    pub lists: Vec<List<'a>>,
    /// The section of the articles.
    pub section: Option<String>,
    /// The documented remedies, each with its steps.
    pub remedies: Vec<(String, &'a [String])>,
}

/// A list with its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<'a> {
    /// Its heading.
    pub heading: String,
    /// Why it counts, where that does not go without saying.
    pub why: Option<String>,
    /// What is listed.
    pub items: &'a [String],
    /// In which language it is told.
    pub language: Language,
    /// How many more there are, where not all are listed.
    pub more: Option<String>,
}

impl Debrief {
    /// As it is read.
    pub fn told(&self) -> Told<'_> {
        let texts = Texts::of(self.language);
        let (why, ending) = (texts.ended(self.ended), texts.ending(self.ending));
        let level = self.difficulty.map_or_else(String::new, |it| texts.level(&it));
        let remedies = self.remedies.iter();
        Told {
            score: texts.score(&self.score, &why, &ending),
            ending: ending + &why,
            points: &self.points,
            was: texts.it_was(&self.title, &self.scenario, &level, &self.seed),
            lists: self.lists(texts),
            section: self.section.as_ref().map(|section| texts.section(section)),
            remedies: remedies
                .map(|it| (texts.documented_remedy(&it.title), it.steps.as_slice()))
                .collect(),
        }
    }

    fn lists(&self, texts: Texts) -> Vec<List<'_>> {
        let still = (self.ending == Ending::Masked).then(|| texts.why_masked());
        let besides = Some(texts.why_besides(&COLLATERAL, &COLLATERAL_MAX));
        let lists = [
            (texts.cause(), None, &self.causes),
            (texts.you_named(), None, &self.submitted),
            (texts.still_broken(), still, &self.still_broken),
            (texts.changed_besides(), besides, &self.collateral),
            (texts.broken_and_seen(), None, &self.looked_at),
            (texts.broken_and_missed(), None, &self.missed),
            (texts.your_notes(), None, &self.notes),
        ];
        let lists = lists.into_iter().filter(|(_, _, items)| !items.is_empty());
        lists
            .map(|(heading, why, items)| {
                let more = items.len().checked_sub(LISTED_MAX).filter(|more| *more > 0);
                let more = more.map(|more| texts.and_more(&more));
                let items = items.get(..LISTED_MAX).unwrap_or(items);
                List { heading, why, items, language: self.language, more }
            })
            .collect()
    }
}

impl fmt::Display for Debrief {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.told())
    }
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.score)?;
        for Points { what, points } in self.points {
            writeln!(f, "  {points:>4}  {what}")?;
        }
        writeln!(f, "\n{}", self.was)?;
        self.lists.iter().try_for_each(|list| write!(f, "{list}"))?;
        if let Some(section) = &self.section {
            writeln!(f, "{section}")?;
        }
        for (title, steps) in &self.remedies {
            writeln!(f, "{title}")?;
            for (number, step) in (1..).zip(*steps) {
                writeln!(f, "  {number}. {step}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", Texts::of(self.language).heading(&self.heading))?;
        let why = self.why.iter().flat_map(|why| why.lines());
        for line in why.chain(self.items.iter().map(String::as_str)) {
            writeln!(f, "  {line}")?;
        }
        self.more.iter().try_for_each(|more| writeln!(f, "  {more}"))
    }
}

/// More is not read.
const LISTED_MAX: usize = 12;
