//! A cheat that learns. From a thousand asks about worlds of other seeds it keeps which answer was right most often for one
//! message and one thing that should not tell anything: how many asks came before, the clock, a name, a port, a hash of all
//! that a census sees. Asked about a new seed it is right by chance only. With a tell planted it is right too often, so the
//! test would notice one.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use marslab::census::{Census, Names};
use marslab::play::Options;
use marslab::subject_runner::RustSubject;
use marslab_core::ReferenceCore;
use marslab_model::host::{Account, Answer, Call, Hook, Hooked, HostRead, RegistryValue};
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis, KeyPath, Name, Subject};
use marslab_tests::{memory, verdict};

use super::plays;

/// By what a cheat may learn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Clue {
    Order,
    Clock,
    Name,
    Port,
    Everything,
}

const CLUES: [Clue; 5] = [Clue::Order, Clue::Clock, Clue::Name, Clue::Port, Clue::Everything];

/// What an ask looked like, by clue.
type Looks = BTreeMap<Clue, u64>;

/// One ask, and the causes that were right.
struct Ask {
    play: &'static str,
    message: String,
    looks: Looks,
    /// The same, where the world gives itself away.
    told: Looks,
    right: Vec<String>,
}

/// Notes every ask of one play.
struct Recorder {
    play: &'static str,
    asked: AtomicUsize,
    asks: &'static Mutex<Vec<Ask>>,
}

#[async_trait]
impl Subject for Recorder {
    async fn diagnose(
        &self,
        told: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        let diagnosis = ReferenceCore.diagnose(told, host).await?;
        let order = u64::try_from(self.asked.fetch_add(1, Ordering::Relaxed)).unwrap();
        let everything = everything(host).await;
        let tell = u8::from(!diagnosis.findings.is_empty());
        let [told_order, told_everything] = [order, everything].map(|it| it << 1 | u64::from(tell));
        let ask = Ask {
            play: self.play,
            message: told.message.clone(),
            looks: looks(host, order, everything),
            told: looks(&Hooked::new(host, Tell(tell)), told_order, told_everything),
            right: diagnosis.findings.iter().map(|finding| finding.cause.clone()).collect(),
        };
        self.asks.lock().unwrap_or_else(PoisonError::into_inner).push(ask);
        Ok(diagnosis)
    }
}

/// A hash of all that a census sees.
async fn everything(host: &dyn HostRead) -> u64 {
    let census = Census::take(host, &Names::default()).await;
    let mut everything = DefaultHasher::new();
    census.iter().for_each(|seen| seen.hash(&mut everything));
    everything.finish()
}

fn looks(host: &dyn HostRead, order: u64, everything: u64) -> Looks {
    let name = host.computer_name();
    let port = host.registry_value(&Account::System, &KeyPath::new(PROVIDER), &Name::new(PORT));
    let port = match port {
        Ok(Some(RegistryValue::Number(port))) => u64::from(port) % 10,
        _ => 10,
    };
    [
        (Clue::Order, order),
        (Clue::Clock, host.now().as_second().rem_euclid(60).unsigned_abs()),
        (Clue::Name, name.as_str().bytes().last().map_or(0, u64::from)),
        (Clue::Port, port),
        (Clue::Everything, everything),
    ]
    .into()
}

const PROVIDER: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider";
const PORT: &str = "ProxyPort";

/// Shows by clock, name and port whether something is wrong (1) or not (0).
#[derive(Clone, Copy)]
struct Tell(u8);

impl Hook for Tell {
    fn after(&self, _host: &dyn HostRead, call: &Call, answer: &mut Answer) {
        match (call, answer) {
            (_, Answer::Now(now)) => *now = even_minute(*now, self.0),
            (_, Answer::ComputerName(name)) => {
                *name = Name::new(format!("{name}{}", self.0));
            }
            (Call::RegistryValue { name, .. }, Answer::RegistryValue(value))
                if *name == Name::new(PORT) =>
            {
                *value = Ok(Some(RegistryValue::Number(8080 + u32::from(self.0))));
            }
            _ => {}
        }
    }
}

/// The full minute, and some seconds.
fn even_minute(now: Timestamp, seconds: u8) -> Timestamp {
    let past = now.as_second().rem_euclid(60) - i64::from(seconds);
    now.saturating_sub(SignedDuration::from_secs(past)).unwrap()
}

/// The asks of all plays in the world of a seed.
fn asks_of(seed: u64) -> Vec<Ask> {
    let asks: &'static Mutex<Vec<Ask>> = Box::leak(Box::default());
    for play in plays() {
        let recorder = Recorder { play: &play.name, asked: AtomicUsize::default(), asks };
        let seen =
            verdict(play, &RustSubject::new("recorder", recorder), &Options { seed, ..memory() });
        assert_eq!(seen.name(), "confirmed", "{}: {seen}", play.name);
    }
    std::mem::take(&mut asks.lock().unwrap_or_else(PoisonError::into_inner))
}

/// In how many plays a cheat is right whenever it is asked, after it has learnt by one clue.
fn passed(learnt: &[&Vec<Ask>], asked: &[Ask], clue: Clue, looks: fn(&Ask) -> &Looks) -> usize {
    let mut counts: BTreeMap<(&str, u64), BTreeMap<&[String], usize>> = BTreeMap::new();
    for ask in learnt.iter().copied().flatten() {
        let known = counts.entry((&ask.message, looks(ask)[&clue])).or_default();
        *known.entry(&ask.right).or_default() += 1;
    }
    let answer = |ask: &Ask| {
        let known = counts.get(&(ask.message.as_str(), looks(ask)[&clue]));
        let best = known.and_then(|it| it.iter().max_by_key(|(_, count)| **count));
        best.map_or(&[][..], |(right, _)| *right)
    };
    let mut plays: BTreeMap<&str, bool> = BTreeMap::new();
    for ask in asked {
        *plays.entry(ask.play).or_insert(true) &= answer(ask) == ask.right;
    }
    plays.into_values().filter(|is_right| *is_right).count()
}

#[test]
fn who_learns_from_other_worlds_is_right_by_chance_unless_a_tell_is_planted() {
    let seeds = [101, 102, 103, 104];
    let all: Vec<Vec<Ask>> = thread::scope(|scope| {
        let runs = seeds.map(|seed| scope.spawn(move || asks_of(seed)));
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    // Each seed is asked about in its turn, after the others were learnt.
    let passed_of_all = |clue, looks| -> usize {
        let turn = |(seed, asked): (usize, &Vec<Ask>)| {
            let others = all.iter().enumerate().filter(|(other, _)| *other != seed);
            let learnt: Vec<&Vec<Ask>> = others.map(|(_, asks)| asks).collect();
            assert!(learnt.iter().map(|asks| asks.len()).sum::<usize>() >= 1000);
            passed(&learnt, asked, clue, looks)
        };
        all.iter().enumerate().map(turn).sum()
    };
    let count = plays().count() * seeds.len();
    for clue in CLUES {
        let by_chance = passed_of_all(clue, |ask| &ask.looks);
        // By the second of a minute, a cheat is right by chance in one play of fifty, more or less.
        assert!(by_chance * 25 <= count, "{clue:?} tells: {by_chance} of {count} plays");
        let by_tell = passed_of_all(clue, |ask| &ask.told);
        // Worlds that differ in everything else have no hash in common, whatever is planted.
        let is_caught = by_tell * 25 > count;
        assert_eq!(is_caught, clue != Clue::Everything, "{clue:?}: {by_tell} of {count} plays");
    }
}
