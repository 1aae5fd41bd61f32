//! All mutants in one build: each stands in a copy of the workspace, behind a switch, so that trying one costs a start of the
//! tests and no build. Of the corpus, only those plays are played in which the core comes to the mutant's place.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`source`] | the text of a file with switches |
//! | [`tree`] | the copy of the workspace |
//! | [`build`] | building it; what does not compile with a switch is left to cargo-mutants |
//! | [`trial`] | which tests notice a mutant |

use std::io::{self, Write as _};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, available_parallelism};

use crate::fate::{self, Fate, Mutant};
use crate::listed::Listed;
use crate::switched::tree::{Mutants, Tree};
use crate::switched::trial::Trial;
use crate::target::Target;
use crate::tool;

mod build;
mod source;
mod tree;
mod trial;

/// What became of the mutants; those are left out that cannot stand behind a switch.
///
/// # Errors
///
/// When the copy does not compile, or its tests fail before anything is mutated.
pub(crate) fn run(target: Target, listed: &[Listed], enough: usize) -> io::Result<Vec<Mutant>> {
    let mut mutants = Mutants::new();
    for (id, mutant) in (0..).zip(listed) {
        mutants.entry(&mutant.file).or_default().push((id, mutant));
    }
    let root = tool::root().canonicalize()?.join("target/mutants-of").join(target.name());
    let mut tree = Tree::copy(&root, &mutants)?;
    build::until_it_compiles(&mut tree, &mut mutants)?;
    let placed = tree.placed();
    let mut missed: Vec<(u32, &Listed)> =
        mutants.into_values().flatten().filter(|(id, _)| placed.contains(id)).collect();
    let mut done = Vec::new();
    for stage in target.plan().stages {
        if missed.is_empty() {
            break;
        }
        let (count, tests) = (missed.len(), stage.arguments.join(" "));
        writeln!(io::stdout(), "{count} of {} mutants are tried by `{tests}`", listed.len())?;
        let trial = Trial::prepare(stage, build::tests(&tree, stage)?, enough)?;
        let fates = on_all_cores(&missed, |(id, _)| trial.of(*id))?;
        let (noticed, others): (Vec<_>, Vec<_>) =
            missed.into_iter().zip(fates).partition(|(_, fate)| *fate != Fate::Missed);
        done.extend(noticed.into_iter().map(|((_, listed), fate)| mutant(listed, fate)));
        missed = others.into_iter().map(|(mutant, _)| mutant).collect();
    }
    done.extend(missed.into_iter().map(|(_, listed)| mutant(listed, Fate::Missed)));
    Ok(done)
}

fn mutant(listed: &Listed, fate: Fate) -> Mutant {
    let Listed { file, name, .. } = listed;
    Mutant { file: file.clone(), name: name.clone(), change: fate::change(name).to_owned(), fate }
}

/// Does something with each, several at a time, and says how far it is. Gives the results in the order of what it was done
/// with.
fn on_all_cores<T: Sync, R: Send>(
    all: &[T],
    each: impl Fn(&T) -> io::Result<R> + Sync,
) -> io::Result<Vec<R>> {
    let next = Mutex::new(all.iter().enumerate());
    let done = Mutex::new(Vec::with_capacity(all.len()));
    let work = || {
        loop {
            let taken = next.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((index, it)) = taken else { break };
            let result = each(it);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((index, result));
            tell(done.len(), all.len());
        }
    };
    thread::scope(|scope| {
        for _ in 0..available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Says how many are done, ten times in all.
fn tell(done: usize, all: usize) {
    if done * 10 / all > (done - 1) * 10 / all {
        // If printing fails, the results are still wanted.
        drop(writeln!(io::stderr(), "  {done} of {all}"));
    }
}
