//! What is written for people and programs holds no credential.

use std::path::Path;

use marslab::report::{Summary, har, html, json, junit};
use serde_json::Value;

use crate::runs::JAPANESE;

type Writer = fn(&mut dyn std::io::Write, &Summary) -> std::io::Result<()>;

const REPORTS: [(&str, Writer); 4] =
    [("HAR", har::write), ("HTML", html::write), ("JSON", json::write), ("JUnit", junit::write)];

/// Far more than the corpus needs, and still at home in a mail.
const HTML_BYTES_MAX: usize = 7 << 20;

#[test]
fn no_report_holds_a_credential() {
    assert!(JAPANESE.counts().total() > 200, "hardly anything was played");
    let secrets = secrets();
    for (name, write) in REPORTS {
        let mut written = Vec::new();
        write(&mut written, &JAPANESE).unwrap();
        let text = String::from_utf8(written).unwrap();
        for secret in &secrets {
            let at = text.find(secret.as_str());
            let around = at.map(|at| text.get(at.saturating_sub(80)..at + 80));
            assert_eq!(around, None, "{name} holds {secret:?}");
        }
        match name {
            "HAR" => check_headers(&text),
            "HTML" => assert!(text.len() < HTML_BYTES_MAX, "{} bytes", text.len()),
            _ => {}
        }
    }
}

/// Credentials, repeated here from where they are made.
fn secrets() -> Vec<String> {
    let mut secrets: Vec<String> = [
        // The administrator's password at the login service, and the secret of the application there.
        "Lilacs-bloom-42",
        "Sc-plain-world-8f2b61",
        // The administrator's passphrase, and the password of the proxies' users, plain and as Basic sends it with
        // the user's name before it, whose length decides which of three forms it has.
        "correct horse battery staple",
        "Let-me-out-17",
        "TGV0LW1lLW91dC0xN",
        "xldC1tZS1vdXQtMT",
        "MZXQtbWUtb3V0LTE3",
        // The beginning of a token, of a proof by certificate, of a certificate and of a key.
        "eyJ",
        "client_assertion",
        "MIIC",
        "MIID",
        "MIIE",
        "BEGIN CERT",
        "PRIVATE KEY",
        // Forms and bodies.
        "grant_type=",
        "\"verifier\"",
        "\\\"verifier\\\"",
        "access_token",
    ]
    .map(str::to_owned)
    .into();
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    let mut folders = vec![scenarios];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "toml") {
                let file = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
                gather(&file, &mut secrets);
            }
        }
    }
    secrets
}

/// The values of every key that is called after a secret.
fn gather(value: &toml::Value, secrets: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                if let (true, Some(text)) = (SECRET_KEYS.contains(&key.as_str()), value.as_str()) {
                    secrets.push(text.to_owned());
                }
                gather(value, secrets);
            }
        }
        toml::Value::Array(list) => list.iter().for_each(|value| gather(value, secrets)),
        _ => {}
    }
}

const SECRET_KEYS: [&str; 3] = ["passphrase", "password", "token"];

/// The evidence names the user and the scheme, but not the credentials.
fn check_headers(archive: &str) {
    let archive: Value = serde_json::from_str(archive).unwrap();
    let text = |it: &Value, key: &str| it.get(key).and_then(Value::as_str).unwrap().to_owned();
    let entries = archive.pointer("/log/entries").and_then(Value::as_array).unwrap();
    let lists = entries.iter().filter_map(|it| it.pointer("/request/headers")?.as_array());
    let headers = lists.flatten().map(|it| (text(it, "name"), text(it, "value")));
    let headers: Vec<(String, String)> = headers.collect();
    let of = |wanted: &str| -> Vec<&str> {
        let found = headers.iter().filter(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str()).collect()
    };
    let (bearers, logins) = (of("authorization"), of("proxy-authorization"));
    assert!(bearers.len() > 500 && bearers.iter().all(|it| *it == "Bearer redacted"));
    assert!(!logins.is_empty());
    assert!(logins.iter().all(|it| it.split_once(' ').is_some_and(|(_, rest)| rest == "redacted")));
}
