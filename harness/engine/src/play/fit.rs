//! Whether what a scenario file asks for fits its world: found by trying it, on `memory` and without a subject.

use std::collections::BTreeSet;
use std::slice;

use marslab_actions::error::RemedyError;
use marslab_actions::fault::Fault;
use marslab_actions::problem::{Problem, did_you_mean};
use marslab_live::{Fidelity, Live};
use marslab_model::world::Network;
use marslab_model::{Target, World};
use marslab_scenario::recast::Recast;
use marslab_scenario::scenario::{Named, Play, Scenario};

use super::{Casting, Options, PlayError, Stop, install, prepare};
use crate::runner::block_on;

/// What does not fit, where it stands in the file: settings, faults and remedies that cannot be applied, and warnings of what is
/// for no host of the world, or fits only the world with the names of the documentation. Compounds are left out: what they are
/// made of has files of its own.
pub fn problems(scenario: &Scenario) -> Result<Vec<Problem>, PlayError> {
    let mut all: Vec<Problem> = Vec::new();
    for play in scenario.plays.iter().filter(|play| play.parts.is_empty()) {
        let found = of_play(play)?.into_iter().filter(|problem| !all.contains(problem));
        let found: Vec<Problem> = match play.case() {
            Some(case) => found.map(|problem| problem.in_case(case)).collect(),
            None => found.collect(),
        };
        all.extend(found);
    }
    Ok(all)
}

fn of_play(play: &Play) -> Result<Vec<Problem>, PlayError> {
    let plain = Options { fidelity: FIDELITY, casting: Casting::Plain, ..Options::default() };
    let found = block_on(FIDELITY, unfit(play, &plain))??;
    if !found.is_empty() {
        return Ok(found);
    }
    let drawn = Options { casting: Casting::Drawn, ..plain };
    // What is wrong with a file only when it is read with other names, a run tells.
    let Ok(recast) = Recast::new(drawn.cast()).play(play) else { return Ok(Vec::new()) };
    let found = block_on(FIDELITY, unfit(&recast, &drawn))??;
    Ok(found.into_iter().map(only_plain).collect())
}

/// What does not fit a world with drawn names, although it fits the one with those of the documentation.
fn only_plain(problem: Problem) -> Problem {
    let message = format!("in a world with drawn names: {}", problem.message);
    Problem::warning(problem.span, message).with_hint(
        "names and addresses differ from run to run; use roles, such as `{proxy}`, or run with `--plain-world`",
    )
}

async fn unfit(play: &Play, options: &Options) -> Result<Vec<Problem>, PlayError> {
    let healthy = match prepare(play, options, FIDELITY).await {
        Ok(healthy) => healthy,
        Err(Stop::Error(PlayError::NotApplicable { name, reason })) => {
            let given = play.given.iter().find(|given| given.name == name);
            return Ok(given.map(|it| refused(it, &reason)).into_iter().collect());
        }
        // That the healthy world does not work is a verdict, which a run tells.
        Err(Stop::Mismatch(_)) => return Ok(Vec::new()),
        Err(Stop::Error(error)) => return Err(error),
    };
    let live = Live::resume(healthy, &options.start_options(FIDELITY))?;
    let mut problems = Vec::new();
    for fault in &play.faults {
        problems.extend(idle(fault, &live.snapshot()?));
        match install(slice::from_ref(fault), &live) {
            Err(Stop::Error(PlayError::NotApplicable { reason, .. })) => {
                problems.push(refused(fault, &reason));
            }
            Err(Stop::Error(error)) => return Err(error),
            Ok(_) | Err(Stop::Mismatch(_)) => {}
        }
    }
    if problems.iter().all(Problem::is_warning) {
        problems.extend(unfit_cure(play, &live).await);
    }
    Ok(problems)
}

/// The first cure that cannot be carried out as it is written. How others fail is told by a run.
async fn unfit_cure(play: &Play, live: &Live) -> Option<Problem> {
    live.operate(play.operation).await;
    for cure in &play.cures {
        if let Err(RemedyError::NotApplicable(why)) = cure.remedy.it.carry_out(live).await {
            return Some(refused(&cure.remedy, &why.to_string()));
        }
    }
    None
}

fn refused<T: ?Sized>(named: &Named<T>, reason: &str) -> Problem {
    let error = PlayError::NotApplicable { name: named.name.to_owned(), reason: reason.to_owned() };
    Problem::wrong(named.at.clone(), error.to_string())
}

/// The hosts, wildcards and ranges of a fault that are for nothing in the world.
fn idle(fault: &Named<dyn Fault>, world: &World) -> Vec<Problem> {
    let network = &world.network;
    let idle = fault.it.targets().iter().filter(|target| !is_there(target, network));
    let warn = |target: &Target| {
        let message = format!("no host of the world matches `{target}` of `{}`", fault.name);
        let question =
            did_you_mean(&target.to_string(), patterns(network).iter().map(String::as_str));
        Problem::warning(fault.at.clone(), message)
            .with_hint(question.unwrap_or_else(|| "it changes nothing for anybody".to_owned()))
    };
    idle.map(warn).collect()
}

fn is_there(target: &Target, network: &Network) -> bool {
    let proxies = network.proxies.keys().filter_map(|at| at.as_str().rsplit_once(':'));
    let mut inside = proxies.filter_map(|(host, _port)| host.parse().ok());
    inside.any(|ip| target.matches(None, Some(ip)))
        || network.names.iter().any(|(name, addresses)| {
            target.matches(Some(name), None)
                || addresses.iter().any(|ip| target.matches(Some(name), Some(*ip)))
        })
}

/// The names of the world, and a wildcard for each domain that they are in.
fn patterns(network: &Network) -> BTreeSet<String> {
    let mut patterns = BTreeSet::new();
    for name in network.names.keys() {
        let mut rest = name.as_str();
        patterns.insert(rest.to_owned());
        while let Some((_, domain)) = rest.split_once('.').filter(|(_, it)| it.contains('.')) {
            patterns.insert(format!("*.{domain}"));
            rest = domain;
        }
    }
    patterns
}

/// The fastest that is true to life.
const FIDELITY: Fidelity = Fidelity::Memory;

#[cfg(test)]
mod tests;
