//! `netsh advfirewall firewall`: rules for what the machine opens.
//!
//! The lab has one firewall, between the machines and everything else. Its rules that let pass or drop show here as the
//! machine's own (†); what a device in the network rejects or diverts does not. A rule is always on: one that is switched off could
//! be deleted as well. What `set` prints is that of outputs that people have published.

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
        "delete" | "add" | "set" if !call.is_administrator() => Printed::failed(
            1,
            "The requested operation requires elevation (Run as administrator).\n\n",
        ),
        "delete" => delete(call, &options),
        "add" => add(call, &options),
        "set" => set(call),
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
    let Some(name) = option(options, "name").filter(|name| !name.eq_ignore_ascii_case("all"))
    else {
        return wrong("name");
    };
    if option(options, "action").is_none() {
        return wrong("action");
    }
    if option(options, "dir").is_none_or(|dir| !dir.eq_ignore_ascii_case("out")) {
        // The lab has no servers on its machines: nothing comes in.
        return wrong("dir");
    }
    match changed(FirewallRule { to: Target::Any, port: None, allows: true }, options) {
        Ok(rule) => call.host().set_firewall_rule(&Name::new(name), rule),
        Err(what) => return wrong(what),
    }
    Printed::ok("Ok.\n\n")
}

/// `set rule name=RULE new …`
fn set(call: &Call<'_>) -> Printed {
    let words = call.args.get(4..).unwrap_or_default();
    let new = words.iter().position(|word| word.eq_ignore_ascii_case("new"));
    let Some((which, values)) = new.and_then(|at| Some((words.get(..at)?, words.get(at + 1..)?)))
    else {
        return unknown(&call.rest);
    };
    let values = named(values, &[]);
    if option(&values, "enable").is_some_and(|it| !it.eq_ignore_ascii_case("yes")) {
        return Printed::failed(
            1,
            "netsh: a rule that is switched off is not part of the lab; `netsh advfirewall firewall delete rule` takes it \
             away.\n",
        );
    }
    let rules = meant(call, &named(which, &["name"]));
    if rules.is_empty() {
        return none();
    }
    for (name, rule) in &rules {
        match changed(rule.clone(), &values) {
            Ok(rule) => call.host().set_firewall_rule(name, rule),
            Err(what) => return wrong(what),
        }
    }
    Printed::ok(format!("\nUpdated {} rule(s).\nOk.\n\n", rules.len()))
}

fn wrong(what: &str) -> Printed {
    Printed::failed(1, format!("\nA specified {what} value is not valid.\n\n"))
}

/// A rule with other values; else the name of the first one that is wrong.
fn changed(mut rule: FirewallRule, options: &Options<'_>) -> Result<FirewallRule, &'static str> {
    if let Some(action) = option(options, "action") {
        rule.allows = match action.to_ascii_lowercase().as_str() {
            "allow" => true,
            "block" => false,
            _ => return Err("action"),
        };
    }
    match option(options, "remoteip") {
        None => {}
        Some(any) if any.eq_ignore_ascii_case("any") => rule.to = Target::Any,
        Some(range) => match range.parse() {
            Ok(range @ Target::Range(_)) => rule.to = range,
            _ => return Err("remoteip"),
        },
    }
    match option(options, "remoteport") {
        None => {}
        Some(any) if any.eq_ignore_ascii_case("any") => rule.port = None,
        Some(port) => rule.port = Some(port.parse().map_err(|_not_a_number| "remoteport")?),
    }
    Ok(rule)
}
