use clap::{CommandFactory, Parser};

use super::Args;
use crate::exit_codes::exit_codes;

mod deploy;

#[test]
fn the_command_line_is_consistent() {
    Args::command().debug_assert();
}

#[track_caller]
fn good(line: &str) {
    let read = Args::try_parse_from(line.split(' '));
    assert!(read.is_ok(), "{line}: {read:?}");
}

#[track_caller]
fn bad(line: &str) {
    let read = Args::try_parse_from(line.split(' '));
    assert!(read.is_err(), "{line}: {read:?}");
}

#[test]
fn lines() {
    good("marslab run");
    good("marslab run a b.toml --jobs 2 --seed 0 --lang zh-TW --fidelity memory");
    bad("marslab run --jobs 0");
    bad("marslab run --seed -1");
    bad("marslab run --seed 18446744073709551616");
    bad("marslab run --fidelity paper");
    bad("marslab run --lang de");
    good("marslab run --subject x --subject-timeout 5");
    bad("marslab run --subject x --subject-timeout 0");
    bad("marslab run --subject-timeout 5");
    good("marslab run --subject x --subject-env A --subject-env B=c --subject-isolated");
    bad("marslab run --subject-env A");
    bad("marslab run --subject x --subject-env");
    bad("marslab run --subject-isolated");
    good("marslab run --subject x --serve --subject-isolated --jobs 3");
    bad("marslab run --serve");
    bad("marslab run --keep --check-determinism");
    good("marslab run a.toml --watch");
    bad("marslab run a.toml --watch --repeat 2");
    good("marslab ask --subject x --subject-timeout 5 --subject-env A");
    bad("marslab ask");
    good("marslab list");
    bad("marslab list teapots");
    bad("marslab show");
    good("marslab show fault blocks");
    bad("marslab show fault blocks more");
    bad("marslab check");
    bad("marslab new");
    bad("marslab schema");
    good("marslab schema scenario");
    bad("marslab");
}

#[test]
fn every_long_help_ends_with_the_exit_codes() {
    let mut command = Args::command();
    assert!(command.render_long_help().to_string().trim_end().ends_with(exit_codes!()));
    let run = command.find_subcommand_mut("run").unwrap();
    assert!(run.render_long_help().to_string().trim_end().ends_with(exit_codes!()));
}
