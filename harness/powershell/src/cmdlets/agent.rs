//! The agent's own cmdlets, of its module `MSOnlineBackup` (mars-facts 5.6; Microsoft's reference of the module).
//!
//! The shapes of what they print are † but for the properties that mars-facts names. Settings are read and written where the agent
//! keeps them, and what is more than a setting is an operation of the agent, with the passphrase or the file that was typed. A
//! passphrase has at least sixteen characters; that, and how a shorter one is refused, is †.

use async_trait::async_trait;
use marslab_model::host::{Account, RegistryValue};
use marslab_model::{KeyPath, Name, Operation, Outcome, WinPath};
use marslab_shell::Typed;

use crate::cmdlet::{Call, Cmdlet, Spec, missing};
use crate::failure::Failure;
use crate::session::{AGENT_KEY as CONFIG_KEY, AGENT_MODULE as MODULE, text};
use crate::value::{Object, Value};

/// The cmdlets of this file.
pub(crate) const ALL: &[&dyn Cmdlet] = &[
    &GetMachineSetting,
    &SetMachineSetting,
    &GetJob,
    &GetPolicy,
    &StartBackup,
    &StartRegistration,
    &ConvertToSecureString,
];

struct GetMachineSetting;
struct SetMachineSetting;
struct GetJob;
struct GetPolicy;
struct StartBackup;
struct StartRegistration;
struct ConvertToSecureString;

