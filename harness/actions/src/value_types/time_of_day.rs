//! A time of day as a parameter.

use schemars::JsonSchema;
use serde::Deserialize;

use super::ParamError;

/// A time of day, such as `21:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct TimeOfDay(u32);

impl TimeOfDay {
    /// The minutes after midnight.
    pub const fn minute_of_day(self) -> u32 {
        self.0
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = ParamError;

    fn try_from(text: String) -> Result<Self, ParamError> {
        let two_digits = |text: &str, below: u32| {
            let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u32>().ok().filter(|number| digits && *number < below)
        };
        let parts = text.split_once(':');
        let time = parts
            .and_then(|(hour, minute)| Some(two_digits(hour, 24)? * 60 + two_digits(minute, 60)?));
        time.map(Self).ok_or(ParamError::NotATime(text))
    }
}
