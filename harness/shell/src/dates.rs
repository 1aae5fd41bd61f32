//! Dates and times as Windows prints them, by the language of the machine (its default regional format).

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use marslab_model::HostRead;
use marslab_model::admin::HostAdmin;
use marslab_model::world::Language;

/// The local time of a machine at a time by its clock.
pub fn local(host: &dyn HostRead, at: Timestamp) -> DateTime {
    let minutes = i64::from(host.zone().utc_offset_minutes);
    let moved = at.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(at);
    moved.to_zoned(jiff::tz::TimeZone::UTC).datetime()
}

/// Sets the clock of a machine to a local time.
pub fn set(host: &dyn HostAdmin, to: DateTime) {
    let minutes = i64::from(host.zone().utc_offset_minutes);
    let utc = to.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp());
    let utc = utc.and_then(|at| at.checked_sub(SignedDuration::from_mins(minutes)).ok());
    if let Some(utc) = utc {
        host.set_time(utc);
    }
}

/// The time of day by a machine's clock, in its zone.
pub fn now(host: &dyn HostRead) -> DateTime {
    local(host, host.now())
}

/// The short date: `5/21/2019`, `2019/05/21`, `2019-05-21`, `2019/5/21`.
pub fn date(language: Language, at: DateTime) -> String {
    let (year, month, day) = (at.year(), at.month(), at.day());
    match language {
        Language::English => format!("{month}/{day}/{year}"),
        Language::Japanese => format!("{year}/{month:02}/{day:02}"),
        Language::Korean => format!("{year}-{month:02}-{day:02}"),
        Language::ChineseTraditional => format!("{year}/{month}/{day}"),
    }
}

/// The long time: `9:00:05 PM`, `21:00:05`, `오후 9:00:05`, `下午 09:00:05`.
pub fn time(language: Language, at: DateTime) -> String {
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    let twelve = twelve(hour);
    match language {
        Language::English => format!("{twelve}:{minute:02}:{second:02} {}", half(language, hour)),
        Language::Japanese => format!("{hour}:{minute:02}:{second:02}"),
        Language::Korean => format!("{} {twelve}:{minute:02}:{second:02}", half(language, hour)),
        Language::ChineseTraditional => {
            format!("{} {twelve:02}:{minute:02}:{second:02}", half(language, hour))
        }
    }
}

/// Short date and long time.
pub fn full(language: Language, at: DateTime) -> String {
    format!("{} {}", date(language, at), time(language, at))
}

/// As `dir` prints a file's: `05/21/2019  09:00 PM`.
pub fn of_file(language: Language, at: DateTime) -> String {
    let (year, month, day) = (at.year(), at.month(), at.day());
    let (hour, minute) = (at.hour(), at.minute());
    let (twelve, half) = (twelve(hour), half(language, hour));
    match language {
        Language::English => format!("{month:02}/{day:02}/{year}  {twelve:02}:{minute:02} {half}"),
        Language::Japanese => format!("{year}/{month:02}/{day:02}  {hour:02}:{minute:02}"),
        Language::Korean => format!("{year}-{month:02}-{day:02}  {half} {twelve:02}:{minute:02}"),
        Language::ChineseTraditional => {
            format!("{year}/{month:02}/{day:02}  {half} {twelve:02}:{minute:02}")
        }
    }
}

fn twelve(hour: i8) -> i8 {
    match hour % 12 {
        0 => 12,
        hour => hour,
    }
}

/// The half of the day.
fn half(language: Language, hour: i8) -> &'static str {
    let [morning, afternoon] = match language {
        Language::English | Language::Japanese => ["AM", "PM"],
        Language::Korean => ["오전", "오후"],
        Language::ChineseTraditional => ["上午", "下午"],
    };
    if hour < 12 { morning } else { afternoon }
}

#[cfg(test)]
mod tests;
