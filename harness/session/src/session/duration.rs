//! Durations, as they are typed.

use std::str::FromStr;
use std::time::Duration;

use jiff::SignedDuration;
use thiserror::Error;

/// A duration of real time, from one second to a week: `90s`, `5m`, `8h`, `1h 30m`.
pub type RealTime = Span<WEEK_SECONDS>;

/// A duration of a world's time, from one second to ten years of 365 days.
pub type WorldTime = Span<TEN_YEARS_SECONDS>;

/// A duration from one second to so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span<const SECONDS_MAX: u64>(Duration);

/// The text is not a valid duration.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("expected a duration such as `30s`, `5m` or `8h`, from one second to {} hours", .seconds_max / 3_600)]
pub struct InvalidDuration {
    seconds_max: u64,
}

impl<const SECONDS_MAX: u64> Span<SECONDS_MAX> {
    /// The duration.
    pub const fn get(self) -> Duration {
        self.0
    }
}

impl<const SECONDS_MAX: u64> FromStr for Span<SECONDS_MAX> {
    type Err = InvalidDuration;

    fn from_str(text: &str) -> Result<Self, InvalidDuration> {
        let invalid = InvalidDuration { seconds_max: SECONDS_MAX };
        let Ok(signed) = text.parse::<SignedDuration>() else { return Err(invalid) };
        let time = Duration::try_from(signed).ok();
        let time = time.filter(|time| (1..=SECONDS_MAX).contains(&time.as_secs()));
        time.map(Self).ok_or(invalid)
    }
}

/// A week.
const WEEK_SECONDS: u64 = 7 * 24 * 60 * 60;

/// Ten years: longer than anything in a world is valid, but for its roots.
pub const TEN_YEARS_SECONDS: u64 = 10 * 365 * 24 * 60 * 60;

#[cfg(test)]
mod tests {
    use super::{RealTime, WorldTime};

    #[test]
    fn durations() {
        for (text, seconds) in [
            ("1s", 1),
            ("30s", 30),
            ("5m", 300),
            ("8h", 28_800),
            ("1h 30m", 5_400),
            ("168h", 604_800),
        ] {
            assert_eq!(text.parse::<RealTime>().unwrap().get().as_secs(), seconds, "{text}");
        }
        for text in ["", "8", "0s", "-5s", "169h", "soon", "8 hrs ago"] {
            assert!(text.parse::<RealTime>().is_err(), "{text}");
        }
        assert!("87600h".parse::<WorldTime>().is_ok());
        let error = "87601h".parse::<WorldTime>().unwrap_err().to_string();
        assert!(error.ends_with("from one second to 87600 hours"), "{error}");
    }
}
