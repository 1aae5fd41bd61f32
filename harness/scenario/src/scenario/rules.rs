//! The second pass over a scenario file: do its parts fit together and to the row of the catalogue that it names?

use std::collections::BTreeSet;
use std::ops::Range;
use std::str::FromStr as _;

use marslab_live::Step;
use marslab_model::{Level, Operation};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::part::{article, causes, failure, table, tables, text};
use crate::catalogue::{Catalogue, CauseId, Failure, FailureKind};
use marslab_actions::problem::{Problem, either, list, quote};

/// Reports what does not fit together. What does not have the right shape was reported before and is skipped.
pub(super) fn check(file: &DeTable<'_>, catalogue: &Catalogue, problems: &mut Vec<Problem>) {
    let mut rules = Rules { file, catalogue, problems };
    match (file.contains_key("failure"), file.contains_key("control")) {
        (true, true) => {
            let span = span(file, "control");
            rules.report(span, "a scenario cannot have both `failure` and `control`", None);
        }
        (false, false) => {
            let hint = "`failure` is the id of a documented failure; `control` says what was changed and why it is \
                        harmless";
            rules.report(0..0, "missing key `failure` or `control` in the file", Some(hint));
        }
        (true, false) => rules.failure(),
        (false, true) => rules.control(),
    }
    rules.complaint();
    rules.expectations();
}

struct Rules<'a, 'i> {
    file: &'a DeTable<'i>,
    catalogue: &'a Catalogue,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Rules<'a, '_> {
    fn report(&mut self, span: Range<usize>, message: impl Into<String>, hint: Option<&str>) {
        let problem = Problem::structure(span, message);
        self.problems.push(match hint {
            Some(hint) => problem.with_hint(hint),
            None => problem,
        });
    }

    fn control(&mut self) {
        let file = self.file;
        for key in ["then", "cure"].into_iter().filter(|key| file.contains_key(*key)) {
            let message = format!("a control cannot have `{key}`: nothing is wrong in it");
            self.report(span(file, key), message, None);
        }
        let is_silent = |when: &DeTable<'_>| !when.contains_key("complaint");
        if !file.contains_key("complaint") && table(file, "when").is_some_and(is_silent) {
            let hint = "the customer complains although nothing is wrong: give the id of a message, or of a section \
                        for its question; or their own words in `[complaint]`";
            self.report(
                span(file, "when"),
                "missing key `complaint` in `when` of a control",
                Some(hint),
            );
        }
    }

    fn failure(&mut self) {
        let Some(row) = failure(self.file, self.catalogue) else { return };
        self.article(row);
        match row.kind {
            FailureKind::Umbrella => {
                let members = row.members.get(..MEMBERS_SHOWN).unwrap_or(&row.members);
                let members: Vec<&str> = members.iter().map(|id| id.as_str()).collect();
                let message = format!("`{}` is a heading for other failures", row.id);
                let hint = format!("use one of its members, such as {}", either(&members));
                self.report(span(self.file, "failure"), message, Some(&hint));
            }
            FailureKind::Check => {
                if self.check_row(row) {
                    self.causes_of(row, "advice");
                }
                self.cures_of(row);
            }
            FailureKind::Failure | FailureKind::Step => {
                self.failure_row(row);
                self.causes_of(row, "finding");
                self.cures_of(row);
            }
        }
    }

    fn article(&mut self, row: &Failure) {
        let Some(article) = article(self.file) else { return };
        if !row.articles.contains(&article) {
            let message = format!("the article `{}` does not document `{}`", article.id(), row.id);
            let known: Vec<&str> = row.articles.iter().map(|article| article.id()).collect();
            let hint = format!("expected {}", either(&known));
            self.report(span(self.file, "article"), message, Some(&hint));
        }
    }

    /// Whether what is expected has the keys that a check has.
    fn check_row(&mut self, row: &Failure) -> bool {
        let Some(then) = self.then() else { return false };
        let of_failures = OF_FAILURES.into_iter().filter(|key| then.contains_key(*key));
        let of_failures: Vec<&str> = of_failures.collect();
        if let Some(first) = of_failures.first() {
            let keys = either(&of_failures);
            let message =
                format!("the check `{}` cannot have {keys}: its operation succeeds", row.id);
            self.report(span(then, first), message, Some("`advice` is for what is found"));
            return false;
        }
        if !then.contains_key("advice") {
            let message = format!("missing key `advice` in `then` of the check `{}`", row.id);
            self.report(span(self.file, "then"), message, None);
        }
        true
    }

