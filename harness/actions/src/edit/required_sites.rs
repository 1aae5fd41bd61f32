//! What must be reachable for the agent to work.

use marslab_model::Target;

/// The sites among what must be reachable.
pub(crate) fn required_sites() -> Vec<Target> {
    let targets = REQUIRED.iter().filter_map(|text| text.parse::<Target>().ok());
    targets.filter(|target| matches!(target, Target::Host(_) | Target::Wildcard(_))).collect()
}

/// The URLs and address ranges that must be reachable (zh-2019-05, 34513).
pub(crate) const REQUIRED: &[&str] = &[
    "www.msftncsi.com",
    "*.Microsoft.com",
    "*.WindowsAzure.com",
    "*.microsoftonline.com",
    "*.windows.net",
    "20.190.128.0/18",
    "40.126.0.0/18",
];
