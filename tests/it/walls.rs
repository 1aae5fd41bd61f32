//! The arrows between the rooms, as ARCHITECTURE.md draws them.

use std::collections::BTreeSet;
use std::path::Path;

use toml::Table;

mod circles;

/// Each room and the rooms that it may see, in its code; its tests see no more than that and [`TESTS_MAY_SEE`].
const MAY_SEE: &[(&str, &[&str])] = &[
    ("harness/model", &[]),
    ("harness/testing", &["marslab-model"]),
    ("harness/wire", &["marslab-model"]),
    ("fakes/base", &["marslab-model"]),
    ("fakes/state", &["marslab-model", "marslab-base"]),
    ("fakes/pki", &["marslab-model", "marslab-wire"]),
    ("fakes/network", &["marslab-model", "marslab-state"]),
    ("fakes/dns", &["marslab-model", "marslab-state", "marslab-base", "marslab-network"]),
    (
        "fakes/cloud",
        &["marslab-model", "marslab-wire", "marslab-base", "marslab-state", "marslab-pki"],
    ),
    (
        "fakes/proxy",
        &[
            "marslab-model",
            "marslab-wire",
            "marslab-base",
            "marslab-state",
            "marslab-pki",
            "marslab-network",
        ],
    ),
    (
        "fakes/servers",
        &[
            "marslab-model",
            "marslab-wire",
            "marslab-base",
            "marslab-state",
            "marslab-pki",
            "marslab-network",
            "marslab-cloud",
            "marslab-proxy",
        ],
    ),
    (
        "fakes/machine",
        &[
            "marslab-model",
            "marslab-wire",
            "marslab-base",
            "marslab-state",
            "marslab-pki",
            "marslab-network",
            "marslab-servers",
        ],
    ),
    ("fakes/agent", &["marslab-model", "marslab-testing", "marslab-wire"]),
    ("harness/core", &["marslab-model", "marslab-testing", "marslab-wire"]),
    ("scenarios", &[]),
    (
        "harness/live",
        &[
            "marslab-scenarios",
            "marslab-model",
            "marslab-wire",
            "marslab-agent",
            "marslab-base",
            "marslab-state",
            "marslab-network",
            "marslab-dns",
            "marslab-servers",
            "marslab-machine",
        ],
    ),
    (
        "harness/actions",
        &[
            "marslab-agent",
            "marslab-base",
            "marslab-live",
            "marslab-model",
            "marslab-proxy",
            "marslab-wire",
        ],
    ),
    (
        "harness/faults",
        &[
            "marslab-actions",
            "marslab-agent",
            "marslab-base",
            "marslab-live",
            "marslab-model",
            "marslab-wire",
        ],
    ),
    ("harness/remedies", &["marslab-actions", "marslab-base", "marslab-live", "marslab-model"]),
    (
        "harness/scenario",
        &[
            "marslab-model",
            "marslab-live",
            "marslab-actions",
            "marslab-faults",
            "marslab-remedies",
            "marslab-scenarios",
            "marslab-base",
        ],
    ),
    (
        "harness/engine",
        &[
            "marslab-model",
            "marslab-wire",
            "marslab-live",
            "marslab-actions",
            "marslab-remedies",
            "marslab-scenario",
            "marslab-core",
            "marslab-base",
            "marslab-state",
            "marslab-machine",
        ],
    ),
    ("harness/shell", &["marslab-model", "marslab-wire"]),
    ("harness/programs", &["marslab-model", "marslab-wire", "marslab-shell"]),
    ("harness/powershell", &["marslab-model", "marslab-wire", "marslab-shell", "marslab-programs"]),
    (
        "harness/console",
        &["marslab-model", "marslab-shell", "marslab-programs", "marslab-powershell"],
    ),
    (
        "harness/session",
        &[
            "marslab-console",
            "marslab-model",
            "marslab-wire",
            "marslab-live",
            "marslab-actions",
            "marslab-faults",
            "marslab-remedies",
            "marslab-scenario",
            "marslab-engine",
            "marslab-core",
            "marslab-state",
            "marslab-network",
        ],
    ),
    (
        "harness/mcp",
        &["marslab-model", "marslab-wire", "marslab-actions", "marslab-scenario", "marslab-engine"],
    ),
    (
        "harness/census",
        &["marslab-model", "marslab-wire", "marslab-agent", "marslab-live", "marslab-base"],
    ),
    (
        "harness/report",
        &[
            "marslab-model",
            "marslab-live",
            "marslab-actions",
            "marslab-faults",
            "marslab-remedies",
            "marslab-scenario",
            "marslab-engine",
            "marslab-census",
            "marslab-core",
            "marslab-base",
            "marslab-state",
        ],
    ),
    (
        "harness/training",
        &[
            "marslab-scenarios",
            "marslab-console",
            "marslab-model",
            "marslab-live",
            "marslab-actions",
            "marslab-remedies",
            "marslab-scenario",
            "marslab-engine",
            "marslab-session",
            "marslab-report",
        ],
    ),
    (
        "harness/page",
        &[
            "marslab-console",
            "marslab-model",
            "marslab-live",
            "marslab-scenario",
            "marslab-engine",
            "marslab-session",
            "marslab-report",
            "marslab-state",
            "marslab-training",
        ],
    ),
    (
        "harness/baselines",
        &[
            "marslab-model",
            "marslab-live",
            "marslab-scenario",
            "marslab-engine",
            "marslab-report",
            "marslab-core",
        ],
    ),
    (
        "harness/lab",
        &[
            "marslab-baselines",
            "marslab-model",
            "marslab-live",
            "marslab-actions",
            "marslab-faults",
            "marslab-remedies",
            "marslab-scenario",
            "marslab-engine",
            "marslab-session",
            "marslab-training",
            "marslab-page",
            "marslab-mcp",
            "marslab-census",
            "marslab-report",
            "marslab-core",
            "marslab-base",
        ],
    ),
    ("harness/cli", &["marslab", "marslab-core", "marslab-model"]),
    ("tests", &["marslab", "marslab-core", "marslab-model"]),
    ("tests/benches", &["marslab", "marslab-core", "marslab-model", "marslab-tests"]),
    ("tests/mutants", &["marslab", "marslab-core", "marslab-model"]),
];

