//! `--pack` and `try`: an issue that nobody has catalogued.

use std::fs;
use std::path::Path;

use snapbox::{assert_data_eq, str};

use crate::{Files, marslab, typed};

/// The pack that the documentation shows.
fn contoso() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("scenarios/packs/contoso").display().to_string()
}

/// A copy of it that a test can change.
fn copy(files: &Files) -> String {
    let folder = files.path("contoso");
    fs::create_dir(&folder).unwrap();
    for entry in fs::read_dir(contoso()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
    typed(&folder)
}

#[test]
fn a_pack_is_checked_listed_and_shown() {
    let pack = contoso();
    marslab(&["check", "--pack", &pack]).code(0).stdout_has("(1 scenario)");
    marslab(&["list", "--pack", &pack]).code(0).stdout_has("contoso/backup-locked");
    marslab(&["show", "cause", "contoso/backup-locked", "--pack", &pack])
        .code(0)
        .stdout_has("A hardening tool has locked backups");
    marslab(&["show", "contoso/unlock-backup", "--pack", &pack])
        .code(0)
        .stdout_has(r"HKLM\SOFTWARE\Contoso\Hardening/BackupMode");
    marslab(&["show", "contoso/unlock-backup"]).code(2);
}

#[test]
fn coverage_counts_packs_apart() {
    let files = Files::new();
    let pack = copy(&files);
    let failures = Path::new(&pack).join("failures.toml");
    let text = fs::read_to_string(&failures).unwrap();
    // A second row, without a scenario, that names an article of 2019.
    let second = text.replace("contoso/backup-locked", "contoso/other");
    let second = second.replace("contoso/other\"]", "contoso/backup-locked\"]");
    let second = second.replace("\"report\"", "\"zh-2019-05\"");
    fs::write(&failures, format!("{text}\n{second}")).unwrap();

    let without = marslab(&["coverage"]).code(0).stdout;
    assert!(!without.contains("packs"), "{without}");
    let counted = marslab(&["coverage", "--pack", &pack]).code(0).stdout;
    let (own, of_packs) = counted.split_once("\nOf packs:\n").unwrap();
    assert!(without.starts_with(own), "{counted}");
    assert!(of_packs.starts_with("failure  1 of 2"), "{counted}");
    let missing = of_packs.split("\nfailure of packs, not covered by scenarios:\n").nth(1).unwrap();
    assert!(missing.starts_with("  contoso/other "), "{counted}");
}

#[test]
fn a_core_that_does_not_know_the_issue_is_told_how_to_run_it_again() {
    let files = Files::new();
    let pack = copy(&files);
    let run = marslab(&["run", "--fidelity", "memory", "--pack", &pack]).code(1);
    let output = run.stdout.replace(&pack, "PACK");
    assert_data_eq!(
        output,
        str![[r#"
mismatch      contoso/backup-locked
              beat 3 (diagnosed): not found
              expected: the subject finds `contoso/backup-locked`
              seen:     the subject found nothing

1 play: 1 mismatch
rerun with --seed 4711 --pack PACK --fidelity memory --exact contoso/backup-locked

"#]]
    );
    // Joined with what this build has.
    marslab(&["run", "--fidelity", "memory", "--pack", &pack, "iscsi-service-stopped"]).code(0);
    marslab(&["run", "--fidelity", "memory", "--pack", &pack, "contoso/*+kek"]).code(4);
}

#[test]
fn every_mistake_in_a_pack_is_told_at_once() {
    let files = Files::new();
    let pack = copy(&files);
    let causes = Path::new(&pack).join("causes.toml");
    let text = fs::read_to_string(&causes).unwrap();
    fs::write(&causes, text.replace("id = \"contoso/", "id = \"kontoso/")).unwrap();
    fs::write(Path::new(&pack).join("messages.toml"), "[[mesage]]\n").unwrap();
    let check = marslab(&["check", "--pack", &pack]).code(2);
    let folder = format!("{pack}{}", std::path::MAIN_SEPARATOR);
    assert_data_eq!(
        check.stderr.replace(&folder, ""),
        str![[r#"
error: causes.toml:1:1: `kontoso/backup-locked` does not begin with `contoso/`
  hint: the ids of a pack begin with its name: `contoso/backup-locked`
error: messages.toml:1:3: unknown field `mesage`, expected one of `message`, `shown`, `precondition`
  hint: correct line 1 of `messages.toml`

"#]]
    );
    // An edit of what is not there has a place, too.
    let again = Files::new();
    let pack = copy(&again);
    let scenario = Path::new(&pack).join("backup-locked.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    fs::write(&scenario, text.replace("'registry/HKLM", "'regstry/HKLM")).unwrap();
    marslab(&["check", "--pack", &pack])
        .code(2)
        .stderr_has("`machines/SRV01` has no `regstry`; did you mean `registry`?")
        .stderr_has("backup-locked.toml:7:1");
    marslab(&["run", "--pack", "no-such-pack"])
        .code(2)
        .stderr_has("cannot read the pack `no-such-pack`");
}

#[test]
fn a_trial_has_no_verdict() {
    let trial =
        marslab(&["try", "service-stopped = { name = 'obengine' }", "--operation", "backup"]);
    assert_data_eq!(
        trial.code(0).stdout,
        str![[r#"
2 broken
  Fault `service-stopped`: a Windows service is stopped.
  What changes:
    | the service [..] is stopped
  The operation reads that.
  The operation `backup` fails with error obengine-unreachable.
  The console shows:
    | The Microsoft Azure Recovery Services Agent cannot connect to the OBEngine service.
  It stops at the step `call-engine`: Calls the service of the engine (5.1).

3 diagnosed
  The subject receives the customer's complaint and inspects the machine.
  The subject asks [..] times: registry-value [..]
...
  The subject finds `agent-service-stopped`, about obengine: The agent's service is not running.
  Evidence:
    | the service obengine is stopped
  Recommended remedy: `start-agent-service`: Start the agent's service.
  The complaint was:
    | The Microsoft Azure Recovery Services Agent cannot connect to the OBEngine service.

"#]]
    );
    marslab(&["try", "service-stopped = {}", "--operation", "backup"])
        .code(2)
        .stderr_has("missing parameter `name` of `service-stopped`");
    marslab(&["try", "edit = { remove = ['servces/VSS'] }", "--operation", "backup"])
        .code(2)
        .stderr_has("`machines/SRV01` has no `servces`; did you mean `services`?");
    marslab(&["try", "service-stopped = {}"]).code(2).stderr_has("error: missing `--operation`");
}

#[test]
fn a_trial_is_written_as_a_scenario_with_blanks() {
    let files = Files::new();
    let path = typed(&files.path("issue.toml"));
    let words = [
        "blocks = { to = ['*.windows.net'] }; time-passes = { hours = 1 }",
        "--operation",
        "register",
    ];
    marslab(&[&["try"], words.as_slice(), &["--write", &path]].concat())
        .code(0)
        .stdout_has("wrote ");
    let written = fs::read_to_string(&path).unwrap();
    assert_data_eq!(
        &written,
        str![[r#"
title   = ""       # what is wrong, in one line
failure = ""       # the documented failure, or one of a pack: `marslab list failures`
article = "report" # where it is documented

[[fault]]
blocks = { to = ['*.windows.net'] }

[[fault]]
time-passes = { hours = 1 }

[when]
operation = "register"

[then]
error    = "34513"
stops-at = "sign-in"
finding  = []   # what a subject must find: { any = ["CAUSE"], about = "…" }
# The subject found { any = ["url-blocked"], about = "*.windows.net" }.

[[cure]]
remedy = ""   # what cures it: `marslab list remedies`

"#]]
    );
    marslab(&[&["try"], words.as_slice(), &["--write", &path]].concat())
        .code(2)
        .stderr_has("hint: nothing was run; choose a file that does not exist yet");
    // An unfinished file can be tried again.
    fs::write(&path, &written).unwrap();
    marslab(&["try", &path]).code(0).stdout_has("fails with error");
    marslab(&["try", &path, "--operation", "backup"])
        .code(2)
        .stderr_has("cannot be used with a file");
}

#[test]
fn what_a_trial_leaves_empty_is_refused_until_it_is_filled_in() {
    let files = Files::new();
    let path = typed(&files.path("issue.toml"));
    let fault = "blocks = { to = ['*.windows.net'] }";
    marslab(&["try", fault, "--operation", "register", "--write", &path]).code(0);
    let written = fs::read_to_string(&path).unwrap();
    let blank = marslab(&["check", &path]).code(2).stderr;
    for key in ["title", "failure", "finding", "remedy"] {
        assert!(blank.contains(&format!("`{key}` is empty")), "{key}: {blank}");
    }
    // What is filled in is a scenario.
    let filled = written
        .replace("title   = \"\"", "title   = \"Storage is out of reach\"")
        .replace("failure = \"\"", "failure = \"blocked-url-windows.net\"")
        .replace("\"report\"", "\"zh-2019-05\"")
        .replace(
            "finding  = []",
            "finding  = [{ any = [\"url-blocked\"], about = \"*.windows.net\" }]",
        )
        .replace("remedy = \"\"", "remedy = \"allow-at-firewall\"");
    fs::write(&path, filled).unwrap();
    marslab(&["check", &path]).code(0);
}

#[test]
fn what_a_trial_writes_names_roles() {
    marslab(&[
        "try",
        "proxy-asks = { schemes = ['basic'], user = '{proxy-user}' }",
        "--given",
        "behind-proxy = { address = '{proxy}', agent-knows-it = true }",
        "--operation",
        "backup",
        "--write",
        "-",
    ])
    .code(0)
    .stdout_has(
        "# The subject found { any = [\"proxy-authentication-required\"], about = \"{proxy}\" }.",
    );
}

#[test]
fn a_new_pack_plays() {
    let files = Files::new();
    let folder = typed(&files.path("acme"));
    let new = marslab(&["new", "--pack", &folder, "mode-off"]).code(0).stdout;
    assert_data_eq!(
        new.replace(&folder, "PACK").replace('\\', "/"),
        str![[r#"
wrote PACK/messages.toml
wrote PACK/causes.toml
wrote PACK/remedies.toml
wrote PACK/failures.toml
wrote PACK/mode-off.toml
wrote PACK/core.py

It plays as it is: `marslab run --pack PACK --subject 'python3 PACK/core.py'`. Put your issue in its place.

"#]]
    );
    marslab(&["check", "--pack", &folder]).code(0).stdout_has("(1 scenario)");
    marslab(&["show", "failure", "acme/mode-off", "--pack", &folder]).code(0);
    marslab(&["run", "--fidelity", "memory", "--pack", &folder])
        .code(1)
        .stdout_has("expected: the subject finds `acme/mode-off`");
    marslab(&["new", "--pack", &folder, "mode-off"]).code(2).stderr_has("nothing was written");
    marslab(&["new", "mode-off"]).code(2).stderr_has("`new` begins a pack in a folder");
    marslab(&["new", "--pack", &typed(&files.path("Acme")), "mode-off"])
        .code(2)
        .stderr_has("invalid name");
}
