//! What of the journal is shown.

use marslab_session::session::ADMINISTRATOR;
use marslab_state::JournalEntry;

/// Whether something was said on the network. What the administrator did stands in the journal, too, and would name the cause.
pub(crate) fn is_said(entry: &JournalEntry) -> bool {
    entry.to != ADMINISTRATOR
}
