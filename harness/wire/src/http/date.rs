//! Times in headers.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

/// The time in the format of HTTP headers (IMF-fixdate, RFC 9110, 5.6.7).
pub fn date(time: Timestamp) -> String {
    // Fails only for years after 9999.
    DateTimePrinter::new().timestamp_to_rfc9110_string(&time).unwrap_or_default()
}
