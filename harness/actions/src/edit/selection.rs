//! What is selected for backup. Where the agent keeps its selection is not documented: the registry's `BackupItems` and
//! `BackupExclusions` are the lab's own.

use marslab_model::world::{Machine, RegValue};
use marslab_model::{Change, KeyPath, Name, WinPath};

use super::{CONFIG, Placed};

/// The selected files and folders.
pub fn items(machine: &Machine) -> Vec<WinPath> {
    paths(machine, ITEMS)
}

/// The size of what is selected, in bytes.
pub fn bytes(machine: &Machine) -> u64 {
    let items = paths(machine, ITEMS);
    let is_selected = |path: &WinPath| items.iter().any(|item| path.is_within(item));
    let files = machine.files.iter().filter(|(path, _)| is_selected(path));
    files.map(|(_, file)| file.size).fold(0, u64::saturating_add)
}

/// Selects these instead.
pub fn select(machine: Placed<'_>, items: &[WinPath]) -> Vec<Change> {
    set(machine, ITEMS, items)
}

/// Takes a path out of the selection: an item is no longer selected, anything else is excluded.
pub fn exclude(machine: Placed<'_>, path: &WinPath) -> Vec<Change> {
    let mut selected = items(&machine);
    if selected.contains(path) {
        selected.retain(|item| item != path);
        return select(machine, &selected);
    }
    let mut excluded = paths(&machine, EXCLUSIONS);
    excluded.push(path.clone());
    set(machine, EXCLUSIONS, &excluded)
}

fn paths(machine: &Machine, name: &str) -> Vec<WinPath> {
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
