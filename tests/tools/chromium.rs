//! A browser that is not ours, behind a proxy that asks: Chromium, with an extension that types what a person types into its
//! dialog. The outcomes are those that it had behind Squid 5.7 with the same schemes (measured).

use std::path::Path;

use libtest_mimic::Trial;
use serde_json::json;

use crate::session::Proxy;
use crate::tool::{Tool, output_with};

pub(crate) fn trials() -> Vec<Trial> {
    let trial = |schemes: &'static [&str]| {
        Tool::Chromium.trial(&format!("proxy::{}", schemes.join("-")), move || check(schemes))
    };
    SCHEMES.into_iter().map(trial).collect()
}

const SCHEMES: [&[&str]; 6] = [
    &["basic"],
    &["digest"],
    &["ntlm"],
    &["negotiate", "ntlm"],
    &["digest", "basic"],
    &["negotiate", "ntlm", "digest", "basic"],
];

fn check(schemes: &[&str]) {
    let proxy = Proxy::that_asks(schemes);
    for (url, request) in PAGES {
        let (shown, answers) = enter(&proxy, &[RIGHT], (url, request));
        assert!(passes(&answers), "{url}: {answers:?}");
        assert!(!url.ends_with("ncsi.txt") || shown.contains("Microsoft NCSI"), "{shown}");
        // With NTLM Squid challenges a connection for ever that has failed once, and Chromium stays with it.
        let (_, answers) = enter(&proxy, &["wrong", RIGHT, RIGHT], (url, request));
        let wrong = answers.iter().position(|it| it.contains("password wrong"));
        let after = answers.get(wrong.unwrap() + 1..).unwrap_or_default();
        if schemes.contains(&"ntlm") {
            assert!(after.len() >= 2 && !passes(after), "{url}: {answers:?}");
        } else {
            assert!(passes(after), "{url}: {answers:?}");
        }
    }
    // Who gives up is shown the proxy's page; a headless browser alone shows nothing.
    let [(url, _), _] = PAGES;
    let mut attempts = (0..STARTS_MAX).map(|_| browse(&proxy, &[], url));
    let shown = attempts.find(|shown| !shown.is_empty()).unwrap();
    assert!(shown.contains("Proxy Authentication Required"), "{shown}");
}

/// What Chromium shows, and what the proxy has answered. Chromium goes to an address before it has loaded all extensions; then it
/// is told again.
fn enter(proxy: &Proxy, passwords: &[&str], (url, request): (&str, &str)) -> (String, Vec<String>) {
    let attempts = (0..STARTS_MAX).map(|_| (browse(proxy, passwords, url), proxy.answers(request)));
    let asked = |answers: &[String]| answers.iter().any(|it| !it.contains("no credentials"));
    attempts.into_iter().find(|(_, answers)| asked(answers)).unwrap()
}

/// Whether the last answer is that somebody known may pass.
fn passes(answers: &[String]) -> bool {
    answers.last().is_some_and(|it| it.starts_with("200") && it.contains("password right"))
}

/// An address in the clear and one in a tunnel, and what a proxy is asked for them.
const PAGES: [(&str, &str); 2] = [
    ("http://www.msftncsi.com/ncsi.txt", "GET http://www.msftncsi.com:80/ncsi.txt"),
    ("https://login.microsoftonline.com/", "CONNECT login.microsoftonline.com:443"),
];

const RIGHT: &str = "Let-me-out-17";

/// As many as hardly ever all fail.
const STARTS_MAX: usize = 20;

/// What Chromium shows at an address, with these passwords for one dialog after the other, and the next given up.
fn browse(proxy: &Proxy, passwords: &[&str], url: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let extension = home.path().join("credentials");
    write_extension(&extension, passwords);
    let arguments = [
        "--headless=new",
        // Where the tests are run by root, or in a container, there is no sandbox. Only the lab's own answers are read.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-features=DisableLoadExtensionCommandLineSwitch,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
        "--ignore-certificate-errors",
        "--timeout=60000",
        &format!("--proxy-server={}", proxy.at),
        &format!("--user-data-dir={}", home.path().join("profile").display()),
        &format!("--load-extension={}", extension.display()),
        "--dump-dom",
        url,
    ];
    let home = home.path().to_str().unwrap();
    let variables =
        ["HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"].map(|variable| (variable, home));
    let output = output_with("chromium", &arguments, &variables).unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn write_extension(folder: &Path, passwords: &[&str]) {
    let manifest = json!({
        "manifest_version": 3,
        "name": "credentials",
        "version": "1",
        "permissions": ["webRequest", "webRequestAuthProvider"],
        "host_permissions": ["<all_urls>"],
        "background": { "service_worker": "worker.js" },
    });
    let worker = format!(
        r#"
const passwords = {};
chrome.webRequest.onAuthRequired.addListener(
    (_, answer) => {{
        const password = passwords.shift();
        answer(password ? {{ authCredentials: {{ username: "backup", password }} }} : {{ cancel: true }});
    }},
    {{ urls: ["<all_urls>"] }},
    ["asyncBlocking"],
);
"#,
        json!(passwords)
    );
    std::fs::create_dir(folder).unwrap();
    std::fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    std::fs::write(folder.join("worker.js"), worker).unwrap();
}
