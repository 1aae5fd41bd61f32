//! `w32tm`: the Windows Time service.
//!
//! The layout is that of mars-facts 6. In the lab nothing sets a clock by itself, so a machine always shows that it runs by its own
//! (`Local CMOS Clock`), until it is asked to get the time of its domain; that source is always there and right (†).

use async_trait::async_trait;
use marslab_model::Name;
use marslab_model::host::{HostError as _, RegistryValue, ServiceError};
use marslab_model::names::KeyPath;
use marslab_shell::{Printed, dates, messages};

use crate::page::Page;
use crate::program::{Call, Program};

pub(super) struct W32tm;

#[async_trait]
impl Program for W32tm {
    fn name(&self) -> &'static str {
        "w32tm"
    }

    fn about(&self) -> &'static str {
        "the clock's source"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["/query /status", "/query /source", "/resync [/force]", "/tz"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let words: Vec<String> = call.args.iter().map(|it| it.to_ascii_lowercase()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let asks = |part: &str| {
            call.host().interrogate_service(&Name::new(SERVICE)).map(|_| part.to_owned())
        };
        let asked = match words.as_slice() {
            ["/query", "/status"] | ["/query", "/status", "/verbose"] => asks("status"),
            ["/query", "/source"] => asks("source"),
            ["/resync", options @ ..] if options.iter().all(|it| RESYNC.contains(it)) => {
                asks("resync")
            }
            ["/tz"] => return Printed::ok(zone(call)),
            _ => return unknown(call),
        };
        match asked.as_deref() {
            Err(error) => failed(call, *error),
            Ok("status") => Printed::ok(status()),
            Ok("source") => Printed::ok("Local CMOS Clock\n"),
            Ok(_) => resync(call),
        }
    }
}

fn unknown(call: &Call<'_>) -> Printed {
    let text = match call.arg(0) {
        Some(word) => format!("The command /{} is unknown.\n", word.trim_start_matches('/')),
        None => "w32tm [/? | /register | /unregister ]\n".to_owned(),
    };
    Printed::failed(1, text)
}

fn failed(call: &Call<'_>, error: ServiceError) -> Printed {
    let code = 0x8007_0000 | error.number();
    let message = messages::of(call.language(), code);
    Printed::failed(code, format!("The following error occurred: {message} (0x{code:08X})\n"))
}

fn status() -> String {
    let mut page = Page::default();
    page.line("Leap Indicator: 3(not synchronized)").line("Stratum: 0 (unspecified)");
    page.line("Precision: -23 (119.209ns per tick)").line("Root Delay: 0.0000000s");
    page.line("Root Dispersion: 0.0000000s").line("ReferenceId: 0x00000000 (unspecified)");
    page.line("Last Successful Sync Time: unspecified").line("Source: Local CMOS Clock");
    page.line("Poll Interval: 10 (1024s)").blank();
    page.text()
}

/// A machine whose service is told to use no source (`NoSync`) has none.
fn resync(call: &Call<'_>) -> Printed {
    let mut page = Page::default();
    page.line("Sending resync command to local computer");
    if !call.is_administrator() {
        return failed(call, ServiceError::AccessDenied);
    }
    let key = KeyPath::new(r"HKLM\SYSTEM\CurrentControlSet\Services\W32Time\Parameters");
    let kind = call.host().registry_value(call.who(), &key, &Name::new("Type")).ok().flatten();
    if kind == Some(RegistryValue::Text("NoSync".to_owned())) {
        page.line("The computer did not resync because no time data was available.");
        return Printed::failed(NO_TIME_DATA, page.text());
    }
    call.host().synchronize_time();
    page.line("The command completed successfully.");
    Printed::ok(page.text())
}

/// The zone, shorter than the real one's, which also has names and rules of daylight saving.
fn zone(call: &Call<'_>) -> String {
    let zone = call.host().zone();
    let (bias, now) = (-zone.utc_offset_minutes, dates::now(call.host()));
    let time = dates::full(call.language(), now);
    format!(
        "Time zone: Current:TIME_ZONE_ID_UNKNOWN Bias: {bias}min (UTC=LocalTime+Bias)\n  [Standard Name:\"{}\" Bias:0min Date:(unspecified)]\n  Local time: {time}\n",
        zone.id
    )
}

const SERVICE: &str = "W32Time";

const RESYNC: [&str; 4] = ["/force", "/nowait", "/rediscover", "/soft"];

/// † The exit code.
const NO_TIME_DATA: u32 = 0x8007_05b4;
