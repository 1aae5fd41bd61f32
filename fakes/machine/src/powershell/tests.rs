use marslab_model::admin::ModuleError;
use marslab_model::world::{Machine, RegValue};
use marslab_model::{KeyPath, Name, WinPath};
use proptest::prelude::*;

use super::super::tests::{SYSTEM, of, with};
use super::command::{CommandLine, Statement};
use super::version::Version;
use super::{Halt, run};

const COMMAND: &str = "-Command \"Import-Module MSOnlineBackup; Start-OBBackup -Async\"";
const MODULE: &str =
    r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules\MSOnlineBackup";

#[track_caller]
fn check(arguments: &str, change: impl FnOnce(&mut Machine), expected: Option<Halt>) {
    let machine = with(|world| change(of(world)));
    let session = run(&machine, &SYSTEM, arguments);
    assert_eq!(session.halt, expected);
    let ran = session.ran.iter().map(|cmdlet| cmdlet.name.as_str()).collect::<Vec<_>>();
    assert_eq!(ran, if expected.is_none() { vec!["Start-OBBackup"] } else { vec![] });
}

fn set(machine: &mut Machine, key: &str, name: &str, value: impl Into<RegValue>) {
    machine.registry.entry(KeyPath::new(key)).or_default().insert(Name::new(name), value.into());
}

fn unset(machine: &mut Machine, key: &str) {
    machine.registry.remove(&KeyPath::new(key));
}

fn module_path(machine: &mut Machine, path: &str) {
    machine.boot.environment.insert(Name::new("PSModulePath"), path.to_owned());
}

fn file(machine: &mut Machine, name: &str, content: Option<&str>) {
    let path = WinPath::new(MODULE).join(name);
    match content {
        Some(content) => machine.files.get_mut(&path).unwrap().content = content.into(),
        None => drop(machine.files.remove(&path)),
    }
}

fn manifest(engine: &str, rest: &str) -> String {
    format!("@{{\nPowerShellVersion = '{engine}'\nRootModule = 'MSOnlineBackup.dll'\n{rest}\n}}")
}

const ENGINE_1: &str = r"HKLM\SOFTWARE\Microsoft\PowerShell\1\PowerShellEngine";
const ENGINE_3: &str = r"HKLM\SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine";
const SHELL: &str = r"HKLM\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell";
const USER_SHELL: &str =
    r"HKU\S-1-5-18\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell";
const POLICY: &str = r"HKLM\SOFTWARE\Policies\Microsoft\Windows\PowerShell";

#[test]
fn healthy_runs() {
    check(COMMAND, |_| {}, None);
    check("-NoProfile -c import-module -Name MSOnlineBackup -Force; start-obbackup", |_| {}, None);
    check("-nop \"& { ipmo 'MSOnlineBackup' | Out-Null; Start-OBBackup }\"", |_| {}, None);
}

#[test]
fn the_engine_must_be_new_enough() {
    check(
        COMMAND,
        |machine| unset(machine, ENGINE_3),
        Some(Halt::Module(ModuleError::EngineTooOld)),
    );
    check(
        COMMAND,
        |machine| set(machine, ENGINE_3, "PowerShellVersion", "2.0"),
        Some(Halt::Module(ModuleError::EngineTooOld)),
    );
    check(COMMAND, |machine| set(machine, ENGINE_3, "PowerShellVersion", "3.0"), None);
    let neither = |machine: &mut Machine| {
        unset(machine, ENGINE_3);
        unset(machine, ENGINE_1);
    };
    check(COMMAND, neither, Some(Halt::NoEngine));
}

#[test]
fn the_policy_must_let_modules_load() {
    let policy = |text: &'static str| {
        move |machine: &mut Machine| set(machine, SHELL, "ExecutionPolicy", text)
    };
    for allows in ["RemoteSigned", "unrestricted", "Bypass", "AllSigned", "Undefined", ""] {
        check(COMMAND, policy(allows), None);
    }
    check(COMMAND, policy("Restricted"), Some(Halt::Module(ModuleError::Policy)));
    check(COMMAND, policy("Nonsense"), Some(Halt::Module(ModuleError::Policy)));
    check(COMMAND, |machine| unset(machine, SHELL), None);
    let client = |machine: &mut Machine| {
        unset(machine, SHELL);
        "Microsoft Windows 10 Pro".clone_into(&mut machine.os.caption);
    };
    check(COMMAND, client, Some(Halt::Module(ModuleError::Policy)));
    check(&format!("-ExecutionPolicy Bypass {COMMAND}"), client, None);
    check(&format!("-ep Restricted {COMMAND}"), |_| {}, Some(Halt::Module(ModuleError::Policy)));
    check(
        COMMAND,
        |machine| set(machine, USER_SHELL, "ExecutionPolicy", "Restricted"),
        Some(Halt::Module(ModuleError::Policy)),
    );

    let group = |machine: &mut Machine| {
        set(machine, POLICY, "EnableScripts", 1);
        set(machine, POLICY, "ExecutionPolicy", "Restricted");
    };
    check(
        &format!("-ExecutionPolicy Bypass {COMMAND}"),
        group,
        Some(Halt::Module(ModuleError::Policy)),
    );
    check(
        COMMAND,
        |machine| set(machine, POLICY, "EnableScripts", 0),
        Some(Halt::Module(ModuleError::Policy)),
    );
    let other_way = |machine: &mut Machine| {
        set(machine, SHELL, "ExecutionPolicy", "Restricted");
        set(machine, POLICY, "ExecutionPolicy", "RemoteSigned");
    };
    check(COMMAND, other_way, None);
}

