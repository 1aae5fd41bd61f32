//! What is mutated, and which tests have to notice. Each has a folder beside the sources of this tool, with its
//! `survivors.toml`.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::tool;

/// What is mutated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// The reference core. The corpus on `memory` must notice: a wrong core written elsewhere has no unit tests of ours.
    Core,
    /// The judge, the plays, compounds and their repair. The tests of their crates must notice, the corpus on `memory`, or the
    /// wrong cores of `tests/it`.
    Judge,
    /// Faults, settings and remedies. The tests of their crate must notice, and the corpus on `memory`.
    Actions,
}

/// What cargo and cargo-mutants need to know of a target.
pub(crate) struct Plan {
    /// The packages that are mutated.
    pub(crate) packages: &'static [&'static str],
    /// Which of their files; all where there are none.
    pub(crate) files: &'static [&'static str],
    /// And which not.
    pub(crate) not: &'static [&'static str],
    /// Which tests must notice: those of the first stage, then of what survives it the next.
    pub(crate) stages: &'static [Stage],
    /// One of so many parts is a sample.
    pub(crate) samples: usize,
}

/// Tests that are run together.
pub(crate) struct Stage {
    /// What kind of tests these are.
    pub(crate) tests: Tests,
    /// Their packages.
    pub(crate) packages: &'static [&'static str],
    /// What cargo is told of them.
    pub(crate) arguments: &'static [&'static str],
    /// Arguments of the programs of tests: which of their tests they run.
    pub(crate) filter: &'static [&'static str],
}

/// Kinds of tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tests {
    /// The corpus (`core/corpus.rs`), of which single plays can be played.
    Corpus,
    /// Programs that are run whole.
    Programs,
}

const ACTIONS: &[&str] = &["marslab-actions", "marslab-faults", "marslab-remedies"];

const JUDGE: &[&str] = &["marslab-engine", "marslab-scenario"];

const CORPUS: Stage = Stage {
    tests: Tests::Corpus,
    packages: &["marslab-mutants"],
    arguments: &["--test", "corpus"],
    filter: &[],
};

/// The unit tests of these.
const fn units(packages: &'static [&'static str], filter: &'static [&'static str]) -> Stage {
    Stage { tests: Tests::Programs, packages, arguments: &["--lib"], filter }
}

/// Those of the judge that play a handful of plays at most.
const QUICK: Stage = units(
    JUDGE,
    &["--skip", "left_behind", "--skip", "play::edits", "--skip", "play::rounds::tests::pairs"],
);

/// What asks whether the judge is right. The walls would fail: no arrow is drawn to the switches.
const IT: Stage = Stage {
    tests: Tests::Programs,
    packages: &["marslab-tests"],
    arguments: &["--test", "it"],
    filter: &["broken_scenarios", "cheats", "grounds", "habits", "scores", "wrong_cores"],
};

impl Target {
    /// How it is mutated and tested.
    pub(crate) const fn plan(self) -> Plan {
        match self {
            Self::Core => Plan {
                packages: &["marslab-core"],
                files: &[],
                // The variants are wrong cores themselves. Of what the dry run says, no play can tell that it is missing: every
                // failure of a play has a cause, so that only its own tests notice.
                not: &[
                    "**/tests.rs",
                    "harness/core/src/dry_run.rs",
                    "harness/core/src/dry_run/**",
                    "harness/core/src/testing/**",
                    "harness/core/src/variants.rs",
                ],
                stages: &[CORPUS],
                samples: 8,
            },
            Self::Judge => Plan {
                packages: JUDGE,
                files: &[
                    "harness/engine/src/judge.rs",
                    "harness/engine/src/judge/**",
                    "harness/engine/src/play.rs",
                    "harness/engine/src/play/**",
                    "harness/engine/src/repair_state.rs",
                    "harness/scenario/src/compound.rs",
                ],
                not: &["**/tests.rs"],
                stages: const { &[QUICK, CORPUS, units(JUDGE, &[]), IT] },
                samples: 8,
            },
            Self::Actions => Plan {
                packages: ACTIONS,
                files: &[],
                not: &["**/tests.rs"],
                stages: const { &[units(ACTIONS, &[]), CORPUS] },
                samples: 8,
            },
        }
    }

    /// Its name on the command line, and that of its folder.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |it| it.get_name().to_owned())
    }

    /// Why some of its mutants may survive.
    pub(crate) fn survivors(self) -> PathBuf {
        tool::root().join("tests/mutants").join(self.name()).join("survivors.toml")
    }
}