#[async_trait]
impl Cmdlet for GetMachineSetting {
    fn spec(&self) -> Spec {
        Spec::new(
            "Get-OBMachineSetting",
            "Microsoft.Internal.CloudBackup.Commands.GetOBMachineSettingCommand",
        )
        .of_module(MODULE)
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let server = setting(call, "ProxyServer");
        let port = call.host().registry_value(
            &Account::System,
            &KeyPath::new(PROVIDER_KEY),
            &Name::new("ProxyPort"),
        );
        let port = match port {
            Ok(Some(RegistryValue::Number(port))) => Value::from(port),
            _ => Value::Null,
        };
        let has_key = text(call.host(), &Account::System, CONFIG_KEY, "KeyVerifier").is_some();
        let proxy = Object::new("")
            .with("Enabled", server.is_some())
            .with("ProxyServer", server)
            .with("ProxyPort", port)
            .with("ProxyUsername", setting(call, "ProxyUser"))
            .with("BypassUrls", setting(call, "BypassUrls"));
        let encryption = Object::new("")
            .with("EncryptionKeyStatus", Value::of_enum(if has_key { "Set" } else { "NotSet" }));
        let object = Object::new("Microsoft.Internal.CloudBackup.Commands.OBMachineSetting")
            .with("ProxySetting", proxy)
            .with("EncryptionSetting", encryption)
            .with("MachineName", call.host().full_name().as_str())
            .with("ScratchLocation", setting(call, "ScratchLocation"));
        call.put(object);
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for SetMachineSetting {
    fn spec(&self) -> Spec {
        Spec::new(
            "Set-OBMachineSetting",
            "Microsoft.Internal.CloudBackup.Commands.SetOBMachineSettingCommand",
        )
        .of_module(MODULE)
        .takes(&[
            "…",
            "ProxyServer",
            "ProxyPort",
            "ProxyUsername",
            "ProxyPassword",
            "BypassUrls",
            "EncryptionPassphrase",
            "SecurityPin=SecurityPIN",
            "NoProxy!",
            "NoThrottle!",
        ])
        .lacks(&[
            "WorkDay",
            "StartWorkHour",
            "EndWorkHour",
            "WorkHourBandwidth",
            "NonWorkHourBandwidth",
            "WhatIf",
        ])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let server = call.arguments.text("ProxyServer");
        let is_other = ["EncryptionPassphrase", "NoProxy", "NoThrottle"]
            .iter()
            .any(|it| call.arguments.has(it));
        if server.is_none() && !is_other {
            return Err(missing("ProxyServer"));
        }
        if let Some(server) = server {
            set_proxy(call, &server)?;
        } else if call.arguments.is_on("NoProxy") {
            for name in PROXY_VALUES {
                call.host().remove_registry_value(
                    &Account::System,
                    &KeyPath::new(PROVIDER_KEY),
                    &Name::new(name),
                );
            }
        }
        if call.arguments.has("EncryptionPassphrase") {
            let Some(Value::Secret(passphrase)) = call.arguments.get("EncryptionPassphrase") else {
                let message = "Cannot bind parameter 'EncryptionPassphrase'. Cannot convert the value to type \
                               \"System.Security.SecureString\".";
                return Err(Failure::new(
                    "InvalidArgument",
                    "CannotConvertArgumentNoMessage",
                    message,
                )
                .of("ParameterBindingException"));
            };
            let passphrase = passphrase.clone();
            if passphrase.chars().count() < PASSPHRASE_MIN {
                let message =
                    format!("The passphrase must have at least {PASSPHRASE_MIN} characters.");
                return Err(Failure::new("InvalidArgument", "InvalidPassphrase", message));
            }
            let typed = Typed { passphrase: Some(passphrase), ..Typed::default() };
            operate(call, Operation::SetPassphrase, typed).await?;
        }
        call.put("Server properties updated successfully.");
        Ok(())
    }
}

/// Keeps the agent's proxy. Its password stays out of what the lab writes down, since nothing shows it.
fn set_proxy(call: &mut Call<'_>, server: &str) -> Result<(), Failure> {
    let Some(port) = call.arguments.number("ProxyPort")? else { return Err(missing("ProxyPort")) };
    let port = u32::try_from(port).unwrap_or_default();
    let (host, key) = (call.host(), KeyPath::new(PROVIDER_KEY));
    let set = |name: &str, value: RegistryValue| {
        host.set_registry_value(&Account::System, &key, &Name::new(name), value);
    };
    set("ProxyServer", RegistryValue::Text(server.to_owned()));
    set("ProxyPort", RegistryValue::Number(port));
    for (parameter, name) in [
        ("ProxyUsername", "ProxyUser"),
        ("ProxyPassword", "ProxyPassword"),
        ("BypassUrls", "BypassUrls"),
    ] {
        match call.arguments.get(parameter) {
            Some(Value::Secret(text)) => set(name, RegistryValue::Text(text.clone())),
            Some(value) => set(name, RegistryValue::Text(value.plain())),
            None => host.remove_registry_value(&Account::System, &key, &Name::new(name)),
        }
    }
    Ok(())
}

#[async_trait]
impl Cmdlet for GetJob {
    fn spec(&self) -> Spec {
        Spec::new("Get-OBJob", "Microsoft.Internal.CloudBackup.Commands.GetOBJobCommand")
            .of_module(MODULE)
            .takes(&["…", "Previous"])
            .lacks(&["FromTime", "ToTime", "Status"])
    }

    /// Without `-Previous` the job that is running, of which there is none between two lines.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let Some(count) = call.arguments.count("Previous")? else { return Ok(()) };
        let install = text(call.host(), &Account::System, SETUP_KEY, "InstallPath");
        let folder = WinPath::new(install.unwrap_or_else(|| INSTALL.to_owned()));
        let content = call.host().read_file(call.who, &folder.join("Temp").join("JobHistory.tsv"));
        let content =
            content.map(|it| String::from_utf8_lossy(&it).into_owned()).unwrap_or_default();
        let rows: Vec<&str> = content.lines().filter(|row| !row.trim().is_empty()).collect();
        for row in rows.iter().rev().take(count) {
            let cells: Vec<&str> = row.split('\t').collect();
            let cell = |index: usize| cells.get(index).copied().unwrap_or_default();
            let time = |index: usize| crate::value::read_date(cell(index));
            let status = Object::new("")
                .with("JobState", Value::of_enum(cell(3)))
                .with("StartTime", time(1))
                .with("EndTime", time(2))
                .with("DetailedErrorCode", cell(7))
                .with("ErrorCode", cell(8))
                .with("ErrorParameterInfo", cell(9));
            let object = Object::new("Microsoft.Internal.CloudBackup.Commands.OBJob")
                .with("JobType", Value::of_enum(cell(0)))
                .with("Name", cell(5))
                .with("JobId", cell(6))
                .with("JobStatus", status)
                .with("DataTransferMB", cell(4));
            call.put(object);
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for GetPolicy {
    fn spec(&self) -> Spec {
        Spec::new("Get-OBPolicy", "Microsoft.Internal.CloudBackup.Commands.GetOBPolicyCommand")
            .of_module(MODULE)
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let items = text(call.host(), &Account::System, CONFIG_KEY, "BackupItems");
        let Some(items) = items else { return Ok(()) };
        let task = call.host().task(&Name::new(TASK)).ok().flatten();
        let schedule = task.map(|task| {
            let minute = task.trigger.minute_of_day;
            format!("{:02}:{:02}, Every 1 day(s)", minute / 60, minute % 60)
        });
        let object = Object::new("Microsoft.Internal.CloudBackup.Commands.OBPolicy")
            .with("BackupSchedule", schedule)
            .with(
                "DsList",
                Value::texts(items.split(';').map(str::trim).filter(|it| !it.is_empty())),
            )
            .with("PolicyName", "Microsoft-OnlineBackup")
            .with("State", Value::of_enum("Existing"))
            .with("PolicyState", Value::of_enum("Valid"));
        call.put(object);
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for StartBackup {
    fn spec(&self) -> Spec {
        Spec::new("Start-OBBackup", "Microsoft.Internal.CloudBackup.Commands.StartOBBackupCommand")
            .of_module(MODULE)
            .takes(&["Policy=Name", "Async!"])
            .lacks(&["Volumes", "WhatIf"])
    }

    /// What it prints is that of Azure's documentation, the first line and the last two; what stands between them there is left
    /// out, and how much of it each version prints is not known (†).
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        if !call.arguments.has("Policy") && call.input.as_ref().is_none_or(Vec::is_empty) {
            return Err(missing("Policy"));
        }
        if !call.arguments.is_on("Async") {
            "Initializing\n".clone_into(&mut call.notes);
        }
        operate(call, Operation::Backup, Typed::default()).await?;
        if !call.arguments.is_on("Async") {
            call.put("Job completed.");
            call.put("The backup operation completed successfully.");
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for StartRegistration {
    fn spec(&self) -> Spec {
        Spec::new(
            "Start-OBRegistration",
            "Microsoft.Internal.CloudBackup.Commands.StartCBREGistrationCommand",
        )
        .of_module(MODULE)
        .takes(&["VaultCredentials"])
        .lacks(&["WhatIf"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let file = call.path(&call.needed_text("VaultCredentials")?);
        let typed = Typed { credentials: Some(file), ..Typed::default() };
        operate(call, Operation::Register, typed).await?;
        let own = |name: &str| text(call.host(), &Account::System, CONFIG_KEY, name);
        let object = Object::new("Microsoft.Internal.CloudBackup.Commands.OBRegistrationStatus")
            .with("CertThumbprint", own("CertThumbprint"))
            .with("SubscriptionID", own("SubscriptionId"))
            .with("ServiceResourceName", own("ServiceResourceName"));
        call.put(object);
        call.put("Machine registration succeeded.");
        Ok(())
    }
}

/// Carries out an operation; what its console shows of a failure is the error.
async fn operate(call: &Call<'_>, operation: Operation, typed: Typed) -> Result<(), Failure> {
    match call.machine.agent.operate(operation, typed).await {
        Outcome::Succeeded => Ok(()),
        Outcome::Failed(symptom) => {
            Err(Failure::new("NotSpecified", &symptom.error, symptom.message).of("DlsException"))
        }
    }
}

#[async_trait]
impl Cmdlet for ConvertToSecureString {
    fn spec(&self) -> Spec {
        Spec::new(
            "ConvertTo-SecureString",
            "Microsoft.PowerShell.Commands.ConvertToSecureStringCommand",
        )
        .takes(&["String", "AsPlainText!", "Force!"])
        .lacks(&["Key", "SecureKey"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let given = call.needed("String", "")?;
        if !call.arguments.is_on("AsPlainText") {
            return Err(Failure::not_in_lab("An encrypted standard string"));
        }
        if !call.arguments.is_on("Force") {
            let message = "The system cannot protect plain text input. To suppress this warning and convert the plain text to a \
                           SecureString, reissue the command specifying the Force parameter.";
            return Err(Failure::new(
                "InvalidArgument",
                "ImportSecureString_ForceRequired",
                message,
            )
            .of("ArgumentException"));
        }
        call.output.extend(given.into_iter().map(Value::Secret));
        Ok(())
    }
}

/// A text among the agent's settings.
fn setting(call: &Call<'_>, name: &str) -> Option<String> {
    text(call.host(), &Account::System, PROVIDER_KEY, name)
}

/// The fewest characters of a passphrase.
const PASSPHRASE_MIN: usize = 16;

/// mars-facts 5.2.
const SETUP_KEY: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup";
const PROVIDER_KEY: &str =
    r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider";

/// mars-facts 5.1.
const INSTALL: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent";

/// mars-facts 5.7.
const TASK: &str = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup";

/// What the agent keeps of its proxy.
const PROXY_VALUES: [&str; 5] =
    ["ProxyServer", "ProxyPort", "ProxyUser", "ProxyPassword", "BypassUrls"];
