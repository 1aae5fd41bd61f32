//! What is selected for backup. Where the agent keeps its selection is not documented: the registry's `BackupItems` and
//! `BackupExclusions` are the lab's own.

use marslab_model::world::RegValue;
use marslab_model::{Change, KeyPath, Name, WinPath};

use super::{CONFIG, Placed};

/// The selected files and folders.
pub(crate) fn items(machine: Placed<'_>) -> Vec<WinPath> {
    paths(machine, ITEMS)
}

/// Selects these instead.
pub(crate) fn select(machine: Placed<'_>, items: &[WinPath]) -> Vec<Change> {
    set(machine, ITEMS, items)
}

/// Takes a path out of the selection: an item is no longer selected, anything else is excluded.
pub(crate) fn exclude(machine: Placed<'_>, path: &WinPath) -> Vec<Change> {
    let mut selected = items(machine);
    if selected.contains(path) {
        selected.retain(|item| item != path);
        return select(machine, &selected);
    }
    let mut excluded = paths(machine, EXCLUSIONS);
    excluded.push(path.clone());
    set(machine, EXCLUSIONS, &excluded)
}

fn paths(machine: Placed<'_>, name: &str) -> Vec<WinPath> {
    let values = machine.registry.get(&KeyPath::new(CONFIG));
    let Some(RegValue::Text(text)) = values.and_then(|values| values.get(&Name::new(name))) else {
        return Vec::new();
    };
    text.split(';').filter(|path| !path.is_empty()).map(WinPath::new).collect()
}

fn set(machine: Placed<'_>, name: &str, paths: &[WinPath]) -> Vec<Change> {
    let text = paths.iter().map(WinPath::as_str).collect::<Vec<_>>().join(";");
    super::registry(machine, CONFIG.into(), [(name, text.into())])
}

const ITEMS: &str = "BackupItems";

const EXCLUSIONS: &str = "BackupExclusions";
