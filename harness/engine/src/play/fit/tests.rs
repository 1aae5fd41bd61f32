use std::sync::Arc;

use marslab_actions::problem::{Paint, Problems};
use marslab_model::world::Cast;
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::corpus;
use marslab_scenario::scenario::{Library, parse};

use super::problems;

/// What is said of a scenario in which `iscsi-service-stopped` is broken besides, with `cure` as its cure.
#[track_caller]
fn said(besides: &str, cure: &str) -> String {
    let text = format!(
        r#"title   = "The iSCSI service is stopped"
failure = "iscsi-service-stopped"
article = "zh-2019-05"

{besides}

[[fault]]
service-stopped = {{ name = "MSiSCSI" }}

[when]
operation = "restore"

[then]
error   = "volume-not-mounted"
finding = [{{ any = ["iscsi-service-stopped"] }}]

[[cure]]
remedy = "start-iscsi-service"
{cure}"#
    );
    let library = Library::without_plays(Catalogue::known(), Arc::new(Cast::plain()));
    let scenario = match parse("file.toml", &text, &library) {
        Ok(scenario) => scenario,
        Err(problems) => panic!("{problems}"),
    };
    let found = problems(&scenario).unwrap();
    Problems::new("file.toml", &text, found).render(Paint::Plain)
}

#[track_caller]
fn says(besides: &str, expected: &str) {
    let said = said(besides, "");
    let expected = expected.trim_matches('\n');
    assert_eq!(said, expected, "{besides}\n{said}");
}

#[test]
fn what_fits_is_not_spoken_of() {
    says("", "");
    says(
        "[[fault]]\nblocks = { to = [\"*.windows.net\", \"40.126.0.0/18\", \"*\"], port = 8080 }",
        "",
    );
}

#[test]
fn a_fault_that_the_world_has_nothing_for() {
    says(
        "[[fault]]\nfile-missing = { path = 'C:\\absent.txt' }\n\n[[fault]]\nsoftware-missing = { software = \"Solitaire\" }",
        r#"
error: cannot apply `file-missing`: `SRV01` has no file `C:\absent.txt`
 --> file.toml:6:1
  |
6 | file-missing = { path = 'C:\absent.txt' }
  | ^^^^^^^^^^^^

error: cannot apply `software-missing`: `SRV01` has no program `Solitaire`
 --> file.toml:9:1
  |
9 | software-missing = { software = "Solitaire" }
  | ^^^^^^^^^^^^^^^^
"#,
    );
}

#[test]
fn a_setting_that_cannot_be_made() {
    says(
        "[given]\ndata-volume = { folder = 'D:\\Archive', gib = 20 }",
        r"
error: cannot apply `data-volume`: the machine already has the volume `D:`
 --> file.toml:6:1
  |
6 | data-volume = { folder = 'D:\Archive', gib = 20 }
  | ^^^^^^^^^^^
",
    );
}

#[test]
fn a_pattern_that_matches_no_host() {
    says(
        "[[fault]]\nblocks = { to = [\"*.windowsazure.us\", \"203.0.113.7\"] }",
        r#"
warning: no host of the world matches `*.windowsazure.us` of `blocks`
 --> file.toml:6:1
  |
6 | blocks = { to = ["*.windowsazure.us", "203.0.113.7"] }
  | ^^^^^^
  |
  = hint: did you mean `*.windowsazure.com`?

warning: no host of the world matches `203.0.113.7/32` of `blocks`
 --> file.toml:6:1
  |
6 | blocks = { to = ["*.windowsazure.us", "203.0.113.7"] }
  | ^^^^^^
  |
  = hint: it changes nothing for anybody
"#,
    );
}

#[test]
fn what_fits_only_the_world_of_the_documentation() {
    says(
        "[given]\nbehind-proxy = { address = \"{proxy}\", agent-knows-it = true }\n\n[[fault]]\nproxy-asks = { schemes = [\"basic\"], user = \"u\", proxy = \"10.0.0.5:8080\" }",
        r#"
warning: in a world with drawn names: cannot apply `proxy-asks`: there is no proxy `10.0.0.5:8080`
 --> file.toml:9:1
  |
9 | proxy-asks = { schemes = ["basic"], user = "u", proxy = "10.0.0.5:8080" }
  | ^^^^^^^^^^
  |
  = hint: names and addresses differ from run to run; use roles, such as `{proxy}`, or run with `--plain-world`
"#,
    );
}

#[test]
fn a_cure_that_has_nothing_to_cure() {
    assert_eq!(
        said("", "\n[[cure]]\nremedy = \"remove-machine-from-vault\"\n"),
        "error: cannot apply `remove-machine-from-vault`: `vault-east` has no machine beside this server; `own = true` \
         removes the server's own entry
  --> file.toml:21:10
   |
21 | remedy = \"remove-machine-from-vault\"
   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^"
    );
}

#[test]
fn a_case_is_named() {
    let case =
        "\n[[case]]\nname = \"another\"\nset = { \"fault.0.service-stopped.name\" = \"Telnet\" }\n";
    let said = said("", case);
    let told =
        "error: in case `another`: cannot apply `service-stopped`: there is no service `Telnet`\n";
    assert!(said.starts_with(told), "{said}");
}

#[test]
fn every_embedded_scenario_fits_its_world() {
    // The others are variations of these.
    for scenario in corpus::singles().step_by(7) {
        let errors = problems(scenario).unwrap();
        assert!(errors.iter().all(super::Problem::is_warning), "{}: {errors:?}", scenario.name);
    }
}