#[test]
fn the_module_must_be_where_powershell_looks() {
    let missing = Some(Halt::Module(ModuleError::NotFound));
    check(
        COMMAND,
        |machine| module_path(machine, r"C:\Windows\system32\WindowsPowerShell\v1.0\Modules\"),
        missing,
    );
    check(
        COMMAND,
        |machine| drop(machine.boot.environment.remove(&Name::new("PSModulePath"))),
        missing,
    );
    check(
        COMMAND,
        |machine| module_path(machine, &format!(r"C:\No;;{}\", MODULE.to_uppercase())),
        None,
    );
    let parent = MODULE.trim_end_matches(r"\MSOnlineBackup");
    check(COMMAND, |machine| module_path(machine, parent), None);
    let variable = parent.replace("C:", "%Install%");
    let with_variable = |machine: &mut Machine| {
        machine.boot.environment.insert(Name::new("install"), "C:".to_owned());
        module_path(machine, &format!("%No%;50%;{variable}"));
    };
    check(COMMAND, with_variable, None);
    // What was set since the machine started is not there yet.
    check(COMMAND, |machine| machine.environment.clear(), None);
}

#[test]
fn the_modules_files_must_be_whole() {
    let check = |name: &str, content: Option<&str>, expected| {
        check(COMMAND, |machine| file(machine, name, content), expected);
    };
    check("OnlineBackup_Cmdlets.xml", None, None);
    check("MSOnlineBackup.psd1", None, Some(Halt::Module(ModuleError::NotFound)));
    check("MSOnlineBackup.dll", None, Some(Halt::Module(ModuleError::NoRootModule)));
    check("MSOnlineBackup.dll", Some(""), Some(Halt::Module(ModuleError::BadRootModule)));
    check("MSOnlineBackup.dll", Some("\0\0\0"), Some(Halt::Module(ModuleError::BadRootModule)));
    let psd1 = |text: &str, expected| check("MSOnlineBackup.psd1", Some(text), expected);
    psd1("", Some(Halt::Module(ModuleError::BadManifest)));
    psd1("\u{fffd}\u{fffd}", Some(Halt::Module(ModuleError::BadManifest)));
    psd1("@{ RootModule = 'MSOnlineBackup.dll'", Some(Halt::Module(ModuleError::BadManifest)));
    psd1("@{}", Some(Halt::Module(ModuleError::NoRootModule)));
    psd1(&manifest("3.0", ""), None);
    psd1(&manifest("5.1", "CmdletsToExport = '*'"), None);
    psd1(&manifest("5.2", ""), Some(Halt::Module(ModuleError::EngineTooOld)));
    psd1(&manifest("3.0", "CmdletsToExport = @()"), Some(Halt::UnknownCommand));
    psd1(&manifest("3.0", "CmdletsToExport = @('Get-OBJob')"), Some(Halt::UnknownCommand));
}

#[test]
fn antivirus_and_locks_stand_in_the_way_of_modules_too() {
    let watched = |name: &'static str| {
        move |machine: &mut Machine| {
            "Contoso Shield".clone_into(&mut machine.antivirus.product);
            machine.antivirus.blocked.insert(WinPath::new(MODULE).join(name));
        }
    };
    check(COMMAND, watched("MSOnlineBackup.psd1"), Some(Halt::Module(ModuleError::Unreadable)));
    check(COMMAND, watched("MSOnlineBackup.dll"), Some(Halt::Module(ModuleError::Unreadable)));
    check(COMMAND, watched("other.dll"), None);
}

#[test]
fn command_lines_are_taken_apart() {
    let check = |line: &str, expected: Option<(Option<&str>, &[&str])>| {
        let seen = CommandLine::parse(line).map(|line| {
            let text = |statement| match statement {
                Statement::Import(module) => format!("import {module}"),
                Statement::Call(name) => name,
            };
            (line.policy, line.statements.into_iter().map(text).collect::<Vec<_>>())
        });
        let expected = expected.map(|(policy, statements)| {
            (policy.map(str::to_owned), statements.iter().map(|text| (*text).to_owned()).collect())
        });
        assert_eq!(seen, expected, "{line}");
    };
    check(COMMAND, Some((None, &["import MSOnlineBackup", "Start-OBBackup"])));
    check("Get-Date", Some((None, &["Get-Date"])));
    check("/nologo -w hidden -exec Bypass -com a -b c", Some((Some("Bypass"), &["a"])));
    check("-c \"a 'x; y'; b\"", Some((None, &["a", "b"])));
    check("-c a | b; c", Some((None, &["a", "c"])));
    check(r#"-c "Import-Module \"My Module\"; b""#, Some((None, &["import My Module", "b"])));
    check("-c", Some((None, &[])));
    check("-c Import-Module", Some((None, &[])));
    for bad in ["", "-", "-File x.ps1", "-EncodedCommand AAAA", "-Nonsense x", "-ep"] {
        check(bad, None);
    }
}

#[test]
fn versions_compare_by_number() {
    let version = |text| Version::parse(text).unwrap();
    assert!(version("2.0") < version("3.0") && version("5.1") < version("5.1.14393.2848"));
    assert!(version("10.0") > version("9.9"));
    assert_eq!(version("3"), version("3.0.0.0"));
    for bad in ["", "x", "1.", "1.2.3.4.5", "-1"] {
        assert_eq!(Version::parse(bad), None, "{bad}");
    }
}

proptest! {
    #[test]
    fn no_command_line_is_too_odd(line in "[-/a-z\"'\\\\;|&{} ]{0,40}|\\PC{0,20}") {
        drop(CommandLine::parse(&line));
    }
}
