//! Devices, the computer, certificates, and what the lab has not.

use async_trait::async_trait;
use marslab_model::host::HostError as _;
use marslab_model::world::DeviceStatus;
use marslab_shell::services::{Process, processes};

use super::files::certificate;
use crate::cmdlet::{Call, Cmdlet, Spec, is_like, is_pattern};
use crate::failure::Failure;
use crate::value::{Object, Value};

/// The cmdlets of this file.
pub(crate) const ALL: &[&dyn Cmdlet] = &[
    &GetPnpDevice,
    &GetProcess,
    &RestartComputer,
    &ImportCertificate,
    &Lacking {
        name: "Stop-Process",
        class: "Microsoft.PowerShell.Commands.StopProcessCommand",
        what: "Ending a process in PowerShell (taskkill does)",
    },
    &Lacking {
        name: "Get-WmiObject",
        class: "Microsoft.PowerShell.Commands.GetWmiObjectCommand",
        what: "WMI",
    },
    &Lacking {
        name: "Get-CimInstance",
        class: "Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand",
        what: "WMI",
    },
];

struct GetPnpDevice;
struct GetProcess;
struct RestartComputer;
struct ImportCertificate;

/// A cmdlet that people try, and that shows what no machine of the lab has.
struct Lacking {
    name: &'static str,
    class: &'static str,
    what: &'static str,
}

#[async_trait]
impl Cmdlet for Lacking {
    fn spec(&self) -> Spec {
        Spec::new(self.name, self.class).takes(&["Name", "Class", "Filter", "Id", "Force!"])
    }

    async fn run(&self, _: &mut Call<'_>) -> Result<(), Failure> {
        Err(Failure::not_in_lab(self.what))
    }
}

#[async_trait]
impl Cmdlet for GetPnpDevice {
    fn spec(&self) -> Spec {
        Spec::new("Get-PnpDevice", "Get-PnpDevice")
            .since(5, 0)
            .takes(&["InstanceId=DeviceId", "…", "FriendlyName", "Class", "Status", "PresentOnly!"])
            .lacks(&["CimSession", "ThrottleLimit", "AsJob"])
    }

    /// A device without a driver has no class, and its status is `Error` (mars-facts 6).
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let devices = call.host().devices().map_err(|error| {
            Failure::new("ConnectionError", "HRESULT 0x800706ba", error.to_string())
                .of("CimException")
        })?;
        let wanted: Vec<(&str, Vec<String>)> = ["InstanceId", "FriendlyName", "Class", "Status"]
            .map(|name| (name, call.arguments.texts(name)))
            .into_iter()
            .filter(|(_, texts)| !texts.is_empty())
            .collect();
        let mut found = Vec::new();
        for (id, device) in devices {
            let status = match device.status {
                DeviceStatus::Started => "OK",
                DeviceStatus::Problem | DeviceStatus::RestartNeeded => "Error",
            };
            let object = Object::new("MSFT_PnpDevice")
                .with("Status", Value::text(status))
                .with("Class", device.class)
                .with("FriendlyName", device.name)
                .with("InstanceId", id.as_str())
                .with("HardwareID", Value::texts(device.hardware_ids));
            let fits = |(name, patterns): &(&str, Vec<String>)| {
                let own = object.get(name).map(Value::plain).unwrap_or_default();
                patterns.iter().any(|it| is_like(&own, it))
            };
            if wanted.iter().all(fits) {
                found.push(object);
            }
        }
        if found.is_empty() && !wanted.is_empty() {
            let message = "No matching Win32_PnPEntity objects found by CIM query for instances of the ROOT\\cimv2 namespace on the \
                           CIM server.  Verify query parameters and retry.";
            let failure = Failure::new("ObjectNotFound", "CmdletizationQuery_NotFound", message);
            call.fail(failure.of("CimJobException"));
        }
        call.output.extend(found.into_iter().map(Value::Object));
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for GetProcess {
    fn spec(&self) -> Spec {
        Spec::new("Get-Process", "Microsoft.PowerShell.Commands.GetProcessCommand")
            .also(&["gps", "ps"])
            .takes(&["Name=ProcessName", "…", "Id"])
            .lacks(&["ComputerName", "Module", "FileVersionInfo", "IncludeUserName", "InputObject"])
    }

    /// Names and numbers; times, memory and handles the machine has not.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let id = call.arguments.number("Id")?;
        let wanted = call.texts("Name", "ProcessName");
        let of = |it: Process| (it.program.trim_end_matches(".exe").to_owned(), it.id);
        let all: Vec<(String, u32)> = processes(call.host()).into_iter().map(of).collect();
        for name in wanted.iter().flatten().filter(|it| !is_pattern(it)) {
            if !all.iter().any(|(own, _)| is_like(own, name)) {
                let message = format!(
                    "Cannot find a process with the name \"{name}\". Verify the process name and call the cmdlet again."
                );
                let failure = Failure::new("ObjectNotFound", "NoProcessFoundForGivenName", message);
                call.fail(failure.about(name, "String").of("ProcessCommandException"));
            }
        }
        for (name, number) in all {
            let is_named =
                wanted.as_ref().is_none_or(|names| names.iter().any(|it| is_like(&name, it)));
            if is_named && id.is_none_or(|id| id == i64::from(number)) {
                call.put(Object::new("").with("Id", number).with("ProcessName", name));
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for RestartComputer {
    fn spec(&self) -> Spec {
        Spec::new("Restart-Computer", "Microsoft.PowerShell.Commands.RestartComputerCommand")
            .takes(&["…", "Force!"])
            .lacks(&["ComputerName", "Credential", "Wait", "Timeout", "For", "Delay", "WhatIf"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        call.host().restart();
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for ImportCertificate {
    fn spec(&self) -> Spec {
        Spec::new(
            "Import-Certificate",
            "Microsoft.CertificateServices.Commands.ImportCertificateCommand",
        )
        .since(3, 0)
        .takes(&["FilePath=FullName", "CertStoreLocation", "…"])
        .lacks(&["WhatIf"])
    }

    /// Into the machine's trusted roots alone: a certificate elsewhere changes nothing that the lab has.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let path = call.path(&call.needed_text("FilePath")?);
        let store = call
            .arguments
            .text("CertStoreLocation")
            .unwrap_or_default()
            .to_lowercase()
            .replace('/', "\\");
        if store.trim_start_matches("cert:").trim_matches('\\') != r"localmachine\root" {
            return Err(Failure::not_in_lab(
                "A certificate store other than Cert:\\LocalMachine\\Root",
            ));
        }
        let content = call.host().read_file(call.who, &path).map_err(|error| {
            let message = marslab_shell::messages::of(call.language(), error.number());
            Failure::new("NotSpecified", "System.IO.FileNotFoundException", message)
                .of("FileNotFoundException")
        })?;
        let added = call.host().add_trusted_root(content.bytes());
        match certificate(call, content.bytes()) {
            Some(object) if added => {
                call.put(object);
                Ok(())
            }
            Some(_) => Err(Failure::not_in_lab("The authority of this certificate")),
            None => {
                let message = "Cannot find the requested object.";
                Err(Failure::new("NotSpecified", "System.ComponentModel.Win32Exception", message)
                    .of("Win32Exception"))
            }
        }
    }
}
