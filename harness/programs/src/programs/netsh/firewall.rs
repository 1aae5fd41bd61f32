//! `netsh advfirewall firewall`: rules for what the machine opens.
//!
//! The lab has one firewall, between the machines and everything else. Its rules that let pass or drop show here as the
//! machine's own (†); what a device in the network rejects or diverts does not.

use marslab_model::Name;
use marslab_model::admin::FirewallRule;
use marslab_model::net::Target;
use marslab_shell::Printed;

use super::{named, unknown};
use crate::page::Page;
use crate::program::Call;

pub(super) fn run(call: &Call<'_>) -> Printed {
    let verb = call.arg(2).unwrap_or_default().to_ascii_lowercase();
    if !call.arg(3).is_some_and(|it| it.eq_ignore_ascii_case("rule")) {
        return unknown(&call.rest);
    }
    let options = named(call.args.get(4..).unwrap_or_default(), &["name"]);
    match verb.as_str() {
        "show" => show(call, &options),
        "delete" | "add" if !call.is_administrator() => Printed::failed(
            1,
            "The requested operation requires elevation (Run as administrator).\n\n",
        ),
        "delete" => delete(call, &options),
        "add" => add(call, &options),
        _ => unknown(&call.rest),
    }
}

type Options<'a> = [(String, &'a str)];

fn option<'a>(options: &Options<'a>, name: &str) -> Option<&'a str> {
    options.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
}

fn meant(call: &Call<'_>, options: &Options<'_>) -> Vec<(Name, FirewallRule)> {
    let wanted = option(options, "name").unwrap_or_default();
    let rules = call.host().firewall_rules().into_iter();
    let is_in = option(options, "dir").is_some_and(|dir| dir.eq_ignore_ascii_case("in"));
    let is_all = wanted.eq_ignore_ascii_case("all");
    rules.filter(|(name, _)| !is_in && (is_all || *name == Name::new(wanted))).collect()
}

fn none() -> Printed {
    Printed::failed(1, "\nNo rules match the specified criteria.\n\n")
}

fn show(call: &Call<'_>, options: &Options<'_>) -> Printed {
    let rules = meant(call, options);
    if rules.is_empty() {
        return none();
    }
    let mut page = Page::default();
    for (name, rule) in rules {
        page.blank();
        let field = |label: &str, value: &str| format!("{label:<38}{value}");
        page.line(field("Rule Name:", name.as_str())).line("-".repeat(70));
        let port = rule.port.map(|port| port.to_string());
        let remote = match &rule.to {
            Target::Any => "Any".to_owned(),
            // Windows has no rules for names; what matches by name shows it (†).
            other => other.to_string(),
        };
        for (label, value) in [
            ("Enabled:", "Yes"),
            ("Direction:", "Out"),
            ("Profiles:", "Domain,Private,Public"),
            ("Grouping:", ""),
            ("LocalIP:", "Any"),
            ("RemoteIP:", &remote),
            ("Protocol:", if port.is_some() { "TCP" } else { "Any" }),
        ] {
            page.line(field(label, value));
        }
        if let Some(port) = &port {
            page.line(field("LocalPort:", "Any")).line(field("RemotePort:", port));
        }
        page.line(field("Edge traversal:", "No"));
        page.line(field("Action:", if rule.allows { "Allow" } else { "Block" }));
    }
    page.line("Ok.").blank();
    Printed::ok(page.text())
}

fn delete(call: &Call<'_>, options: &Options<'_>) -> Printed {
    let rules = meant(call, options);
    let gone = rules.iter().filter(|(name, _)| call.host().remove_firewall_rule(name)).count();
    if gone == 0 {
        return none();
    }
    Printed::ok(format!("\nDeleted {gone} rule(s).\nOk.\n\n"))
}

fn add(call: &Call<'_>, options: &Options<'_>) -> Printed {
    let wrong =
        |what: &str| Printed::failed(1, format!("\nA specified {what} value is not valid.\n\n"));
    let Some(name) = option(options, "name").filter(|name| !name.eq_ignore_ascii_case("all"))
    else {
        return wrong("name");
    };
    let allows = match option(options, "action").map(str::to_ascii_lowercase).as_deref() {
        Some("allow") => true,
        Some("block") => false,
        _ => return wrong("action"),
    };
    if option(options, "dir").is_none_or(|dir| !dir.eq_ignore_ascii_case("out")) {
        // The lab has no servers on its machines: nothing comes in.
        return wrong("dir");
    }
    let to = match option(options, "remoteip") {
        None | Some("any" | "Any") => Target::Any,
        Some(range) => match range.parse() {
            Ok(Target::Range(range)) => Target::Range(range),
            _ => return wrong("remoteip"),
        },
    };
    let port = match option(options, "remoteport").map(str::parse) {
        None => None,
        Some(Ok(port)) => Some(port),
        Some(Err(_)) => return wrong("remoteport"),
    };
    call.host().set_firewall_rule(&Name::new(name), FirewallRule { to, port, allows });
    Printed::ok("Ok.\n\n")
}
