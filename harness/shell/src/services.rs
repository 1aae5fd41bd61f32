//! What the programs tell of a service's process, which the host port does not list.

use marslab_model::Name;
use marslab_model::admin::HostAdmin;
use marslab_model::host::{Account, RegistryValue};
use marslab_model::names::KeyPath;
use marslab_model::world::ServiceState;

/// The command line of a service: what the registry says, else the program that it is known to have; most of Windows' own
/// share one.
pub fn command_line(host: &dyn HostAdmin, service: &Name) -> String {
    let key = KeyPath::from(format!(r"HKLM\SYSTEM\CurrentControlSet\Services\{service}"));
    match host.registry_value(&Account::System, &key, &Name::new("ImagePath")) {
        Ok(Some(RegistryValue::Text(text))) => text,
        _ if *service == Name::new("obengine") => format!("\"{}\"", engine(host)),
        _ if *service == Name::new("VSS") => r"C:\Windows\system32\vssvc.exe".to_owned(),
        _ => r"C:\Windows\system32\svchost.exe -k netsvcs".to_owned(),
    }
}

/// The name of the program that a service runs in.
fn program(host: &dyn HostAdmin, service: &Name) -> String {
    let line = command_line(host, service);
    let line = line.trim_start_matches('"');
    let path = line.split('"').next().unwrap_or(line);
    let path = path.split_once(" -").map_or(path, |(path, _)| path);
    path.rsplit('\\').next().unwrap_or(path).to_owned()
}

/// † The number of a process: always the same for one name, since the world has none.
pub fn process_id(name: &Name) -> u32 {
    let sum = name
        .as_str()
        .to_lowercase()
        .bytes()
        .fold(5_381_u32, |sum, byte| sum.wrapping_mul(33).wrapping_add(u32::from(byte)));
    (sum % 2_000 + 200) * 4
}

/// The agent's engine (mars-facts 5.1).
fn engine(host: &dyn HostAdmin) -> String {
    let key = KeyPath::new(r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup");
    let folder = match host.registry_value(&Account::System, &key, &Name::new("InstallPath")) {
        Ok(Some(RegistryValue::Text(text))) => text,
        _ => r"C:\Program Files\Microsoft Azure Recovery Services Agent".to_owned(),
    };
    format!(r"{}\bin\cbengine.exe", folder.trim_end_matches('\\'))
}

/// A process.
pub struct Process {
    /// Its program's name.
    pub program: String,
    /// Its number.
    pub id: u32,
    /// The services that run in it.
    pub services: Vec<Name>,
}

/// The processes of services that run, each with one of its own, and of programs that have files open.
pub fn processes(host: &dyn HostAdmin) -> Vec<Process> {
    let names = host.service_names().into_iter();
    let running = names.filter(|name| {
        let info = host.service(name).ok().flatten();
        info.is_some_and(|it| it.state == ServiceState::Running && !it.account.is_empty())
    });
    let of_services = running.map(|name| Process {
        program: program(host, &name),
        id: process_id(&name),
        services: vec![name],
    });
    let open = host.open_programs().into_iter().map(|name| Process {
        program: name.as_str().to_owned(),
        id: process_id(&name),
        services: Vec::new(),
    });
    of_services.chain(open).collect()
}

impl Process {
    /// The names of its services, or `N/A`.
    pub fn services_or_none(&self) -> String {
        if self.services.is_empty() {
            return "N/A".to_owned();
        }
        self.services.iter().map(Name::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Whether it fits a filter: `IMAGENAME eq x.exe`, `SERVICES eq x`, `PID eq 1`. Others fit nothing.
    pub fn fits(&self, filter: &str) -> bool {
        let mut words = filter.split_whitespace();
        let (field, operator) =
            (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let value = Name::from(words.collect::<Vec<_>>().join(" "));
        let is_equal = match field.to_ascii_uppercase().as_str() {
            "IMAGENAME" => Name::new(&self.program) == value,
            "SERVICES" => self.services.contains(&value),
            "PID" => Name::from(self.id.to_string()) == value,
            _ => return false,
        };
        match operator.to_ascii_lowercase().as_str() {
            "eq" => is_equal,
            "ne" => !is_equal,
            _ => false,
        }
    }
}