    fn failure_row(&mut self, row: &Failure) {
        let Some(then) = self.then() else { return };
        for key in ["error", "finding"].into_iter().filter(|key| !then.contains_key(*key)) {
            let message = format!("missing key `{key}` in `then` of `{}`", row.id);
            self.report(span(self.file, "then"), message, None);
        }
        let Some(error) = text(then, "error") else { return };
        if !row.errors.is_empty() && !row.errors.iter().any(|known| known.as_str() == error) {
            let message = format!("`{}` is not a documented error of `{}`", quote(error), row.id);
            let known: Vec<&str> = row.errors.iter().map(|id| id.as_str()).collect();
            let hint = format!("expected {}", either(&known));
            self.report(span(then, "error"), message, Some(&hint));
        }
    }

    /// What is expected, which is required for a documented failure.
    fn then(&mut self) -> Option<&'a DeTable<'a>> {
        if !self.file.contains_key("then") {
            let hint = "it says which error and findings are expected";
            self.report(span(self.file, "failure"), "missing table `[then]`", Some(hint));
        }
        table(self.file, "then")
    }

    /// The findings are causes of the row. Only a file with several faults can have others as well.
    fn causes_of(&mut self, row: &Failure, key: &str) {
        let Some(then) = table(self.file, "then") else { return };
        let is_of_row = |id: &str| row.causes.iter().any(|cause| cause.as_str() == id);
        let fits = |group: &&DeTable<'_>| causes(group).any(|(id, _)| is_of_row(id));
        let foreign: Vec<_> = tables(then, key).filter(|group| !fits(group)).collect();
        let is_allowed =
            tables(self.file, "fault").count() > 1 && tables(then, key).any(|group| fits(&group));
        if is_allowed {
            return;
        }
        let known: Vec<&str> = row.causes.iter().map(|id| id.as_str()).collect();
        for (id, span) in foreign.into_iter().filter_map(|group| causes(group).next()) {
            if self.catalogue.cause(id).is_some() {
                let message = format!("`{id}` is not a documented cause of `{}`", row.id);
                let hint = format!("expected {}", either(&known));
                self.report(span, message, Some(&hint));
            }
        }
    }

    fn cures_of(&mut self, row: &Failure) {
        let known: Vec<&str> = row.remedies.iter().map(|id| id.as_str()).collect();
        let hint = format!("expected {}", either(&known));
        if !self.file.contains_key("cure") {
            let hint = format!("its `remedy` can be {}", either(&known));
            self.report(span(self.file, "failure"), "missing table `[[cure]]`", Some(&hint));
        }
        let cures: Vec<&DeTable<'_>> = tables(self.file, "cure").collect();
        if let Some(last) = cures.last().filter(|last| last.contains_key("then")) {
            let message = "the last cure cannot have `then`: everything works after it";
            self.report(span(last, "then"), message, Some("remove `then`"));
        }
        let is_known = |id: &&str| self.catalogue.remedy(id).is_some();
        let names: Vec<&str> =
            cures.iter().filter_map(|cure| text(cure, "remedy")).filter(is_known).collect();
        let is_documented = |name: &&str| row.remedies.iter().any(|id| id.as_str() == *name);
        let first = cures.iter().find(|cure| cure.contains_key("remedy")).zip(names.first());
        if let Some((cure, name)) = first.filter(|_| !names.iter().any(is_documented)) {
            let message = format!("`{name}` is not a documented remedy for `{}`", row.id);
            self.report(span(cure, "remedy"), message, Some(&hint));
        }
    }

    /// The customer says one thing.
    fn complaint(&mut self) {
        let file = self.file;
        let in_when = table(file, "when").filter(|when| when.contains_key("complaint"));
        if let Some(when) = in_when.filter(|_| file.contains_key("complaint")) {
            let message = "`complaint` in `when` cannot be combined with `[complaint]`";
            self.report(span(when, "complaint"), message, Some("remove one of them"));
        }
    }

