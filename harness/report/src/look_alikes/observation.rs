//! What is seen of the worlds of a play.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::atomic::{self, AtomicUsize};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use marslab_model::tracked::Footprint;
use marslab_model::{Operation, World};
use tokio::runtime::{Builder, Runtime};

use super::ComplaintKey;
use super::worlds::{Worlds, WorldsError, start};
use marslab_census::{Aspect, Census, Names, Question};
use marslab_engine::play::Stop;
use marslab_scenario::catalogue::{Catalogue, CauseId};
use marslab_scenario::scenario::{Group, Play};

/// What is seen of the broken world of a play.
#[derive(Debug)]
pub struct Observation<'a> {
    /// The play.
    pub play: &'a Play,
    /// What the customer says was tried.
    pub operation: Operation,
    /// In what the broken world differs from the healthy one: what was seen in this, what in that.
    pub shown: BTreeMap<Question, Shown>,
    /// What is seen with the faults applied; `None` for a control, which has nothing to find.
    pub broken: Option<Arc<Census>>,
    /// What is seen after the operation was tried once; `None` if one sees at a glance that no other play is alike.
    pub tried: Option<Arc<Census>>,
    /// The world after that.
    world: World,
    /// The answers that are seen with the faults in, as numbers, in order of the questions.
    digits: Vec<(u64, u64)>,
}

/// Two answers to one question, if there were any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Before anything was broken.
    pub healthy: Option<String>,
    /// With the faults in.
    pub broken: Option<String>,
}

impl<'a> Observation<'a> {
    /// Looks at the worlds of every play, `jobs` at a time.
    pub fn of_all(plays: &[&'a Play], jobs: NonZeroUsize) -> Result<Vec<Self>, WorldsError> {
        let make = |runtime: &Runtime, play: &&'a Play| runtime.block_on(Worlds::make(play));
        let worlds = on_threads(plays, jobs, make)?;
        let mut names = Names::default();
        for Worlds { healthy, broken, tried, .. } in &worlds {
            [healthy, broken, tried].into_iter().for_each(|world| names.add(world));
        }
        let observer = Observer { names, seen: Mutex::default() };
        let look = |runtime: &Runtime, one: &Worlds<'a>| {
            let mut observation = runtime.block_on(observer.observation(one))?;
            let is_other = |other: &&Worlds<'_>| !std::ptr::eq(one.play, other.play);
            let mut others = worlds.iter().filter(is_other);
            let is_alone = others.all(|other| one.differs_at_a_glance(other));
            if !is_alone || observation.aspects().is_empty() {
                observation.tried = Some(runtime.block_on(observer.census(one, &one.tried))?);
            }
            Ok(observation)
        };
        on_threads(&worlds, jobs, look)
    }

    /// In how many looks two broken worlds differ, moments and events left out.
    pub fn distance(&self, other: &Self) -> usize {
        let mut differ = 0;
        let (mut ones, mut others) =
            (self.digits.iter().peekable(), other.digits.iter().peekable());
        loop {
            let order = match (ones.peek(), others.peek()) {
                (None, None) => return differ,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((one, _)), Some((other, _))) => one.cmp(other),
            };
            let one = ones.next_if(|_| order.is_le());
            let other = others.next_if(|_| order.is_ge());
            differ += usize::from(one != other);
        }
    }

    /// Whether a core with the same complaint that looks at everything cannot tell the two worlds apart.
    pub fn is_like(&self, other: &Self) -> bool {
        self.operation == other.operation && self.tried.is_some() && self.tried == other.tried
    }

    /// The fields in which the worlds of two plays differ without anything being visible.
    pub fn unseen(&self, other: &Self) -> Footprint {
        self.world.differences_from(&other.world)
    }

    /// How the broken world was made: by which faults.
    pub fn making(&self) -> Vec<&'static str> {
        self.play.faults.iter().map(|fault| fault.name).collect()
    }

    /// What the customer complains of.
    pub fn complained(&self) -> ComplaintKey<'a> {
        let row = self.play.failure.as_ref();
        let row = row.and_then(|id| Catalogue::known().failure(id.as_str()));
        let section = row.map_or("", |row| row.section.as_str());
        let error = self.play.expect.error.as_deref();
        (self.operation.name(), error.unwrap_or(section))
    }

    /// Every cause that the scenario expects.
    pub fn causes(&self) -> BTreeSet<&'a str> {
        self.expected().into_iter().flat_map(|(causes, _)| causes).collect()
    }

    /// Whether one thing is wrong, whatever it may be called.
    pub fn is_of_one(&self) -> bool {
        self.expected().len() == 1
    }

    /// The looks by which the faults of both worlds show, whatever they show.
    pub fn shared<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = &'s Question> {
        let is_telling = |question: &&Question| !question.aspect.is_trace();
        let own = self.shown.keys().filter(is_telling);
        own.filter(|question| other.shown.contains_key(question))
    }

    /// In which aspects the faults show.
    pub fn aspects(&self) -> BTreeSet<Aspect> {
        self.shown.keys().map(|question| question.aspect).filter(|it| !it.is_trace()).collect()
    }

    /// What was seen with the faults in, or else after the operation was tried.
    pub fn seen(&self, question: &Question) -> Option<&str> {
        let broken = self.broken.as_ref().and_then(|census| census.seen(question));
        broken.or_else(|| self.tried.as_ref()?.seen(question))
    }

    /// What the scenario expects to be found or advised: sets of causes, each with what it is about.
    pub fn expected(&self) -> BTreeSet<(BTreeSet<&'a str>, Option<&'a str>)> {
        let groups = self.play.expect.findings.iter().chain(&self.play.expect.advice);
        let causes = |group: &'a Group| group.any.iter().map(CauseId::as_str).collect();
        groups.map(|group| (causes(group), group.about.as_deref())).collect()
    }
}

