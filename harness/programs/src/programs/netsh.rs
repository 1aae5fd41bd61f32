//! `netsh`: the proxy of WinHTTP, and the firewall's rules.

use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

mod firewall;
mod winhttp;

pub(super) struct Netsh;

#[async_trait]
impl Program for Netsh {
    fn name(&self) -> &'static str {
        "netsh"
    }

    fn about(&self) -> &'static str {
        "the proxy of WinHTTP; the firewall"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "winhttp show proxy",
            "winhttp set proxy PROXY [BYPASS]",
            "winhttp reset proxy",
            "winhttp import proxy source=ie",
            "advfirewall firewall show rule name=RULE|all",
            "advfirewall firewall add rule name=RULE dir=out action=allow|block [remoteip=RANGE] [protocol=TCP remoteport=PORT]",
            "advfirewall firewall set rule name=RULE new [action=allow|block] [remoteip=RANGE] [remoteport=PORT]",
            "advfirewall firewall delete rule name=RULE",
        ]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        if call.begins(&["winhttp"]) {
            return winhttp::run(call);
        }
        if call.begins(&["advfirewall", "firewall"]) {
            return firewall::run(call);
        }
        unknown(&call.rest)
    }
}

/// A command that `netsh` has not.
fn unknown(typed: &str) -> Printed {
    Printed::failed(1, format!("The following command was not found: {typed}.\n"))
}

/// The words behind some others, by name where they are written `name=value` (in lower case), else by their place.
fn named<'a>(words: &'a [String], places: &[&'a str]) -> Vec<(String, &'a str)> {
    let mut places = places.iter();
    let each = words.iter().map(|word| match word.split_once('=') {
        Some((name, value)) if !name.contains([':', '/']) => (name.to_ascii_lowercase(), value),
        _ => ((*places.next().unwrap_or(&"")).to_owned(), word.as_str()),
    });
    each.collect()
}
