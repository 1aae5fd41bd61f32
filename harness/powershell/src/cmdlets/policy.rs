//! Execution policies and modules.

use async_trait::async_trait;
use marslab_model::host::RegistryValue;
use marslab_model::{KeyPath, Name};

use crate::cmdlet::{Call, Cmdlet, Spec};
use crate::evaluate::Scope;
use crate::failure::Failure;
use crate::modules;
use crate::session::{MODULE_PATH, SHELL_KEY};
use crate::value::{Object, Value};

/// The cmdlets of this file.
pub(crate) const ALL: &[&dyn Cmdlet] =
    &[&GetExecutionPolicy, &SetExecutionPolicy, &GetModule, &ImportModule, &GetCommand];

struct GetExecutionPolicy;
struct SetExecutionPolicy;
struct GetModule;
struct ImportModule;
struct GetCommand;

#[async_trait]
impl Cmdlet for GetExecutionPolicy {
    fn spec(&self) -> Spec {
        Spec::new("Get-ExecutionPolicy", "Microsoft.PowerShell.Commands.GetExecutionPolicyCommand")
            .takes(&["Scope", "List!"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let policies = call.session.policies(call.host(), call.who);
        if call.arguments.is_on("List") {
            for (scope, policy) in policies {
                let policy = policy.map_or_else(|| "Undefined".to_owned(), |it| spelled(&it));
                let object = Object::new("")
                    .with("Scope", Value::of_enum(scope))
                    .with("ExecutionPolicy", Value::of_enum(policy));
                call.put(object);
            }
            return Ok(());
        }
        let scope = call.arguments.one_of("Scope", SCOPES)?;
        let policy = match scope {
            Some(scope) => {
                let of = policies.into_iter().find(|(own, _)| *own == scope);
                of.and_then(|(_, policy)| policy).unwrap_or_else(|| "Undefined".to_owned())
            }
            None => call.session.policy(call.host(), call.who),
        };
        call.put(Value::of_enum(spelled(&policy)));
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for SetExecutionPolicy {
    fn spec(&self) -> Spec {
        Spec::new("Set-ExecutionPolicy", "Microsoft.PowerShell.Commands.SetExecutionPolicyCommand")
            .takes(&["ExecutionPolicy", "Scope", "Force!"])
            .lacks(&["WhatIf"])
    }

    /// Writes it where Windows does. A policy that counts more is told of, as PowerShell does.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let policy = call.arguments.one_of("ExecutionPolicy", POLICIES)?;
        let Some(policy) = policy else {
            return Err(crate::cmdlet::missing("ExecutionPolicy"));
        };
        let scope = call.arguments.one_of("Scope", SCOPES)?.unwrap_or("LocalMachine");
        let hive = match scope {
            "Process" => {
                call.session.policy = Some(policy.to_owned()).filter(|it| it != "Undefined");
                return Ok(());
            }
            "CurrentUser" => "HKCU",
            "LocalMachine" => "HKLM",
            scope => {
                let message = format!(
                    "Cannot set execution policy. Execution policies at the {scope} scope must be set through Group Policy."
                );
                return Err(Failure::new("InvalidOperation", "CantSetGroupPolicy", message)
                    .of("InvalidOperationException"));
            }
        };
        if hive == "HKLM" && !is_administrator(call) {
            return Err(not_elevated());
        }
        let (key, name) =
            (KeyPath::new(format!(r"{hive}\{SHELL_KEY}")), Name::new("ExecutionPolicy"));
        if policy == "Undefined" {
            call.host().remove_registry_value(call.who, &key, &name);
        } else {
            let value = RegistryValue::Text(policy.to_owned());
            call.host().set_registry_value(call.who, &key, &name, value);
        }
        let counts = call.session.policy(call.host(), call.who);
        if policy != "Undefined" && !counts.eq_ignore_ascii_case(policy) {
            let message = format!(
                "Windows PowerShell updated your execution policy successfully, but the setting is overridden by a policy \
                 defined at a more specific scope.  Due to the override, your shell will retain its current effective \
                 execution policy of {counts}. Type \"Get-ExecutionPolicy -List\" to view your execution policy settings. For \
                 more information please see \"Get-Help Set-ExecutionPolicy\"."
            );
            let failure = Failure::new("PermissionDenied", "ExecutionPolicyOverride", message);
            call.fail(failure.of("SecurityException"));
        }
        Ok(())
    }
}

fn not_elevated() -> Failure {
    let message = format!(
        "Access to the registry key 'HKEY_LOCAL_MACHINE\\{SHELL_KEY}' is denied. To change the execution policy for the \
         default (LocalMachine) scope, start Windows PowerShell with the \"Run as administrator\" option. To change the \
         execution policy for the current user, run \"Set-ExecutionPolicy -Scope CurrentUser\"."
    );
    Failure::new("PermissionDenied", "System.UnauthorizedAccessException", message)
        .of("UnauthorizedAccessException")
}

fn is_administrator(call: &Call<'_>) -> bool {
    match call.who {
        marslab_model::host::Account::System => true,
        marslab_model::host::Account::User(name) => {
            let account = call.host().account(name).ok().flatten();
            account.is_some_and(|it| it.groups.contains(&Name::new("Administrators")))
        }
    }
}

#[async_trait]
impl Cmdlet for GetModule {
    fn spec(&self) -> Spec {
        Spec::new("Get-Module", "Microsoft.PowerShell.Commands.GetModuleCommand")
            .also(&["gmo"])
            .since(2, 0)
            .takes(&["Name", "ListAvailable!", "All!", "Refresh!"])
            .lacks(&["FullyQualifiedName", "PSSession", "CimSession"])
    }

    /// The modules in the folders of `PSModulePath`, or those that this window has loaded. Of Windows' own, the machine has no
    /// files.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let wanted = call.texts("Name", "Name").unwrap_or_default();
        let fits = |name: &str| {
            wanted.is_empty() || wanted.iter().any(|it| crate::cmdlet::is_like(name, it))
        };
        let names = if call.arguments.is_on("ListAvailable") {
            available(call)
        } else {
            call.session.modules.iter().map(|it| it.as_str().to_owned()).collect()
        };
        for name in names.into_iter().filter(|name| fits(name)) {
            if let Ok(info) = modules::load(scope(call), &name, call.session) {
                let directory = info.folder.parent().unwrap_or(info.folder);
                let object = Object::new("System.Management.Automation.PSModuleInfo")
                    .with("ModuleType", Value::of_enum("Binary"))
                    .with("Version", info.version.as_str())
                    .with("Name", name.as_str())
                    .with("ExportedCommands", Value::texts(info.commands))
                    .with("Directory", directory.as_str());
                call.put(object);
            }
        }
        Ok(())
    }
}

/// The names of the folders in which a manifest of their name lies.
fn available(call: &Call<'_>) -> Vec<String> {
    let path = call.session.variable(MODULE_PATH).unwrap_or_default();
    let mut names = Vec::new();
    for folder in path.split(';').filter(|folder| !folder.trim().is_empty()).take(FOLDERS_MAX) {
        let folder = call.path(folder);
        let below = call.host().list_folder(call.who, &folder).unwrap_or_default();
        let found = below.into_iter().filter(|info| info.folder).map(|info| info.path);
        names.extend(found.chain([folder]).filter_map(|folder| {
            let name = folder.file_name().to_owned();
            let manifest = folder.join(&format!("{name}.psd1"));
            call.host().file_info(call.who, &manifest).is_ok().then_some(name)
        }));
    }
    names
}

fn scope<'a>(call: &'a Call<'_>) -> Scope<'a> {
    Scope {
        host: call.host(),
        who: call.who,
        folder: call.folder,
        engine: call.engine,
        blocks: call.blocks,
    }
}

#[async_trait]
impl Cmdlet for ImportModule {
    fn spec(&self) -> Spec {
        Spec::new("Import-Module", "Microsoft.PowerShell.Commands.ImportModuleCommand")
            .also(&["ipmo"])
            .since(2, 0)
            .takes(&["Name", "Force!", "Global!", "PassThru!", "DisableNameChecking!"])
            .lacks(&["MinimumVersion", "RequiredVersion", "Prefix", "ArgumentList"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        for name in call.needed("Name", "Name")? {
            match modules::load(scope(call), &name, call.session) {
                Ok(_) => drop(call.session.modules.insert(Name::new(&name))),
                Err(error) => {
                    call.fail(modules::refusal(&name, error, &call.engine.shown()));
                }
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for GetCommand {
    fn spec(&self) -> Spec {
        Spec::new("Get-Command", "Microsoft.PowerShell.Commands.GetCommandCommand")
            .also(&["gcm"])
            .takes(&["Name", "…", "Module=PSSnapin"])
            .lacks(&[
                "Verb",
                "Noun",
                "CommandType",
                "Syntax",
                "All",
                "ListImported",
                "ParameterName",
            ])
    }

    /// The commands of modules on the machine's disks alone: those of Windows are too many to be all in the lab.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let wanted = call.arguments.texts("Name");
        let of = call.arguments.texts("Module");
        let like = crate::cmdlet::is_like;
        for module in available(call) {
            let is_meant = of.is_empty() || of.iter().any(|it| like(&module, it));
            let Some(info) =
                is_meant.then(|| modules::load(scope(call), &module, call.session).ok()).flatten()
            else {
                continue;
            };
            for command in info.commands {
                if wanted.is_empty() || wanted.iter().any(|it| like(&command, it)) {
                    let object = Object::new("")
                        .with("CommandType", "Cmdlet")
                        .with("Name", command)
                        .with("Version", info.version.as_str())
                        .with("Source", module.as_str());
                    call.put(object);
                }
            }
        }
        Ok(())
    }
}

/// A policy as PowerShell spells it; a text that it does not know counts as `Restricted`.
fn spelled(policy: &str) -> String {
    let known = POLICIES.iter().find(|it| it.eq_ignore_ascii_case(policy.trim()));
    known.map_or("Restricted", |it| it).to_owned()
}

/// about_Execution_Policies.
const POLICIES: &[&str] =
    &["Unrestricted", "RemoteSigned", "AllSigned", "Restricted", "Default", "Bypass", "Undefined"];

const SCOPES: &[&str] = &["MachinePolicy", "UserPolicy", "Process", "CurrentUser", "LocalMachine"];

/// The most folders of `PSModulePath` that are looked into.
const FOLDERS_MAX: usize = 256;
