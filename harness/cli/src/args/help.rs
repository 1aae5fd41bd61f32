//! What `--help` shows below the options.

use crate::exit_codes::exit_codes;

pub(super) const MAIN_HELP: &str = concat!(
    "\
Examples:
  marslab list failures                        list the documented failures
  marslab show failure credentials-expired     show one of them
  marslab run                                  run all plays with the reference core
  marslab run --subject './diagnose' 'kek*'    test your own program
  marslab run --explain iscsi-service-stopped  explain a play step by step

",
    exit_codes!()
);

pub(super) const ENV_HELP: &str = "\
Examples:
  eval \"$(marslab status --env)\"                            sh, bash, zsh
  marslab status --env powershell | Out-String | Invoke-Expression
  marslab status --env cmd > lab.cmd & call lab.cmd        cmd.exe
  eval \"$(marslab status --unset-env)\"                      take the variables away again
";

pub(super) const RUN_HELP: &str = concat!(
    "\
Examples:
  marslab run --fidelity memory blocked          run all plays with `blocked` in their names
  marslab run issue-4711.toml --junit out.xml    run a scenario file in CI
  marslab run proxy-port-wrong+kek-missing       apply the faults of two plays at once
  marslab run --subject 'python3 diagnose.py' --subject-timeout 5 --json -
  marslab run --subject ./diagnose --subject-env HOME --subject-env LOG=debug
  marslab run --subject ./diagnose --serve       start the program once per job
  marslab run --subject baseline:silence         measure what silence reaches
  marslab run --subject ./diagnose --watch kek   run again when the program is edited
  marslab run --repeat 20 kek                    use 20 seeds, each with its own keys
  marslab run --html report.html                 write a report for people
  marslab run 'proxy*' --har proxies.har         write the traffic for a browser's developer tools

Verdicts:
  confirmed     every beat was as expected, and the operation met every fault
  mismatch      a beat was not as expected: shows what was expected and what was seen
  inconclusive  every beat was as expected, but this proves nothing: shows why, and what to do
  not playable  the scenario does not fit its own world
  lab failed    an internal error: no verdict

",
    exit_codes!()
);

pub(super) const SHOW_HELP: &str = "\
Examples:
  marslab show blocks
  marslab show remedy restore-kek
  marslab show world services/MSiSCSI";

pub(super) const TRY_HELP: &str = "\
Examples:
  marslab try 'service-stopped = { name = \"VSS\" }' --operation backup
  marslab try 'blocks = { to = [\"*.windows.net\"] }; time-passes = { hours = 50 }' --operation register
  marslab try draft.toml --subject 'python3 core.py' --write issue.toml";

pub(super) const NEW_HELP: &str = "\
Examples:
  marslab new --from proxy-port-wrong > mine.toml
  marslab check mine.toml
  marslab new --pack acme mode-off
  marslab run --pack acme --subject 'python3 acme/core.py'";

pub(super) const UP_HELP: &str = concat!(
    "\
Examples:
  marslab up proxy-authentication-required          until Ctrl-C, or for 8 hours
  marslab up mine.toml --healthy --ttl 30m --lang ja
  marslab up passphrase-kek-missing --json | jq     for programs

From another terminal:
  marslab operate                                   run the operation again
  marslab break 'blocks = { to = [\"*.windows.net\"] }' --for 1m
  marslab repair                                    carry out the scenario's next cure
  marslab ask --subject ./diagnose                  ask your own program
  marslab journal --follow
  marslab down

",
    exit_codes!()
);

pub(super) const BOARD_HELP: &str = "\
Example:
  marslab run --subject ./diagnose --json mine.json
  marslab run --subject baseline:message-table --json table.json
  marslab board mine.json table.json --html board.html";

pub(super) const BREAK_HELP: &str = "\
Examples:
  marslab break                                     apply the scenario's own faults
  marslab break 'blocks = { to = [\"*.windows.net\"] }'
  marslab break 'service-stopped = { name = \"obengine\" }' --for 30s";

pub(super) const REPAIR_HELP: &str = "\
Examples:
  marslab repair                                    carry out the scenario's next cure
  marslab repair restart-server
  marslab repair 'set-time-zone = { zone = \"Tokyo Standard Time\" }'";

pub(super) const OPERATE_HELP: &str = "\
Examples:
  marslab operate
  marslab operate backup --lang ja

Exits with 1 if the operation fails.";

pub(super) const ASK_HELP: &str = "\
Examples:
  marslab ask --subject ./diagnose
  marslab ask --subject 'python3 diagnose.py' --subject-timeout 300 --subject-env HOME

Exits with 1 if the program gives no diagnosis.";

pub(super) const COMPLETIONS_HELP: &str = "\
Examples:
  marslab completions bash > ~/.local/share/bash-completion/completions/marslab
  marslab completions fish > ~/.config/fish/completions/marslab.fish";
