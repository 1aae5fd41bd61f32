//! Regions, and the short names that they have in host names.

/// The short name of a region; for one that is not listed, its name.
///
/// Source: the geo-code mapping of Azure Backup's documentation (`backup/scripts/geo-code-list`).
pub fn region_code(region: &str) -> &str {
    let known = REGIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(region));
    known.map_or(region, |(_, code)| *code)
}

/// The regions of the public cloud that have short names here.
pub fn regions() -> impl Iterator<Item = &'static str> {
    REGIONS.iter().map(|(name, _)| *name)
}

/// Regions of the public cloud, from which worlds draw theirs.
pub(super) const REGIONS: [(&str, &str); 18] = [
    ("australiaeast", "ae"),
    ("australiasoutheast", "ase"),
    ("brazilsouth", "brs"),
    ("centralus", "cus"),
    ("eastasia", "ea"),
    ("eastus", "eus"),
    ("eastus2", "eus2"),
    ("japaneast", "jpe"),
    ("japanwest", "jpw"),
    ("northcentralus", "ncus"),
    ("northeurope", "ne"),
    ("southcentralus", "scus"),
    ("southeastasia", "sea"),
    ("southindia", "ins"),
    ("westcentralus", "wcus"),
    ("westeurope", "we"),
    ("westus", "wus"),
    ("westus2", "wus2"),
];
