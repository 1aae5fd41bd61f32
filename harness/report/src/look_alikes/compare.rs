//! What the observations of many plays come to.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use super::observation::Observation;
use super::worlds::WorldsError;
use marslab_census::{Aspect, Question};
use marslab_scenario::corpus;
use marslab_scenario::scenario::Play;

/// The observations of every play of the corpus, compounds excepted.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The observations, in the order of the corpus.
    pub observations: Vec<Observation<'a>>,
}

/// What the customer complains about: the operation, and the message on the console or the section that they ask about.
pub type ComplaintKey<'a> = (&'static str, &'a str);

/// Two possible causes of one complaint, and what distinguishes them.
#[derive(Debug)]
pub struct Confusion<'c, 'a> {
    /// What the customer complains of.
    pub complained: ComplaintKey<'a>,
    /// A world of the cause.
    pub one: &'c Observation<'a>,
    /// The world of another cause that is most like it.
    pub other: &'c Observation<'a>,
    /// Looks that differ, the plainest first; never none.
    pub witnesses: Vec<Witness<'c>>,
}

/// A look that tells two worlds apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witness<'c> {
    /// What was looked at.
    pub question: &'c Question,
    /// What was seen in the one world, if anything.
    pub one: Option<&'c str>,
    /// What was seen in the other.
    pub other: Option<&'c str>,
}

impl Comparison<'static> {
    /// Looks at the plain worlds of the whole corpus, `jobs` at a time.
    pub fn of_corpus(jobs: NonZeroUsize) -> Result<Self, WorldsError> {
        let plays: Vec<&Play> = corpus::singles().flat_map(|scenario| &scenario.plays).collect();
        Self::of(&plays, jobs)
    }
}

impl<'a> Comparison<'a> {
    /// Looks at the worlds of these plays, which have one cast, `jobs` at a time.
    pub fn of(plays: &[&'a Play], jobs: NonZeroUsize) -> Result<Self, WorldsError> {
        Ok(Self { observations: Observation::of_all(plays, jobs)? })
    }
}

impl<'a> Comparison<'a> {
    /// The plays whose worlds look the same after the operation was tried, two at least in each class.
    pub fn classes(&self) -> Vec<Vec<&Observation<'a>>> {
        let mut classes: Vec<Vec<&Observation<'a>>> = Vec::new();
        for observation in &self.observations {
            match classes.iter_mut().find(|class| class.iter().any(|it| it.is_like(observation))) {
                Some(class) => class.push(observation),
                None => classes.push(vec![observation]),
            }
        }
        classes.retain(|class| class.len() > 1);
        classes
    }

    /// The classes whose worlds were broken in different ways that cannot be told apart.
    pub fn alike(&self) -> Vec<Vec<&Observation<'a>>> {
        let ways = |class: &Vec<&Observation<'_>>| {
            class.iter().map(|observation| observation.making()).collect::<BTreeSet<_>>().len()
        };
        self.classes().into_iter().filter(|class| ways(class) > 1).collect()
    }

    /// For each complaint and cause, the other cause that is most like it.
    pub fn confusions(&self) -> Vec<Confusion<'_, 'a>> {
        let mut by_complaint = BTreeMap::<_, BTreeMap<_, Vec<_>>>::new();
        for observation in self.observations.iter().filter(|observation| observation.is_of_one()) {
            let complained = by_complaint.entry(observation.complained()).or_default();
            complained.entry(observation.causes()).or_default().push(observation);
        }
        let mut found = Vec::new();
        for (complained, by_causes) in by_complaint {
            for (causes, ones) in &by_causes {
                let others = by_causes.iter().filter(|(other, _)| causes.is_disjoint(other));
                let others: Vec<_> = others.flat_map(|(_, others)| others).copied().collect();
                found.extend(nearest(complained, ones, &others));
            }
        }
        found
    }

    /// Every cause with the aspects in which its worlds show it: whether all of them do, or some.
    pub fn shown_by(&self) -> BTreeMap<&'a str, BTreeMap<Aspect, bool>> {
        let mut worlds = BTreeMap::<&str, Vec<BTreeSet<Aspect>>>::new();
        for observation in self.observations.iter().filter(|observation| observation.is_of_one()) {
            for cause in observation.causes() {
                worlds.entry(cause).or_default().push(observation.aspects());
            }
        }
        let counted = worlds.into_iter().map(|(cause, worlds)| {
            let aspects: BTreeSet<Aspect> = worlds.iter().flatten().copied().collect();
            let all = |aspect| (aspect, worlds.iter().all(|world| world.contains(&aspect)));
            (cause, aspects.into_iter().map(all).collect())
        });
        counted.collect()
    }

    /// The pairs of causes, and how many of them one complaint may have.
    pub fn pairs(&self) -> (usize, usize) {
        let mut by_complaint = BTreeMap::<_, BTreeSet<_>>::new();
        for observation in &self.observations {
            by_complaint.entry(observation.complained()).or_default().extend(observation.causes());
        }
        let all: BTreeSet<&str> = by_complaint.values().flatten().copied().collect();
        let pairs = |causes: &BTreeSet<&'a str>| {
            let causes: Vec<_> = causes.iter().copied().collect();
            let each = causes.iter().enumerate();
            let each =
                each.flat_map(|(index, one)| causes.iter().skip(index + 1).map(|it| (*one, *it)));
            each.collect::<BTreeSet<_>>()
        };
        let met: BTreeSet<_> = by_complaint.values().flat_map(pairs).collect();
        (pairs(&all).len(), met.len())
    }
}

/// The two of `ones` and `others` that are most like one another: their faults show in the same looks, or at least to the
/// same aspect, and the fewest looks differ.
fn nearest<'c, 'a>(
    complained: ComplaintKey<'a>,
    ones: &[&'c Observation<'a>],
    others: &[&'c Observation<'a>],
) -> Option<Confusion<'c, 'a>> {
    let pairs = ones.iter().flat_map(|one| others.iter().map(move |other| (*one, *other)));
    let (one, other) = pairs.min_by_key(|(one, other)| {
        let in_one_look = one.shared(other).next().is_some();
        let to_one_aspect = !one.aspects().is_disjoint(&other.aspects());
        (!in_one_look, !to_one_aspect, one.distance(other))
    })?;
    Some(Confusion { complained, one, other, witnesses: witnesses(one, other) })
}

/// The looks that tell two worlds apart, with the faults in: first those by which the one shows its own fault, the
/// plainest first.
fn witnesses<'c>(one: &'c Observation<'_>, other: &'c Observation<'_>) -> Vec<Witness<'c>> {
    let broken = one.broken.iter().zip(&other.broken).flat_map(|(one, two)| one.differences(two));
    let tried = one.tried.iter().zip(&other.tried).flat_map(|(one, two)| one.differences(two));
    let mut differ: Vec<_> = broken.filter(|question| !question.aspect.is_trace()).collect();
    if differ.is_empty() {
        differ.extend(tried);
    }
    let mut found: Vec<_> = differ
        .into_iter()
        .map(|question| Witness { question, one: one.seen(question), other: other.seen(question) })
        .collect();
    let is_own = |it: &Witness<'_>| one.shown.contains_key(it.question);
    found
        .sort_by_key(|it| (!is_own(it), it.question.aspect, it.question.asked.len() + it.length()));
    found
}

impl Witness<'_> {
    /// How much there is to read.
    fn length(&self) -> usize {
        [self.one, self.other].iter().flatten().map(|seen| seen.len()).sum()
    }
}
