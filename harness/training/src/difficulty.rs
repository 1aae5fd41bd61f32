//! How hard a scenario is, from a table that is made by trying the baselines and weak cores (`marslab reference difficulty`).

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The easiest and the hardest.
pub const LEVELS: std::ops::RangeInclusive<u8> = 1..=5;

/// The level of a play by its name; nothing for one that is not embedded, or has nothing to cure.
pub fn of(play: &str) -> Option<u8> {
    static TABLE: OnceLock<BTreeMap<&str, u8>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = marslab_scenarios::DIFFICULTY.lines().filter(|line| !line.starts_with('#'));
        let row = |line: &'static str| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?.parse().ok()?))
        };
        rows.filter_map(row).collect()
    });
    table.get(play).copied()
}
