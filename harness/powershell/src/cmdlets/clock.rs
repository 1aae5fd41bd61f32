//! Clock and time zone.

use async_trait::async_trait;
use jiff::civil::DateTime;
use jiff::{SignedDuration, tz};
use marslab_model::host::TimeZoneInfo;
use marslab_shell::zones::ZONES;

use crate::arguments::cannot_convert;
use crate::cmdlet::{Call, Cmdlet, Spec, missing};
use crate::failure::Failure;
use crate::format::long_date;
use crate::members::net_format;
use crate::value::{Object, Value, read_date, read_minute};

/// The cmdlets of this file.
pub(crate) const ALL: &[&dyn Cmdlet] = &[&GetDate, &SetDate, &GetTimeZone, &SetTimeZone];

struct GetDate;
struct SetDate;
struct GetTimeZone;
struct SetTimeZone;

#[async_trait]
impl Cmdlet for GetDate {
    fn spec(&self) -> Spec {
        Spec::new("Get-Date", "Microsoft.PowerShell.Commands.GetDateCommand")
            .takes(&["Date", "…", "Format", "UFormat", "DisplayHint"])
            .lacks(&["Year", "Month", "Day", "Hour", "Minute", "Second"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let at = match call.arguments.get("Date") {
            Some(value) => date(call, "Date", value)?,
            None => call.local(call.host().now()),
        };
        match call.arguments.text("Format") {
            Some(format) if format.len() > 1 => call.put(net_format(&at, &format)),
            Some(_) => call.put(long_date(&at, call.language())),
            None => call.put(at),
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for SetDate {
    fn spec(&self) -> Spec {
        Spec::new("Set-Date", "Microsoft.PowerShell.Commands.SetDateCommand")
            .takes(&["Date", "…", "Adjust"])
            .lacks(&["DisplayHint", "WhatIf"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let now = call.local(call.host().now());
        let at = match (call.arguments.get("Date"), call.arguments.text("Adjust")) {
            (Some(value), _) => date(call, "Date", value)?,
            (None, Some(by)) => {
                let shift = span(&by)
                    .ok_or_else(|| cannot_convert("Adjust", &Value::Text(by), "System.TimeSpan"))?;
                now.checked_add(shift).unwrap_or(now)
            }
            (None, None) => return Err(missing("Date")),
        };
        let minutes = i64::from(call.host().zone().utc_offset_minutes);
        let utc = at.checked_sub(SignedDuration::from_mins(minutes)).ok();
        let utc = utc.and_then(|utc| tz::Offset::UTC.to_timestamp(utc).ok());
        if let Some(utc) = utc {
            call.host().set_time(utc);
        }
        call.put(at);
        Ok(())
    }
}

/// A time of a parameter; a time of day alone is today's.
fn date(call: &Call<'_>, name: &str, value: &Value) -> Result<DateTime, Failure> {
    let text = value.plain();
    let today = || {
        let minutes = i64::from(read_minute(&text)?);
        let now = call.local(call.host().now());
        now.date().at(0, 0, 0, 0).checked_add(SignedDuration::from_mins(minutes)).ok()
    };
    match value {
        Value::Date(at) => Ok(*at),
        _ => read_date(&text)
            .or_else(today)
            .ok_or_else(|| cannot_convert(name, value, "System.DateTime")),
    }
}

/// `-0:10:0`, `1:30`: hours, minutes, seconds.
fn span(text: &str) -> Option<SignedDuration> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let mut seconds = 0_i64;
    let mut unit = 3600_i64;
    for part in digits.splitn(3, ':') {
        seconds = seconds.checked_add(part.trim().parse::<i64>().ok()?.checked_mul(unit)?)?;
        unit /= 60;
    }
    Some(SignedDuration::from_secs(seconds * sign))
}

#[async_trait]
impl Cmdlet for GetTimeZone {
    fn spec(&self) -> Spec {
        Spec::new("Get-TimeZone", "Microsoft.PowerShell.Commands.GetTimeZoneCommand")
            .also(&["gtz"])
            .since(5, 1)
            .takes(&["…", "Id", "ListAvailable!"])
            .lacks(&["Name"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let wanted = call.arguments.text("Id");
        if wanted.is_none() && !call.arguments.is_on("ListAvailable") {
            call.put(object(&call.host().zone()));
            return Ok(());
        }
        let found: Vec<TimeZoneInfo> = zones()
            .filter(|zone| wanted.as_ref().is_none_or(|it| it.eq_ignore_ascii_case(&zone.id)))
            .collect();
        if let (true, Some(id)) = (found.is_empty(), wanted) {
            call.fail(unknown(&id));
        }
        for zone in found {
            call.put(object(&zone));
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for SetTimeZone {
    fn spec(&self) -> Spec {
        Spec::new("Set-TimeZone", "Microsoft.PowerShell.Commands.SetTimeZoneCommand")
            .also(&["stz"])
            .since(5, 1)
            .takes(&["Name", "…", "Id", "PassThru!"])
            .lacks(&["InputObject", "WhatIf"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let wanted = call.arguments.text("Id").or_else(|| call.arguments.text("Name"));
        let wanted = wanted.ok_or_else(|| missing("Name"))?;
        let zone = zones()
            .find(|zone| zone.id.eq_ignore_ascii_case(&wanted))
            .ok_or_else(|| unknown(&wanted))?;
        call.host().set_zone(&zone);
        if call.arguments.is_on("PassThru") {
            call.put(object(&zone));
        }
        Ok(())
    }
}

fn unknown(id: &str) -> Failure {
    let message = format!("The time zone ID '{id}' was not found on the local computer.");
    Failure::new("ObjectNotFound", "TimeZoneNotFound", message)
        .about(id, "String")
        .of("TimeZoneNotFoundException")
}

fn object(zone: &TimeZoneInfo) -> Object {
    let minutes = zone.utc_offset_minutes;
    let sign = if minutes < 0 { "-" } else { "" };
    let offset = format!("{sign}{:02}:{:02}:00", minutes.abs() / 60, minutes.abs() % 60);
    Object::new("System.TimeZoneInfo")
        .with("Id", zone.id.as_str())
        .with("StandardName", zone.id.as_str())
        .with("BaseUtcOffset", offset)
        .with("SupportsDaylightSavingTime", false)
}

fn zones() -> impl Iterator<Item = TimeZoneInfo> {
    ZONES.iter().map(|(id, utc_offset_minutes, _)| TimeZoneInfo {
        id: (*id).to_owned(),
        utc_offset_minutes: *utc_offset_minutes,
    })
}
