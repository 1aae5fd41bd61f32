//! What is said of a change in one go, rather than as a field with a value.

use std::fmt::Write as _;

use serde_json::Value;

use super::Place;
use super::nouns::base_name;
use super::values::{Field, shown};

/// What needs more than one field, or arithmetic.
pub(super) fn special(place: &Place<'_>) -> Option<String> {
    let (key, before, after) = (&place.noun.key, place.before(), place.after());
    if place.is("network/firewall/*") {
        return rule(key, before, after);
    }
    if place.is("machines/*/software/*") {
        return Some(match after {
            Some(program) => format!("{key} {} is installed", part(program, "version")?),
            None => format!("{key} is no longer installed"),
        });
    }
    if place.is("machines/*/open-files/*") {
        return Some(match after {
            Some(program) => format!("the program {} has {key} open", program.as_str()?),
            None => format!("{} no longer has {key} open", before?.as_str()?),
        });
    }
    if place.is("machines/*/series/*") {
        let (count, extension) = match after {
            Some(series) => (part(series, "count")?, part(series, "extension")?),
            None => ("no".to_owned(), part(before?, "extension")?),
        };
        return Some(format!("the folder {key} has {count} .{extension} files"));
    }
    if place.is("machines/*/clock/ahead-seconds") {
        let seconds = after?.as_i64()?.checked_sub(before?.as_i64()?)?;
        let way = if seconds < 0 { "back" } else { "forward" };
        let span = jiff::SignedDuration::from_secs(seconds).abs();
        return Some(format!("the clock was set {way} by {span:#}"));
    }
    if place.is("machines/*/boot/id") || place.is("machines/*/boot/at") {
        return Some("Windows was restarted".to_owned());
    }
    if place.is("machines/*/files/*/modified") {
        return Some(format!("the file {key} was written anew"));
    }
    if place.is("machines/*/events/*") {
        return Some(format!("the event log {key} has new records"));
    }
    None
}

/// A rule that was added, or is gone.
fn rule(name: &str, before: Option<&Value>, after: Option<&Value>) -> Option<String> {
    let (rule, again) = match after {
        Some(rule) => (rule, ""),
        None => (before?, "no longer "),
    };
    let mut to = match part(rule, "to")?.as_str() {
        "*" => "everything".to_owned(),
        to => to.to_owned(),
    };
    if let Some(port) = rule.get("port").and_then(Value::as_u64) {
        write!(to, ", port {port}").ok()?;
    }
    if rule.get("from").and_then(Value::as_str) == Some("proxies") {
        to.push_str(" for proxies");
    }
    let does = match rule.get("action").and_then(Value::as_str) {
        Some("allow") if after.is_some() => format!("allows {to}"),
        Some("allow") => format!("no longer allows {to}"),
        Some("divert") if after.is_some() => format!("leads {to} to the captive portal"),
        Some("divert") => format!("no longer leads {to} to the captive portal"),
        Some(_) if after.is_some() => format!("blocks {to}"),
        Some(_) => format!("{again}blocks {to}"),
        None if after.is_some() => format!("disturbs connections to {to}"),
        None => format!("no longer disturbs connections to {to}"),
    };
    // Rules are tried in order of the numbers with which their names begin.
    let number = name.split(' ').next().filter(|it| it.chars().all(|c| c.is_ascii_digit()));
    Some(format!("the firewall {does} (rule {})", number.unwrap_or(name)))
}

fn part(value: &Value, name: &str) -> Option<String> {
    shown(value.get(name)?, Field::Other)
}

/// What came to a list, and what is no longer in it.
pub(super) fn of_list(place: &Place<'_>) -> Option<String> {
    let (_, more, less) = LISTS.iter().find(|(pattern, _, _)| place.is(pattern))?;
    let entries = |list: Option<&Value>| {
        let entries = list.and_then(Value::as_array).into_iter().flatten();
        let shown = entries.filter_map(|it| shown(it, Field::Other));
        shown.collect::<Vec<_>>()
    };
    let (before, after) = (entries(place.before()), entries(place.after()));
    let new = after.iter().filter(|it| !before.contains(it)).map(|it| (more, it));
    let gone = before.iter().filter(|it| !after.contains(it)).map(|it| (less, it));
    let told: Vec<String> = new
        .chain(gone)
        .map(|(text, entry)| text.replace("{}", &place.noun.key).replace("{v}", &base_name(entry)))
        .collect();
    match told.len() {
        0 => None,
        1..=ENTRIES_MAX => Some(told.join("; ")),
        more => {
            let first = told.get(..ENTRIES_MAX).unwrap_or_default().join("; ");
            Some(format!("{first}; and {} more", more - ENTRIES_MAX))
        }
    }
}

