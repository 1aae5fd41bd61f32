//! The whole as its users use it. A new test of one room belongs to that room; what needs several of them is here.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod broken_scenarios;
mod cheats;
mod determinism;
mod distortion;
mod drawn_worlds;
mod evidence;
mod grounds;
mod habits;
mod languages;
mod limits;
mod look_alikes;
mod preconditions;
mod runs;
mod scores;
mod silence;
mod steps;
mod walls;
mod words;
mod wrong_cores;
