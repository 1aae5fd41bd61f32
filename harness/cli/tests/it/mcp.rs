//! `run --subject '… {mcp}'` and `mcp`: an AI agent as a subject, played by a small client in Python.

use crate::{Output, command, marslab, output_of};

const CLIENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/subjects/mcp.py");

/// Plays that the client knows, or in which it has nothing to find.
const PLAYS: [&str; 10] = [
    "activation-kek-missing",
    "agent-service-stopped",
    "dotnet-4.5.2",
    "execution-policy-restricted",
    "execution-policy-restricted/remedy-unrestricted",
    "execution-policy-unrestricted",
    "iscsi-service-stopped",
    // A pattern, so that the name stands for no longer ones.
    "mount-erro?",
    "passphrase-kek-missing",
    "task-disabled",
];

/// Runs one play with a program of one line of Python, which the tests need.
fn python(line: &str) -> Output {
    let subject = format!("python3 -c \"{line}\" {{mcp}}");
    marslab(&["run", "iscsi-service-stopped", "--seed", "7", "--subject", &subject])
}

#[test]
fn an_agent_that_uses_tools_is_a_subject() {
    let subject = format!("python3 \"{CLIENT}\" --mcp-config {{mcp}}");
    let run = command().args(["run", "--seed", "7", "--subject", &subject]);
    output_of(run.args(PLAYS)).code(0).stdout_has("10 plays: 10 confirmed");
}

#[test]
fn what_is_written_goes_before_what_is_submitted() {
    // The file is where `submit` keeps a diagnosis.
    let submit = "import json, sys; f = open(sys.argv[1].replace('mcp.json', 'diagnosis.json'), 'w'); \
                  f.write('{\\\"version\\\": 7}'); f.close()";
    python(submit).code(1).stdout_has("invalid diagnosis: unsupported version 7");
    python(&format!("{submit}; print('{{\\\"version\\\": 8}}')"))
        .code(1)
        .stdout_has("invalid diagnosis: unsupported version 7");
    python(&format!("{submit}; print('{{\\\"version\\\": 1}}')"))
        .code(1)
        .stdout_has("the subject found nothing");
    python("print('I have no idea.')")
        .code(1)
        .stdout_has("invalid diagnosis: nothing was submitted, and expected value");
}

#[test]
fn the_configuration_has_no_secret() {
    let line = "import json, os, sys; door = json.load(open(os.environ['MARSLAB_HOST'])); \
                sys.exit(door['token'] in open(sys.argv[1]).read() and 'leaked' or 'private')";
    python(line).code(1).stdout_has("private");
}

#[test]
fn what_cannot_be_served_is_refused() {
    let served = ["run", "--subject", "agent {mcp}", "--serve"];
    marslab(&served).code(2).stderr_has("`{mcp}` cannot be used with `--serve`");
    output_of(command().env_remove("MARSLAB_HOST").arg("mcp"))
        .code(2)
        .stderr_has("`--door` is missing, and MARSLAB_HOST is not set");
    marslab(&["mcp", "--door", "absent.json"]).code(2).stderr_has("cannot read `absent.json`");
}
