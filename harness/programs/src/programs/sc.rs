//! `sc`: asks and tells the Service Control Manager.
//!
//! The layout is that of mars-facts 6. What a service that is stopped ended with, the lab does not keep: one that does not start
//! with Windows counts as never started (1077). Process ids are the lab's own (†).

use async_trait::async_trait;
use marslab_model::Name;
use marslab_model::host::{HostError as _, ServiceInfo};
use marslab_model::world::{ServiceState, StartType};
use marslab_shell::{Printed, messages, services};

use crate::page::Page;
use crate::program::{Call, Program};

pub(super) struct Sc;

#[async_trait]
impl Program for Sc {
    fn name(&self) -> &'static str {
        "sc"
    }

    fn about(&self) -> &'static str {
        "services: asks, starts, stops, configures"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "query [SERVICE]",
            "query state= all",
            "queryex SERVICE",
            "qc SERVICE",
            "interrogate SERVICE",
            "start SERVICE",
            "stop SERVICE",
            "config SERVICE start= auto|demand|disabled",
            "GetDisplayName SERVICE",
        ]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let verb = call.arg(0).unwrap_or_default().to_ascii_lowercase();
        let service = call.arg(1).map(Name::new);
        match (verb.as_str(), service) {
            ("query", service) => query(call, service, Detail::Plain),
            ("queryex", service) => query(call, service, Detail::Extended),
            ("qc", Some(service)) => config(call, &service),
            ("interrogate", Some(service)) => interrogate(call, &service),
            ("start", Some(service)) => start(call, &service),
            ("stop", Some(service)) => stop(call, &service),
            ("config", Some(service)) => change(call, &service),
            ("getdisplayname", Some(service)) => display_name(call, &service),
            ("qc" | "interrogate" | "start" | "stop" | "config" | "getdisplayname", None) => {
                usage("")
            }
            _ => usage("*** Unrecognized Command ***\n"),
        }
    }
}

/// What `sc` says of a line that it does not understand; shorter than the real one's (†).
fn usage(first: &str) -> Printed {
    let mut page = Page::default();
    page.line("DESCRIPTION:");
    page.line("        SC is a command line program used for communicating with the");
    page.line("        Service Control Manager and services.");
    page.line("USAGE:");
    page.line("        sc <server> [command] [service name] <option1> <option2>...").blank();
    for line in Sc.usage() {
        page.line(format!("          {line}"));
    }
    Printed::failed(INVALID_COMMAND_LINE, format!("{first}{}", page.text()))
}

/// `[SC] WHAT FAILED NUMBER:` and the message.
fn failed(call: &Call<'_>, what: &str, number: u32) -> Printed {
    let message = messages::of(call.language(), number);
    Printed::failed(number, format!("[SC] {what} FAILED {number}:\n\n{message}\n\n"))
}

fn info(call: &Call<'_>, service: &Name) -> Option<ServiceInfo> {
    call.host().service(service).ok().flatten()
}

/// The service's own spelling of its name is what was typed: `sc` prints that back.
fn query(call: &Call<'_>, service: Option<Name>, detail: Detail) -> Printed {
    let listed = service.as_ref().is_none_or(|name| LIST_WORDS.contains(&name.as_str()));
    if let Some(service) = service.filter(|_| !listed) {
        let Some(info) = info(call, &service) else {
            return failed(call, "EnumQueryServicesStatus:OpenService", MISSING);
        };
        let mut page = Page::default();
        page.blank().line(format!("SERVICE_NAME: {service}"));
        status(&mut page, &service, &info, detail);
        return Printed::ok(page.text());
    }
    let wanted = call.args.iter().skip_while(|it| !it.eq_ignore_ascii_case("state=")).nth(1);
    let wanted = wanted.map_or("active", String::as_str).to_ascii_lowercase();
    let mut page = Page::default();
    for name in call.host().service_names() {
        let Some(info) = info(call, &name) else { continue };
        let runs = info.state == ServiceState::Running;
        if (wanted == "active" && !runs) || (wanted == "inactive" && runs) {
            continue;
        }
        page.blank().line(format!("SERVICE_NAME: {name}"));
        page.line(format!("DISPLAY_NAME: {}", info.display));
        status(&mut page, &name, &info, detail);
    }
    Printed::ok(page.text())
}

fn status(page: &mut Page, name: &Name, info: &ServiceInfo, detail: Detail) {
    let runs = info.state == ServiceState::Running;
    let (state, accepts) = match runs {
        true => ("4  RUNNING", Some("STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN")),
        false => ("1  STOPPED", None),
    };
    let never_started = !runs && info.start != StartType::Automatic;
    let code = if never_started { "1077  (0x435)" } else { "0  (0x0)" };
    lines(page, info, &Status { state, accepts, code });
    if detail == Detail::Extended {
        let id = if runs { services::process_id(name) } else { 0 };
        page.line(format!("        PID                : {id}"));
        page.line("        FLAGS              : ");
    }
}

/// How much a status shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Plain,
    /// With the process.
    Extended,
}

/// What a status shows.
struct Status {
    state: &'static str,
    accepts: Option<&'static str>,
    code: &'static str,
}

fn lines(page: &mut Page, info: &ServiceInfo, status: &Status) {
    page.line(format!("        TYPE               : {}", kind(info)));
    page.line(format!("        STATE              : {}", status.state));
    if let Some(accepts) = status.accepts {
        page.line(format!("                                ({accepts})"));
    }
    page.line(format!("        WIN32_EXIT_CODE    : {}", status.code));
    page.line("        SERVICE_EXIT_CODE  : 0  (0x0)");
    page.line("        CHECKPOINT         : 0x0");
    page.line("        WAIT_HINT          : 0x0");
}

