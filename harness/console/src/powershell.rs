//! PowerShell, as far as the articles and the support scripts use it.

use super::line::{stages, words};
use super::{Console, Machine, Printed};

/// Whether a line is PowerShell's: it begins with a cmdlet that there is, or with what only PowerShell reads.
pub(crate) fn is_meant(line: &str) -> bool {
    let first = stages(line).first().and_then(|first| words(first).into_iter().next());
    let Some(first) = first else { return false };
    first.starts_with(['$', '[', '(']) || names().any(|name| name.eq_ignore_ascii_case(&first))
}

/// The names of all cmdlets.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    [].into_iter()
}

/// Runs a pipe.
pub(crate) async fn run(_: &mut Console, _: Machine<'_>, line: &str) -> Printed {
    Printed::failed(1, format!("{line} : not supported\n"))
}
