use std::path::PathBuf;

use marslab_model::Operation;
use marslab_model::world::Language;

use super::{Shell, set, unset};
use crate::session::message::Description;

fn description(ca_file: &str) -> Description {
    let text = String::new;
    Description {
        version: 1,
        scenario: text(),
        failure: None,
        language: Language::English,
        title: text(),
        operation: Operation::Backup,
        now: jiff::Timestamp::UNIX_EPOCH,
        clock_moved_seconds: 0,
        machine: text(),
        listeners: Vec::new(),
        ca_file: PathBuf::from(ca_file),
        drive_c: None,
        door_file: PathBuf::new(),
        dns: text(),
        http_proxy: "127.0.0.1:4711".to_owned(),
        socks_proxy: text(),
        socks: text(),
        door_token: text(),
        control: text(),
        session_file: PathBuf::new(),
        faults: Vec::new(),
        remedies: Vec::new(),
    }
}

#[test]
fn values_are_quoted_as_each_shell_has_it() {
    let of = description("/tmp/it's $HOME/100%/ca.pem");
    for (shell, proxy, ca_file, nothing) in [
        (
            Shell::Sh,
            "export https_proxy='http://127.0.0.1:4711'\n",
            r"export SSL_CERT_FILE='/tmp/it'\''s $HOME/100%/ca.pem'",
            "export NO_PROXY=''\n",
        ),
        (
            Shell::PowerShell,
            "$Env:https_proxy = 'http://127.0.0.1:4711'\n",
            "$Env:SSL_CERT_FILE = '/tmp/it''s $HOME/100%/ca.pem'\n",
            "$Env:NO_PROXY = ''\n",
        ),
        (
            Shell::Cmd,
            "set \"https_proxy=http://127.0.0.1:4711\"\r\n",
            "set \"SSL_CERT_FILE=/tmp/it's $HOME/100%%/ca.pem\"\r\n",
            "set \"NO_PROXY=\"\r\n",
        ),
    ] {
        let lines = set(&of, shell);
        for line in [proxy, ca_file, nothing] {
            assert!(lines.contains(line), "{lines}");
        }
        assert_eq!(unset(shell).lines().count(), lines.lines().count());
    }
}

/// What is set is unset.
#[test]
fn both_forms_have_the_same_names() {
    let set = set(&description("ca.pem"), Shell::Sh);
    let names = set.lines().filter_map(|it| it.strip_prefix("export ")?.split('=').next());
    let unset = unset(Shell::Sh);
    let gone = unset.lines().filter_map(|it| it.strip_prefix("unset "));
    assert!(names.eq(gone), "{set}{unset}");
}