/// What a value of a short list means.
pub(super) fn of_value(place: &Place<'_>) -> Option<String> {
    let after = shown(place.after()?, Field::Other)?;
    let (_, _, text) =
        VALUES.iter().find(|(pattern, value, _)| place.is(pattern) && *value == after)?;
    Some(text.replace("{}", &place.noun.key))
}

/// More of a list is not read.
const ENTRIES_MAX: usize = 4;

/// `{}` is the key of the thing, `{v}` an entry, of which a path is cut to its last part.
const LISTS: &[(&str, &str, &str)] = &[
    ("machines/*/antivirus/blocked", "antivirus blocks {v}", "antivirus no longer blocks {v}"),
    (
        "machines/*/antivirus/exclusions",
        "antivirus excludes {v}",
        "antivirus no longer excludes {v}",
    ),
    ("machines/*/files/*/attributes", "the file {} is {v}", "the file {} is no longer {v}"),
    ("machines/*/folder-attributes/*", "the folder {} is {v}", "the folder {} is no longer {v}"),
    ("machines/*/denied/*", "{v} is denied access to {}", "{v} is no longer denied access to {}"),
    ("machines/*/os/missing-updates", "Windows lacks the update {v}", "Windows has the update {v}"),
    (
        "machines/*/trusted-roots",
        "the machine trusts the root certificate {v}",
        "the machine does not trust the root certificate {v}",
    ),
    (
        "machines/*/accounts/*/groups",
        "the account {} is in the group {v}",
        "the account {} is no longer in the group {v}",
    ),
    (
        "machines/*/volumes/*/noted-for-repair",
        "NTFS has noted {v} for repair",
        "NTFS has repaired {v}",
    ),
    ("network/names/*", "the name {} has the address {v}", "the name {} has no address {v}"),
    ("network/proxies/*/refuses", "the proxy {} refuses {v}", "the proxy {} no longer refuses {v}"),
    ("network/proxies/*/allows", "the proxy {} allows {v}", "the proxy {} no longer allows {v}"),
    (
        "network/proxies/*/asks",
        "the proxy {} requires authentication ({v})",
        "the proxy {} no longer offers the authentication {v}",
    ),
    ("cloud/subscriptions/*/roles/*", "{} has the role {v}", "{} no longer has the role {v}"),
];

/// What is said where a field has this value; `{}` is the key of the thing.
const VALUES: &[(&str, &str, &str)] = &[
    ("machines/*/services/*/state", "running", "the service {} runs"),
    ("machines/*/services/*/state", "stopped", "the service {} is stopped"),
    ("machines/*/services/*/start", "automatic", "the service {} starts with Windows"),
    ("machines/*/services/*/start", "manual", "the service {} starts when it is asked for"),
    ("machines/*/services/*/start", "disabled", "the service {} is disabled"),
    ("machines/*/services/*/responding", "on", "the service {} answers"),
    ("machines/*/services/*/responding", "off", "the service {} does not answer"),
    ("machines/*/tasks/*/enabled", "on", "the task {} is enabled"),
    ("machines/*/tasks/*/enabled", "off", "the task {} is disabled"),
    ("machines/*/tasks/*/trigger/enabled", "on", "the trigger of the task {} is enabled"),
    ("machines/*/tasks/*/trigger/enabled", "off", "the trigger of the task {} is disabled"),
    ("machines/*/tasks/*/more-triggers/*/enabled", "on", "the trigger {} is enabled"),
    ("machines/*/tasks/*/more-triggers/*/enabled", "off", "the trigger {} is disabled"),
    ("machines/*/devices/*/status", "started", "the device {} works"),
    ("machines/*/devices/*/status", "problem", "the device {} does not work"),
    (
        "machines/*/devices/*/status",
        "restart-needed",
        "the device {} does not work until Windows is restarted",
    ),
    ("machines/*/volumes/*/online", "on", "the volume {} is online"),
    ("machines/*/volumes/*/online", "off", "the volume {} is offline"),
    ("machines/*/platform", "azure-vm", "the machine is an Azure virtual machine"),
    ("machines/*/platform", "on-premises", "the machine is no Azure virtual machine"),
    ("cloud/subscriptions/*/state", "enabled", "the subscription {} is enabled"),
    ("cloud/subscriptions/*/state", "disabled", "the subscription {} is disabled"),
    ("cloud/subscriptions/*/state", "expired", "the subscription {} has expired"),
    ("cloud/vaults/*/public-network-access", "on", "the vault {} can be used from the internet"),
    (
        "cloud/vaults/*/public-network-access",
        "off",
        "the vault {} cannot be used from the internet",
    ),
];
