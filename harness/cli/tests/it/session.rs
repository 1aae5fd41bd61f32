//! `up` and the other session commands.

use std::io::{BufRead as _, Read as _};

use serde_json::Value;

use crate::{Started, marslab};

/// A session in its own process.
struct Up {
    started: Started,
    description: Value,
}

impl Up {
    fn of(arguments: &[&str]) -> Self {
        let mut started = Started::of(&[&["up", "--json", "--ttl", "5m"], arguments].concat());
        let mut line = String::new();
        started.lines.read_line(&mut line).unwrap();
        Self { started, description: serde_json::from_str(&line).unwrap() }
    }

    fn file(&self) -> &str {
        self.description.get("session-file").and_then(Value::as_str).unwrap()
    }
}

#[test]
fn a_session_is_inspected_repaired_and_removed() {
    let mut up = Up::of(&["proxy-authentication-required", "--lang", "ja"]);
    let file = up.file().to_owned();
    let at = ["--session", &file];
    let on = |words: &[&str]| marslab(&[words, &at].concat());

    on(&["status"])
        .code(0)
        .stdout_has("proxy-asks (番号 1)")
        .stdout_has("curl -v --proxy http://127.0.0.1:");
    on(&["operate"])
        .code(1)
        .stdout_has("backup: 失敗しました (100050)")
        .stdout_has("プロキシの認証が必要です");
    on(&["journal"])
        .code(0)
        .stdout_has("→ 407 (no credentials)")
        .stdout_has("  administrator: operate backup → begins\n")
        .stdout_has("  administrator: operate backup → failed (100050)\n");
    let archive = on(&["journal", "--har", "-"]).code(0).stdout;
    let archive: Value = serde_json::from_str(&archive).unwrap();
    let entries = archive.pointer("/log/entries").and_then(Value::as_array).unwrap();
    assert!(entries.iter().any(|it| it.pointer("/response/status") == Some(&Value::from(407))));
    on(&["journal", "--har", "-", "--follow"]).code(2);
    on(&["break", "blocks = { to = [\"*.windows.net\"] }", "--for", "5m"]).code(0).stdout_has(
        "blocks (番号 2)\n  変更内容:\n    | ファイアウォールが *.windows.net への接続をブロックしています (規則 ",
    );
    on(&["revert", "2", "--paths"])
        .code(0)
        .stdout_has("ファイアウォールは *.windows.net への接続をブロックしなくなりました (規則 ")
        .stdout_has(" [network/firewall/");
    on(&["repair"])
        .code(0)
        .stdout_has("対処 `set-agent-proxy-credentials`: 資格情報を指定して、プロキシを使用")
        .stdout_has("    4. プロキシのユーザー名とパスワードを入力して保存します。\n");
    on(&["status"])
        .code(0)
        .stdout_has("\n障害: proxy-asks (番号 1)\n  10.0.0.5:8080 のプロキシは認証 (")
        .stdout_has("\n実行した対処: set-agent-proxy-credentials\n");
    on(&["operate", "--lang", "en"]).code(0).stdout_has("backup: succeeded");
    on(&["down"]).code(0);

    // A pipe that nobody reads would hold up who writes.
    let journal: Vec<String> = up.started.lines.by_ref().lines().map(Result::unwrap).collect();
    assert!(up.started.process.wait().unwrap().success());
    for left in ["session-file", "ca-file", "drive-c", "door-file"] {
        let path = up.description.get(left).and_then(Value::as_str).unwrap();
        assert!(!std::path::Path::new(path).exists(), "{path}");
    }
    assert!(journal.iter().any(|line| line.contains("407 (no credentials)")), "{journal:?}");
    on(&["status"]).code(4);
}

#[test]
fn a_session_is_known_by_its_scenario() {
    let up = Up::of(&["blocked-url-microsoft.com"]);
    marslab(&["status", "--session", "blocked-url-micro"])
        .code(0)
        .stdout_has("blocked-url-microsoft.com: ")
        .stdout_has("  the firewall blocks *.Microsoft.com (rule ");
    marslab(&["status", "--session", "no-such-play"])
        .code(4)
        .stderr_has("no open session is called `no-such-play`")
        .stderr_has("blocked-url-microsoft.com");
    let _second = Up::of(&["blocked-url-microsoft.com"]);
    marslab(&["status", "--session", "blocked-url-microsoft.com"])
        .code(2)
        .stderr_has("2 sessions match `blocked-url-microsoft.com`")
        .stderr_has(up.file());
}

#[test]
fn what_a_session_refuses() {
    let up = Up::of(&["proxy-authentication-required"]);
    let at = ["--session", up.file()];
    let on = |words: &[&str]| marslab(&[words, &at].concat());
    on(&["break", "blocks = { to = [\"*.windows.net\"] }"]).code(0);
    on(&["revert", "2"]).code(0);
    on(&["repair"]).code(0);
    on(&["operate", "dance"]).code(2).stderr_has("unknown operation `dance`");
    on(&["break", "blok = {}"]).code(2).stderr_has("unknown fault `blok`; did you mean `blocks`?");
    on(&["break", "blokcs"]).code(2).stderr_has("did you mean `blocks`");
    on(&["break", "blocks = { }"]).code(2).stderr_has("missing parameter `to`");
    on(&["revert", "2"]).code(2).stderr_has("unknown fault number 2");
    on(&["repair"]).code(2).stderr_has("name a remedy");
    on(&["journal"])
        .code(0)
        .stdout_has("  administrator: break blocks (number 2) → 1 field changed\n")
        .stdout_has("  administrator: repair set-agent-proxy-credentials → done\n");
}

#[test]
fn a_healthy_world_is_broken_later() {
    let up = Up::of(&["iscsi-service-stopped", "--healthy"]);
    let at = ["--session", up.file()];
    let on = |words: &[&str]| marslab(&[words, &at].concat());
    on(&["operate"]).code(0);
    on(&["break"]).code(0).stdout_has("service-stopped (number 1)");
    on(&["operate"]).code(1);
}

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/subjects/example.py");

/// The tests need Python.
#[test]
fn a_subject_is_asked_about_a_session() {
    let up = Up::of(&["iscsi-service-stopped"]);
    let at = ["--session", up.file()];
    let on = |words: &[&str]| marslab(&[words, &at].concat());
    let ask = |subject: &str| on(&["ask", "--subject", subject]);
    let example = format!("python3 \"{EXAMPLE}\"");
    ask(&example)
        .code(0)
        .stdout_has("restore on SRV01\n  The complaint:\n    | ")
        .stdout_has("  The subject finds `iscsi-service-stopped`, about MSiSCSI: ")
        .stdout_has("    | MSiSCSI is stopped\n");
    on(&["repair"]).code(0);
    ask(&example).code(0).stdout_has("  The subject finds nothing.\n");
    ask("python3 -c \"import sys; print('no idea', file=sys.stderr)\"")
        .code(1)
        .stdout_has("There is no diagnosis: invalid diagnosis: standard output is empty.")
        .stdout_has("  Standard error:\n    | no idea\n");
    ask("./absent").code(2).stderr_has("cannot start the subject `");
    // What was asked holds nothing up.
    on(&["operate"]).code(0);
}

#[test]
fn invalid_sessions() {
    marslab(&["up", "absent"]).code(4).stderr_has("no play matches `absent`");
    marslab(&["up", "blocked"]).code(2).stderr_has("use a full name");
    marslab(&["up", "iscsi-service-stopped", "--ttl", "soon"]).code(2).stderr_has("such as `30s`");
    marslab(&["status", "--session", "/nowhere/session.json"]).code(4);
}
