//! Times as HTTP writes them.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

/// A moment as HTTP writes it (IMF-fixdate, RFC 9110, 5.6.7).
pub fn date(moment: Timestamp) -> String {
    // Only a year after 9999 cannot be written.
    DateTimePrinter::new().timestamp_to_rfc9110_string(&moment).unwrap_or_default()
}