/// Takes censuses, and one only of worlds that are the same.
struct Observer {
    names: Names,
    seen: Mutex<Vec<(World, Arc<Census>)>>,
}

impl Observer {
    async fn observation<'a>(&self, worlds: &Worlds<'a>) -> Result<Observation<'a>, WorldsError> {
        let mut observation = Observation {
            play: worlds.play,
            operation: worlds.operation(),
            shown: BTreeMap::new(),
            broken: None,
            tried: None,
            world: worlds.tried.clone(),
            digits: Vec::new(),
        };
        if worlds.play.failure.is_some() {
            let healthy = self.census(worlds, &worlds.healthy).await?;
            let broken = self.census(worlds, &worlds.broken).await?;
            observation.shown = shown(&healthy, &broken);
            observation.digits = digits(&broken);
            observation.broken = Some(broken);
        }
        Ok(observation)
    }

    async fn census(&self, of: &Worlds<'_>, world: &World) -> Result<Arc<Census>, WorldsError> {
        let known = || self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known().iter().find(|(seen, _)| seen == world).map(|(_, it)| Arc::clone(it));
        if let Some(census) = found {
            return Ok(census);
        }
        let live = start(world.clone()).await;
        let live = live.map_err(|error| WorldsError::new(of.play, Stop::from(error)))?;
        let census = Arc::new(Census::take(live.host(), &self.names).await);
        known().push((world.clone(), Arc::clone(&census)));
        Ok(census)
    }
}

fn shown(healthy: &Census, broken: &Census) -> BTreeMap<Question, Shown> {
    let answer = |census: &Census, question| census.seen(question).map(str::to_owned);
    let differ = healthy.differences(broken).into_iter().map(|question| {
        let (healthy, broken) = (answer(healthy, question), answer(broken, question));
        (question.clone(), Shown { healthy, broken })
    });
    differ.collect()
}

/// Questions and answers as numbers: hundreds of worlds are compared, each with each.
fn digits(census: &Census) -> Vec<(u64, u64)> {
    fn number(it: &impl Hash) -> u64 {
        let mut hasher = DefaultHasher::new();
        it.hash(&mut hasher);
        hasher.finish()
    }
    let seen = census.iter().filter(|(question, _)| !question.aspect.is_trace());
    let mut digits: Vec<_> =
        seen.map(|(question, seen)| (number(question), number(&seen))).collect();
    digits.sort_unstable();
    digits
}

/// Does something with each of `items`, several at a time, each on a runtime of its own; in their order.
fn on_threads<T: Sync, R: Send>(
    items: &[T],
    jobs: NonZeroUsize,
    act: impl Fn(&Runtime, &T) -> Result<R, WorldsError> + Sync,
) -> Result<Vec<R>, WorldsError> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let index = next.fetch_add(1, atomic::Ordering::Relaxed)
            && let Some(item) = items.get(index)
        {
            let runtime = Builder::new_current_thread().enable_time().build();
            let runtime = runtime.map_err(WorldsError::Runtime)?;
            done.push((index, act(&runtime, item)?));
        }
        Ok(done)
    };
    let parts = thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs.get()).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join()).collect::<Vec<_>>()
    });
    let mut done = Vec::new();
    for part in parts {
        done.extend(part.unwrap_or_else(|panic| resume_unwind(panic))?);
    }
    done.sort_by_key(|(index, _)| *index);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}
