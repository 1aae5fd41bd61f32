//! `tzutil`: the time zone.

use async_trait::async_trait;
use marslab_model::host::TimeZoneInfo;
use marslab_shell::Printed;
use marslab_shell::zones::ZONES;

use crate::page::Page;
use crate::program::{Call, Program};

pub(super) struct Tzutil;

#[async_trait]
impl Program for Tzutil {
    fn name(&self) -> &'static str {
        "tzutil"
    }

    fn about(&self) -> &'static str {
        "the time zone"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["/g", "/s ZONE", "/l"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        match (call.arg(0).unwrap_or("/?").to_ascii_lowercase().as_str(), call.arg(1)) {
            ("/g", None) => Printed::ok(call.host().zone().id + "\n"),
            ("/l", None) => {
                let mut page = Page::default();
                for (id, minutes, cities) in ZONES {
                    page.line(format!("({}) {cities}", offset(*minutes))).line(id).blank();
                }
                Printed::ok(page.text())
            }
            ("/s", Some(id)) => set(call, id),
            ("/?", None) => Printed::ok(usage()),
            _ => Printed::failed(1, usage()),
        }
    }
}

/// The clock shows another time then: what the machine takes for UTC stays.
fn set(call: &Call<'_>, id: &str) -> Printed {
    let bare = id.strip_suffix("_dstoff").unwrap_or(id);
    let known = ZONES.iter().find(|(known, _, _)| known.eq_ignore_ascii_case(bare));
    let Some((id, minutes, _)) = known else {
        // † The message; that it fails is certain.
        return Printed::failed(INVALID_PARAMETER, "Invalid time zone ID.\n");
    };
    if !call.is_administrator() {
        return Printed::failed(
            PRIVILEGE_NOT_HELD,
            "A required privilege is not held by the client.\n",
        );
    }
    call.host().set_zone(&TimeZoneInfo { id: (*id).to_owned(), utc_offset_minutes: *minutes });
    Printed::default()
}

/// `UTC+09:00`; `UTC` alone for none.
fn offset(minutes: i32) -> String {
    let (sign, size) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
    match size {
        0 => "UTC".to_owned(),
        size => format!("UTC{sign}{:02}:{:02}", size / 60, size % 60),
    }
}

fn usage() -> String {
    let mut page = Page::default();
    page.blank().line("Windows Time Zone Utility").blank().line("Usage:");
    page.line("TZUTIL </? | /g | /s TimeZoneID[_dstoff] | /l>").blank();
    page.text()
}

/// `E_INVALIDARG`.
const INVALID_PARAMETER: u32 = 0x8007_0057;
/// `ERROR_PRIVILEGE_NOT_HELD` as an HRESULT.
const PRIVILEGE_NOT_HELD: u32 = 0x8007_0522;
