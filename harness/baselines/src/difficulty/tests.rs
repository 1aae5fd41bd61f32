//! The table that is checked in is what the code makes.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use marslab_engine::play::Options;
use marslab_live::Fidelity;
use marslab_scenario::corpus;
use marslab_scenario::scenario::Play;

use super::{HEADING, Row, Subjects, plays, text};
use crate::memory::Training;

fn rows() -> BTreeMap<&'static str, Row> {
    let lines = marslab_scenarios::DIFFICULTY.strip_prefix(HEADING).unwrap().lines();
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let count = |index: usize| cells[index].parse().unwrap();
        (cells[0], Row { play: cells[0].to_owned(), failed: count(2), alike: count(4) })
    };
    lines.map(row).collect()
}

#[test]
fn every_play_with_a_cure_has_a_level_and_the_levels_are_fifths() {
    let rows = rows();
    let mut names: Vec<&str> = plays().map(|play| play.name.as_str()).collect();
    names.sort_unstable();
    assert!(rows.keys().copied().eq(names));
    assert_eq!(text(rows.into_values().collect()), marslab_scenarios::DIFFICULTY);
}

/// Trying all takes minutes, which `.ci/regenerate` does.
#[test]
fn who_fails_some_of_the_plays_is_as_the_table_says() {
    let rows = rows();
    let all: Vec<&Play> = corpus::plays().collect();
    let options = Options { fidelity: Fidelity::Memory, ..Options::default() };
    let training = Training::new(&all, &options);
    let subjects = Subjects::new(&training);
    let some: Vec<&Play> = plays().step_by(60).collect();
    let jobs = available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let tried = subjects.try_plays(&some, &options, jobs).unwrap();
    assert_eq!(tried.len(), some.len());
    for (play, _complaint, failed) in tried {
        assert_eq!(failed, rows[play.name.as_str()].failed, "{}", play.name);
    }
}
