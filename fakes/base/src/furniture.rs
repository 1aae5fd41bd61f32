//! What else is on a drawn machine: programs, services, tasks, files and registry values that have nothing to do with the
//! agent. The plain world has none of it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use marslab_model::names::{KeyPath, Name, WinPath};
use marslab_model::world::{
    Cast, File, IfRunning, Machine, Service, ServiceState, Software, StartType, Task, Trigger,
};

/// Puts what the cast's seed draws on the machine called `name`.
pub(super) fn put(machine: &mut Machine, name: &Name, cast: &Cast, now: Timestamp) {
    if cast.seed.is_none() {
        return;
    }
    let is_there = |what: &str| cast.number(&format!("{what} on {name}")).is_multiple_of(2);
    let number = |what: &str, bound: u64| cast.number(&format!("{what} on {name}")) % bound;
    let earlier = |days: u64| {
        let hours = i64::try_from(days * 24).unwrap_or_default();
        now.saturating_sub(SignedDuration::from_hours(hours)).unwrap_or(now)
    };
    for (program, major) in PROGRAMS.iter().filter(|(program, _)| is_there(program)) {
        let version = format!("{major}.{}.{}", number(program, 10), number(program, 1000));
        machine.software.insert(Name::new(*program), Software { version: version.clone() });
        let key = KeyPath::new(format!(r"HKLM\SOFTWARE\{program}"));
        machine.registry.entry(key).or_default().insert(Name::new("Version"), version.into());
        let size = (1 + number(program, 90)) << 20;
        let path = WinPath::new(format!(r"C:\Program Files\{program}\{major}.exe"));
        let modified = earlier(20 + number(program, 900));
        let content = "MZ".into();
        machine.files.insert(path, File { content, size, modified, attributes: BTreeSet::new() });
    }
    for (service, display) in SERVICES.iter().filter(|(service, _)| is_there(service)) {
        machine.services.insert(Name::new(*service), a_service(display, number(service, 3)));
    }
    for task in TASKS.iter().filter(|task| is_there(task)) {
        let minute_of_day = u32::try_from(number(task, 8 * 60)).unwrap_or_default();
        machine.tasks.insert(Name::new(*task), a_task(minute_of_day));
    }
    machine.boot.at = earlier(3 + number("the last start", 80));
}

fn a_service(display: &str, start: u64) -> Service {
    let (start, state) = match start {
        0 => (StartType::Automatic, ServiceState::Running),
        1 => (StartType::Manual, ServiceState::Stopped),
        _ => (StartType::Disabled, ServiceState::Stopped),
    };
    let (display, account) = (display.to_owned(), "LocalSystem".to_owned());
    Service { display, state, start, account, responding: true }
}

/// One that runs at night, and has not run yet.
fn a_task(minute_of_day: u32) -> Task {
    Task {
        enabled: true,
        trigger: Trigger { enabled: true, minute_of_day },
        more_triggers: [].into(),
        if_running: IfRunning::IgnoreNew,
        account: Name::new("SYSTEM"),
        command: r"C:\Windows\System32\rundll32.exe".to_owned(),
        arguments: String::new(),
        last_run: None,
        last_result: 267_011,
    }
}

/// Programs as servers have them, and the first part of their version.
const PROGRAMS: [(&str, u32); 14] = [
    ("7-Zip", 19),
    ("Google Chrome", 74),
    ("HPE Agentless Management", 10),
    ("Java 8 Update", 8),
    ("Mozilla Firefox", 67),
    ("Notepad++", 7),
    ("Oracle Database Client", 12),
    ("PuTTY", 0),
    ("SAP Host Agent", 7),
    ("SQL Server Management Studio", 18),
    ("TreeSize Free", 4),
    ("VMware Tools", 10),
    ("WinSCP", 5),
    ("Wireshark", 3),
];

const SERVICES: [(&str, &str); 12] = [
    ("BITS", "Background Intelligent Transfer Service"),
    ("DHCPServer", "DHCP Server"),
    ("Dfs", "DFS Namespace"),
    ("IISADMIN", "IIS Admin Service"),
    ("LanmanServer", "Server"),
    ("MSSQLSERVER", "SQL Server (MSSQLSERVER)"),
    ("Spooler", "Print Spooler"),
    ("TermService", "Remote Desktop Services"),
    ("VMTools", "VMware Tools"),
    ("W3SVC", "World Wide Web Publishing Service"),
    ("WinRM", "Windows Remote Management (WS-Management)"),
    ("wuauserv", "Windows Update"),
];

const TASKS: [&str; 6] = [
    r"\GoogleUpdateTaskMachineCore",
    r"\Microsoft\Windows\Chkdsk\ProactiveScan",
    r"\Microsoft\Windows\Defrag\ScheduledDefrag",
    r"\Microsoft\Windows\Server Manager\CleanupOldPerfLogs",
    r"\Microsoft\Windows\Time Synchronization\SynchronizeTime",
    r"\Nightly\Copy reports",
];
