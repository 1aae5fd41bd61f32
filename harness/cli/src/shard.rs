//! The part of a run that this machine plays: as typed, or as the variables of CI services tell it.

use marslab::shard::{Shard, ShardError};
use thiserror::Error;

use crate::args::Run;

/// Why `--shard` cannot be used as it is typed.
#[derive(Debug, Error)]
pub(crate) enum BadShard {
    /// It names no part.
    #[error("`--shard {typed}`: {error}")]
    NoPart {
        /// As typed.
        typed: String,
        /// Why.
        error: ShardError,
    },
    /// Parts with a seed each are no run.
    #[error("`--shard` with `--subject` requires `--seed`")]
    NoSeed,
}

/// The part of the plays that is played; `None` for all.
#[expect(clippy::disallowed_methods, reason = "the environment is read once, here")]
pub(crate) fn of(args: &Run) -> Result<Option<Shard>, BadShard> {
    let Some(typed) = &args.shard else { return Ok(None) };
    if args.subject.is_some() && args.seed.is_none() {
        return Err(BadShard::NoSeed);
    }
    let shard = parse(typed, |name| std::env::var(name).ok());
    shard.map(Some).map_err(|error| BadShard::NoPart { typed: typed.clone(), error })
}

/// Reads `I/N`, or `auto`, where `variable` is an environment.
fn parse(typed: &str, variable: impl Fn(&str) -> Option<String>) -> Result<Shard, ShardError> {
    if typed != "auto" {
        return typed.parse();
    }
    let number = |name: &str| variable(name)?.trim().parse::<u32>().ok();
    let found = SERVICES.iter().find_map(|service| {
        let (index, of) = number(service.index).zip(number(service.of))?;
        Some((index.checked_add(1 - service.first)?, of))
    });
    found.and_then(|(number, of)| Shard::new(number, of)).ok_or(ShardError)
}

/// The variables of a service.
pub(crate) struct Service {
    /// That which tells the number of this machine.
    pub(crate) index: &'static str,
    /// The index of the first machine, 0 or 1.
    first: u32,
    /// That which tells how many there are.
    pub(crate) of: &'static str,
}

/// GitLab, CircleCI, Buildkite, and indexed Jobs of Kubernetes, which tell no number of machines of their own.
pub(crate) const SERVICES: [Service; 4] = [
    Service { index: "CI_NODE_INDEX", first: 1, of: "CI_NODE_TOTAL" },
    Service { index: "CIRCLE_NODE_INDEX", first: 0, of: "CIRCLE_NODE_TOTAL" },
    Service { index: "BUILDKITE_PARALLEL_JOB", first: 0, of: "BUILDKITE_PARALLEL_JOB_COUNT" },
    Service { index: "JOB_COMPLETION_INDEX", first: 0, of: "MARSLAB_SHARDS" },
];

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn services_tell_the_part() {
        let check = |variables: &[(&str, &str)], expected: Option<&str>| {
            let of = |name: &str| {
                let found = variables.iter().find(|(other, _)| *other == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            let seen = parse("auto", of).ok().map(|shard| shard.to_string());
            assert_eq!(seen.as_deref(), expected, "{variables:?}");
        };
        check(&[("CI_NODE_INDEX", "1"), ("CI_NODE_TOTAL", "4")], Some("1/4"));
        check(&[("CIRCLE_NODE_INDEX", "0"), ("CIRCLE_NODE_TOTAL", "4")], Some("1/4"));
        let buildkite = [("BUILDKITE_PARALLEL_JOB", "3"), ("BUILDKITE_PARALLEL_JOB_COUNT", "4")];
        check(&buildkite, Some("4/4"));
        check(&[("JOB_COMPLETION_INDEX", "7"), ("MARSLAB_SHARDS", "8")], Some("8/8"));
        check(&[("JOB_COMPLETION_INDEX", "8"), ("MARSLAB_SHARDS", "8")], None);
        check(&[("JOB_COMPLETION_INDEX", "7")], None);
        check(&[("CI_NODE_INDEX", "0"), ("CI_NODE_TOTAL", "4")], None);
        check(&[], None);
        assert_eq!(parse("2/8", |_| None).unwrap().to_string(), "2/8");
    }
}
