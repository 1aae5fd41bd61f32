//! Durations in real time.

use std::str::FromStr;
use std::time::Duration;

use jiff::SignedDuration;
use thiserror::Error;

/// A duration from one second to a week: `90s`, `5m`, `8h`, `1h 30m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RealTime(Duration);

/// The text is not a valid duration.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("expected a duration such as `30s`, `5m` or `8h`, from one second to a week")]
pub struct InvalidDuration;

impl RealTime {
    /// The duration.
    pub const fn get(self) -> Duration {
        self.0
    }
}

impl FromStr for RealTime {
    type Err = InvalidDuration;

    fn from_str(text: &str) -> Result<Self, InvalidDuration> {
        let signed = text.parse::<SignedDuration>().map_err(|_no_duration| InvalidDuration)?;
        let time = Duration::try_from(signed).map_err(|_negative| InvalidDuration)?;
        if (MIN..=MAX).contains(&time) { Ok(Self(time)) } else { Err(InvalidDuration) }
    }
}

const MIN: Duration = Duration::from_secs(1);

const MAX: Duration = Duration::from_secs(7 * 24 * 60 * 60);

#[cfg(test)]
mod tests {
    use super::RealTime;

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
    }
}