/// A driver has no account.
fn kind(info: &ServiceInfo) -> &'static str {
    if info.account.is_empty() { "2  FILE_SYSTEM_DRIVER" } else { "10  WIN32_OWN_PROCESS" }
}

fn config(call: &Call<'_>, service: &Name) -> Printed {
    let Some(info) = info(call, service) else {
        return failed(call, "OpenService", MISSING);
    };
    let start = match info.start {
        StartType::Automatic => "2   AUTO_START",
        StartType::Manual => "3   DEMAND_START",
        StartType::Disabled => "4   DISABLED",
    };
    let mut page = Page::default();
    page.line("[SC] QueryServiceConfig SUCCESS").blank().line(format!("SERVICE_NAME: {service}"));
    page.line(format!("        TYPE               : {}", kind(&info)));
    page.line(format!("        START_TYPE         : {start}"));
    page.line("        ERROR_CONTROL      : 1   NORMAL");
    let image = services::command_line(call.host(), service);
    page.line(format!("        BINARY_PATH_NAME   : {image}"));
    page.line("        LOAD_ORDER_GROUP   : ");
    page.line("        TAG                : 0");
    page.line(format!("        DISPLAY_NAME       : {}", info.display));
    page.line("        DEPENDENCIES       : ");
    page.line(format!("        SERVICE_START_NAME : {}", info.account));
    Printed::ok(page.text())
}

fn interrogate(call: &Call<'_>, service: &Name) -> Printed {
    match call.host().interrogate_service(service) {
        Ok(info) => {
            let mut page = Page::default();
            page.blank().line(format!("SERVICE_NAME: {service}"));
            status(&mut page, service, &info, Detail::Plain);
            Printed::ok(page.text())
        }
        Err(error) => failed(call, "ControlService", error.number()),
    }
}

fn start(call: &Call<'_>, service: &Name) -> Printed {
    if !call.is_administrator() {
        return failed(call, "StartService: OpenService", DENIED);
    }
    let Some(info) = info(call, service) else {
        return failed(call, "StartService: OpenService", MISSING);
    };
    if info.state == ServiceState::Running {
        return failed(call, "StartService", ALREADY_RUNNING);
    }
    if let Err(error) = call.host().start_service(service) {
        return failed(call, "StartService", error.number());
    }
    let mut page = Page::default();
    page.blank().line(format!("SERVICE_NAME: {service}"));
    let accepts = Some("NOT_STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN");
    lines(&mut page, &info, &Status { state: "2  START_PENDING", accepts, code: "0  (0x0)" });
    page.line(format!("        PID                : {}", services::process_id(service)));
    page.line("        FLAGS              : ");
    Printed::ok(page.text())
}

/// † A service that hangs is ended, as the host port does it; the real one waits and gives up.
fn stop(call: &Call<'_>, service: &Name) -> Printed {
    let Some(info) = info(call, service) else { return failed(call, "OpenService", MISSING) };
    if !call.is_administrator() {
        return failed(call, "OpenService", DENIED);
    }
    if info.state == ServiceState::Stopped {
        return failed(call, "ControlService", NOT_STARTED);
    }
    if let Err(error) = call.host().stop_service(service) {
        return failed(call, "ControlService", error.number());
    }
    let mut page = Page::default();
    page.blank().line(format!("SERVICE_NAME: {service}"));
    let accepts = Some("STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN");
    lines(&mut page, &info, &Status { state: "3  STOP_PENDING", accepts, code: "0  (0x0)" });
    Printed::ok(page.text())
}

/// `start=` and its value are two words, or one.
fn change(call: &Call<'_>, service: &Name) -> Printed {
    if info(call, service).is_none() {
        return failed(call, "OpenService", MISSING);
    }
    if !call.is_administrator() {
        return failed(call, "OpenService", DENIED);
    }
    let words = call.args.get(2..).unwrap_or_default().join(" ").to_ascii_lowercase();
    let Some((option, value)) = words.split_once('=') else { return usage("") };
    let start = match value.trim() {
        "auto" | "delayed-auto" => StartType::Automatic,
        "demand" => StartType::Manual,
        "disabled" => StartType::Disabled,
        _ => return usage(""),
    };
    if option.trim() != "start" {
        return usage("");
    }
    match call.host().set_service_start(service, start) {
        Ok(()) => Printed::ok("[SC] ChangeServiceConfig SUCCESS\n"),
        Err(error) => failed(call, "ChangeServiceConfig", error.number()),
    }
}

fn display_name(call: &Call<'_>, service: &Name) -> Printed {
    match info(call, service) {
        Some(info) => {
            Printed::ok(format!("[SC] GetServiceDisplayName SUCCESS\nName = {}\n", info.display))
        }
        None => failed(call, "GetServiceDisplayName", MISSING),
    }
}

/// What may stand where a service's name would, in a query of many.
const LIST_WORDS: [&str; 3] = ["state=", "type=", "bufsize="];

/// `ERROR_ACCESS_DENIED`.
const DENIED: u32 = 5;
/// `ERROR_SERVICE_ALREADY_RUNNING`.
const ALREADY_RUNNING: u32 = 1056;
/// `ERROR_SERVICE_DOES_NOT_EXIST`.
const MISSING: u32 = 1060;
/// `ERROR_SERVICE_NOT_ACTIVE`.
const NOT_STARTED: u32 = 1062;
/// `ERROR_INVALID_COMMAND_LINE`.
const INVALID_COMMAND_LINE: u32 = 1639;