    /// The rules for every `then`.
    fn expectations(&mut self) {
        let cures = tables(self.file, "cure").filter_map(|cure| cure.get("then"));
        for then in cures.filter(|then| is_empty_table(then)) {
            self.report(then.span(), "`then` is empty", None);
        }
        let cures = tables(self.file, "cure").filter_map(|cure| table(cure, "then"));
        let of_check = |then: &&DeTable<'_>| {
            let row = failure(self.file, self.catalogue);
            // Reported before, once for all of them.
            row.is_some_and(|row| row.kind == FailureKind::Check)
                && OF_FAILURES.iter().any(|key| then.contains_key(*key))
        };
        let own = table(self.file, "then").filter(|then| !of_check(then));
        for then in own.into_iter().chain(cures) {
            if then.contains_key("advice") && then.contains_key("error") {
                let message = "`advice` cannot be combined with `error`";
                self.report(span(then, "advice"), message, Some("use `finding`"));
            }
            if then.contains_key("says") && !then.contains_key("error") {
                self.report(span(then, "says"), "`says` requires `error`", None);
            }
            self.step(then);
            self.groups(then);
        }
    }

    /// The step at which the operation stops is one that the operation has.
    fn step(&mut self, then: &DeTable<'_>) {
        let Some(step) = text(then, "stops-at").and_then(Step::named) else { return };
        let when = table(self.file, "when").and_then(|when| text(when, "operation"));
        let Some(operation) = when.and_then(|name| Operation::from_str(name).ok()) else { return };
        if !step.is_of(operation) {
            let message = format!("`{operation}` has no step `{step}`");
            let of: Vec<&str> = step.operations().iter().map(|it| it.name()).collect();
            let hint = format!(
                "it is a step of {}; the reference lists the steps of each operation",
                list(&of)
            );
            self.report(span(then, "stops-at"), message, Some(&hint));
        }
    }

    fn groups(&mut self, then: &'a DeTable<'_>) {
        let mut seen = BTreeSet::new();
        let groups = |key| tables(then, key).map(move |group| (key, group));
        for (key, group) in ["finding", "may", "advice"].into_iter().flat_map(groups) {
            let about = text(group, "about");
            self.look_alikes(group);
            self.about(group);
            for (id, at) in causes(group) {
                self.cause(key, id, at.clone());
                if seen.contains(&(id, about)) {
                    self.report(at, format!("duplicate cause `{id}`"), None);
                }
            }
            // Duplicates within a group were reported before.
            seen.extend(causes(group).map(|(id, _)| (id, about)));
        }
    }

    /// Any cause of a group is accepted, so its causes must be indistinguishable.
    fn look_alikes(&mut self, group: &DeTable<'_>) {
        let known = causes(group).filter(|(id, _)| self.catalogue.cause(id).is_some());
        let known: BTreeSet<&str> = known.map(|(id, _)| id).collect();
        let known: Vec<&str> = known.into_iter().collect();
        if known.len() < 2 || self.catalogue.look_alike(&known).is_some() {
            return;
        }
        let message =
            format!("{} cannot be in one group: a subject can tell them apart", list(&known));
        let rows = self.catalogue.look_alikes.values();
        let allowed = rows.map(|row| {
            let causes: Vec<&str> = row.causes.iter().map(CauseId::as_str).collect();
            list(&causes)
        });
        let hint = format!(
            "name the actual cause, or write a group for each; `scenarios/LOOK-ALIKES.md` shows which can be in one \
             group: {}",
            allowed.collect::<Vec<_>>().join("; ")
        );
        self.report(span(group, "any"), message, Some(&hint));
    }

    fn cause(&mut self, key: &str, id: &str, at: Range<usize>) {
        let Some(cause) = self.catalogue.cause(id) else { return };
        if key == "finding" && cause.level == Level::Advice {
            let message = format!("`{id}` is always advice, never a finding");
            self.report(at, message, Some("move it to `advice` or `may`"));
        }
    }

    /// What a finding is about is named where any of the causes has it.
    fn about(&mut self, group: &DeTable<'_>) {
        let known = causes(group).filter_map(|(id, _)| self.catalogue.cause(id));
        let (without, with): (Vec<_>, Vec<_>) = known.partition(|cause| cause.is_about_nothing());
        match (without.first(), with.first(), group.contains_key("about")) {
            (Some(cause), None, true) => {
                let message = format!("findings of `{}` have no `about`", cause.id);
                self.report(span(group, "about"), message, Some("remove `about`"));
            }
            (_, Some(cause), false) => {
                let message =
                    format!("missing `about`, which is {} for `{}`", cause.about, cause.id);
                let warning = Problem::warning(span(group, "any"), message);
                self.problems.push(warning.with_hint("without it, any is accepted"));
            }
            _ => {}
        }
    }
}

/// The position of a key's value.
fn span(table: &DeTable<'_>, key: &str) -> Range<usize> {
    table.get(key).map_or(0..0, Spanned::span)
}

fn is_empty_table(value: &Spanned<DeValue<'_>>) -> bool {
    matches!(value.get_ref(), DeValue::Table(table) if table.is_empty())
}

/// What is expected of an operation that fails.
const OF_FAILURES: [&str; 4] = ["error", "says", "stops-at", "finding"];

/// Enough members of an umbrella for a hint.
const MEMBERS_SHOWN: usize = 3;
