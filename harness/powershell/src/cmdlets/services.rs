//! `Get-Service` and what changes services.

use async_trait::async_trait;
use marslab_model::Name;
use marslab_model::host::{ServiceError, ServiceInfo};
use marslab_model::world::{ServiceState, StartType};

use crate::cmdlet::{Call, Cmdlet, Spec, is_like, is_pattern};
use crate::failure::Failure;
use crate::value::{Object, Value};

/// The cmdlets of this file.
pub(crate) const ALL: &[&dyn Cmdlet] =
    &[&GetService, &RestartService, &StartService, &StopService, &SetService];

struct GetService;
struct RestartService;
struct StartService;
struct StopService;
struct SetService;

/// The type of services.
const SERVICE: &str = "System.ServiceProcess.ServiceController";

#[async_trait]
impl Cmdlet for GetService {
    fn spec(&self) -> Spec {
        Spec::new("Get-Service", "Microsoft.PowerShell.Commands.GetServiceCommand")
            .also(&["gsv"])
            .takes(&["Name=ServiceName", "…", "DisplayName", "Include", "Exclude"])
            .lacks(&["ComputerName", "DependentServices", "RequiredServices", "InputObject"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let found = services(call);
        let (include, exclude) = (call.arguments.texts("Include"), call.arguments.texts("Exclude"));
        for (name, info) in found {
            let fits = |patterns: &[String]| patterns.iter().any(|it| is_like(name.as_str(), it));
            if (include.is_empty() || fits(&include)) && !fits(&exclude) {
                call.put(object(&name, &info));
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for StartService {
    fn spec(&self) -> Spec {
        Spec::new("Start-Service", "Microsoft.PowerShell.Commands.StartServiceCommand")
            .also(&["sasv"])
            .takes(&["Name=ServiceName", "…", "DisplayName", "PassThru!"])
            .lacks(&["InputObject", "Include", "Exclude", "WhatIf"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        each(call, |call, name| call.host().start_service(name), "start", "CouldNotStartService")
    }
}

#[async_trait]
impl Cmdlet for StopService {
    fn spec(&self) -> Spec {
        Spec::new("Stop-Service", "Microsoft.PowerShell.Commands.StopServiceCommand")
            .also(&["spsv"])
            .takes(&["Name=ServiceName", "…", "DisplayName", "Force!", "NoWait!", "PassThru!"])
            .lacks(&["InputObject", "Include", "Exclude", "WhatIf"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        each(call, |call, name| call.host().stop_service(name), "stop", "CouldNotStopService")
    }
}

#[async_trait]
impl Cmdlet for RestartService {
    fn spec(&self) -> Spec {
        Spec::new("Restart-Service", "Microsoft.PowerShell.Commands.RestartServiceCommand")
            .takes(&["Name=ServiceName", "…", "DisplayName", "Force!", "PassThru!"])
            .lacks(&["InputObject", "Include", "Exclude", "WhatIf"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let restart = |call: &Call<'_>, name: &Name| {
            call.host().stop_service(name)?;
            call.host().start_service(name)
        };
        each(call, restart, "start", "CouldNotStartService")
    }
}

#[async_trait]
impl Cmdlet for SetService {
    fn spec(&self) -> Spec {
        Spec::new("Set-Service", "Microsoft.PowerShell.Commands.SetServiceCommand")
            .takes(&["Name=ServiceName", "…", "StartupType", "Status", "PassThru!"])
            .lacks(&["DisplayName", "Description", "ComputerName", "InputObject", "WhatIf"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let start = call.arguments.one_of("StartupType", &["Automatic", "Manual", "Disabled"])?;
        let status = call.arguments.one_of("Status", &["Running", "Stopped"])?;
        let start = start.map(|start| match start {
            "Automatic" => StartType::Automatic,
            "Manual" => StartType::Manual,
            _ => StartType::Disabled,
        });
        let set = move |call: &Call<'_>, name: &Name| {
            if let Some(start) = start {
                call.host().set_service_start(name, start)?;
            }
            match status {
                Some("Running") => call.host().start_service(name),
                Some(_) => call.host().stop_service(name),
                None => Ok(()),
            }
        };
        each(call, set, "configure", "CouldNotSetService")
    }
}

/// Changes each service that was named.
fn each(
    call: &mut Call<'_>,
    change: impl Fn(&Call<'_>, &Name) -> Result<(), ServiceError>,
    verb: &str,
    id: &str,
) -> Result<(), Failure> {
    if !call.arguments.has("Name") && !call.arguments.has("DisplayName") && call.input.is_none() {
        return Err(crate::cmdlet::missing("Name"));
    }
    for (name, info) in services(call) {
        match change(call, &name) {
            Ok(()) if call.arguments.is_on("PassThru") => {
                if let Ok(Some(info)) = call.host().service(&name) {
                    call.put(object(&name, &info));
                }
            }
            Ok(()) => {}
            Err(error) => {
                let message = refused(&name, &info, verb, error);
                let failure = match error {
                    ServiceError::AccessDenied => Failure::new("PermissionDenied", id, message),
                    _ => Failure::new("OpenError", id, message),
                };
                call.fail(
                    failure.about(SERVICE, "ServiceController").of("ServiceCommandException"),
                );
            }
        }
    }
    Ok(())
}

fn refused(name: &Name, info: &ServiceInfo, verb: &str, error: ServiceError) -> String {
    let display = &info.display;
    let why = match error {
        ServiceError::RequestTimeout => {
            " due to the following error: The service did not respond to the start or control request in a timely fashion"
        }
        ServiceError::Disabled => {
            " due to the following error: Cannot start service on computer '.'"
        }
        ServiceError::AccessDenied => " due to the following error: Access is denied",
        _ => "",
    };
    let passive = match verb {
        "stop" => "stopped",
        "start" => "started",
        _ => "configured",
    };
    format!("Service '{display} ({name})' cannot be {passive}{why}.")
}

/// The services that were named, or all, by their names. An unknown one is an error, a pattern that none fits is not.
fn services(call: &mut Call<'_>) -> Vec<(Name, ServiceInfo)> {
    let host = call.host();
    let read = |name: &Name| Some((name.clone(), host.service(name).ok().flatten()?));
    let all = || host.service_names().into_iter().filter_map(|name| read(&name));
    let displays = call.arguments.texts("DisplayName");
    let names = if displays.is_empty() { call.texts("Name", "Name") } else { None };
    let mut found = Vec::new();
    if displays.is_empty() && names.is_none() {
        return all().collect();
    }
    for wanted in names.into_iter().flatten() {
        if is_pattern(&wanted) {
            found.extend(all().filter(|(name, _)| is_like(name.as_str(), &wanted)));
        } else if let Some(one) = all().find(|(name, _)| *name == Name::new(&wanted)) {
            found.push(one);
        } else {
            call.fail(unknown("service name", &wanted, "NoServiceFoundForGivenName"));
        }
    }
    for wanted in displays {
        let before = found.len();
        found.extend(all().filter(|(_, info)| is_like(&info.display, &wanted)));
        if found.len() == before && !is_pattern(&wanted) {
            call.fail(unknown("display name", &wanted, "NoServiceFoundForGivenDisplayName"));
        }
    }
    found
}

fn unknown(kind: &str, name: &str, id: &str) -> Failure {
    Failure::new("ObjectNotFound", id, format!("Cannot find any service with {kind} '{name}'."))
        .about(name, "String")
        .of("ServiceCommandException")
}

fn object(name: &Name, info: &ServiceInfo) -> Object {
    let is_running = info.state == ServiceState::Running;
    let start = match info.start {
        StartType::Automatic => "Automatic",
        StartType::Manual => "Manual",
        StartType::Disabled => "Disabled",
    };
    Object::new(SERVICE)
        .with("Name", name.as_str())
        .with("DisplayName", info.display.as_str())
        .with("Status", Value::of_enum(if is_running { "Running" } else { "Stopped" }))
        .with("CanStop", is_running)
        .with("CanShutdown", is_running)
        .with("CanPauseAndContinue", false)
        .with("StartType", Value::of_enum(start))
        .with("ServiceName", name.as_str())
        .with("ServiceType", Value::of_enum("Win32OwnProcess"))
        .with("MachineName", ".")
}