/// What only the tests of a room may see besides: the agent's, which messages the product shows. Its code gets them as data.
const TESTS_MAY_SEE: &[(&str, &str)] = &[
    ("fakes/agent", "marslab-scenarios"),
    ("harness/baselines", "marslab-scenarios"),
    ("harness/console", "marslab-base"),
    ("harness/console", "marslab-live"),
    ("harness/console", "marslab-wire"),
    ("harness/training", "marslab-base"),
    ("harness/training", "marslab-faults"),
];

#[test]
fn no_arrow_that_is_not_drawn() {
    for (room, may_see) in MAY_SEE {
        let manifest = manifest(room);
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let seen = rooms(&manifest, section);
            let may = |it: &str| {
                let in_tests = section == "dev-dependencies" && TESTS_MAY_SEE.contains(&(room, it));
                in_tests || may_see.contains(&it)
            };
            let stray: Vec<_> = seen.iter().filter(|it| !may(it)).collect();
            assert!(stray.is_empty(), "{room} sees {stray:?} in [{section}]");
        }
    }
}

#[test]
fn every_room_is_in_the_table() {
    let root = manifest(".");
    let members = root["workspace"]["members"].as_array().unwrap();
    let known: BTreeSet<_> = MAY_SEE.iter().map(|(room, _)| *room).collect();
    for member in members.iter().filter_map(|member| member.as_str()) {
        assert!(known.contains(member), "{member} has no row in the table of this test");
    }
    assert_eq!(members.len(), known.len());
}

#[test]
fn fakes_do_not_know_what_a_fault_is() {
    for room in ["fakes", "harness/core/src"] {
        each_source(&root().join(room), &mut |path, text| {
            let words = text.split(|c: char| !c.is_alphanumeric());
            for word in words.map(str::to_lowercase) {
                let is_odd = ["fault", "faults"].contains(&word.as_str());
                assert!(!is_odd, "{} speaks of `{word}`", path.display());
            }
        });
    }
}

/// What plays which role is for those who break, repair and describe a world, not for what acts in it.
#[test]
fn only_the_base_world_knows_its_cast() {
    for room in ["fakes", "harness/core"] {
        each_source(&root().join(room), &mut |path, text| {
            let knows = ["Cast::", ".cast", "cast()"].iter().any(|word| text.contains(word));
            let may = path.starts_with(root().join("fakes/base")) || path.ends_with("tests.rs");
            assert!(may || !knows, "{} knows the world's cast", path.display());
        });
    }
}

#[test]
fn few_files_know_the_operating_system() {
    for room in ["harness", "fakes", "tests"] {
        each_source(&root().join(room), &mut |path, text| {
            let knows = [
                "cfg(unix",
                "cfg!(unix",
                "cfg(windows",
                "cfg!(windows",
                "cfg(target_os",
                "std::os::",
            ];
            let knows = knows.iter().any(|word| text.contains(word));
            let may = MAY_KNOW_THE_SYSTEM.iter().any(|it| path.ends_with(it));
            assert!(may || !knows, "{} knows the operating system", path.display());
        });
    }
}

/// Programs and signals, command lines, and who may look into files; tests of what only some systems tell or can do; and this test.
const MAY_KNOW_THE_SYSTEM: [&str; 6] = [
    "harness/engine/src/process.rs",
    "harness/engine/src/words.rs",
    "fakes/state/src/os.rs",
    "harness/cli/tests/it/unix.rs",
    "fakes/servers/tests/it/network.rs",
    "tests/it/walls.rs",
];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn manifest(room: &str) -> Table {
    let path = root().join(room).join("Cargo.toml");
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

/// The rooms among the dependencies of a section.
fn rooms(manifest: &Table, section: &str) -> Vec<String> {
    let dependencies = manifest.get(section).and_then(toml::Value::as_table);
    let names = dependencies.into_iter().flat_map(|table| table.keys());
    names.filter(|name| name.starts_with("marslab")).cloned().collect()
}

fn each_source(folder: &Path, visit: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_source(&path, visit);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            visit(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}
