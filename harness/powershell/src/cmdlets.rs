//! The cmdlets, by name.

use super::cmdlet::Cmdlet;

mod agent;
mod clock;
mod defender;
mod drives;
mod events;
mod files;
mod network;
mod objects;
mod policy;
mod registry;
mod services;
mod system;
mod tasks;
mod updates;

/// The cmdlet of this name or alias, in any case.
pub(crate) fn find(name: &str) -> Option<&'static dyn Cmdlet> {
    let is = |own: &&str| own.eq_ignore_ascii_case(name);
    all().find(|it| is(&it.spec().name) || it.spec().aliases.iter().any(is))
}

/// The names of all cmdlets.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    all().map(|cmdlet| cmdlet.spec().name)
}

fn all() -> impl Iterator<Item = &'static dyn Cmdlet> {
    GROUPS.iter().flat_map(|group| group.iter().copied())
}

/// The verbs with which names of cmdlets begin (Get-Verb), as far as they turn up.
pub(crate) fn verbs() -> &'static [&'static str] {
    &[
        "Add",
        "Clear",
        "Convert",
        "ConvertFrom",
        "ConvertTo",
        "Copy",
        "Debug",
        "Disable",
        "Enable",
        "Export",
        "Find",
        "Get",
        "Import",
        "Install",
        "Invoke",
        "Measure",
        "Move",
        "New",
        "Out",
        "Register",
        "Remove",
        "Rename",
        "Repair",
        "Reset",
        "Resolve",
        "Restart",
        "Resume",
        "Save",
        "Select",
        "Set",
        "Show",
        "Sort",
        "Start",
        "Stop",
        "Suspend",
        "Test",
        "Trace",
        "Uninstall",
        "Unregister",
        "Update",
        "Wait",
        "Where",
        "Write",
    ]
}

const GROUPS: &[&[&dyn Cmdlet]] = &[
    objects::ALL,
    services::ALL,
    tasks::ALL,
    registry::ALL,
    policy::ALL,
    drives::ALL,
    events::ALL,
    defender::ALL,
    clock::ALL,
    files::ALL,
    network::ALL,
    system::ALL,
    updates::ALL,
    agent::ALL,
];

#[cfg(test)]
mod tests;
