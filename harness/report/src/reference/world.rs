//! The healthy world: the names that a scenario can use.

use marslab_base as base;
use marslab_model::world::{Cast, Machine, RegValue};
use marslab_model::{Name, World};

use super::page::{Page, code, codes};
use marslab_live::{Fidelity, start_time};

/// The chapter.
pub(super) fn write(page: &mut Page) {
    let world = base::healthy(start_time(Fidelity::Memory));
    page.heading(2, "world", "The healthy world");
    page.say(&intro(&world.cast));
    roles(page, &world.cast);
    if let Some(machine) = world.machines.get(&world.cast.machine) {
        services_and_tasks(page, machine);
        disks(page, machine);
        rest(page, machine);
    }
    page.heading(3, "world-agent", "What the agent creates");
    page.table(["where", "what", "created by"], &left_behind(&world.cast));
    servers(page, &world);
}

fn intro(cast: &Cast) -> String {
    format!(
        "The base world of every scenario, with the names that `--plain-world` uses. The customer's server is {}, its administrator is {}. Faults change this \
         server, the network or the cloud. A second machine, {}, also has the agent. The administrator's vault is {}; {} \
         is another vault in the same subscription. The backup contains {}. The time zone is Tokyo.",
        code(cast.machine.as_str()),
        code(cast.admin.as_str()),
        code(cast.other_machine.as_str()),
        code(cast.vault.as_str()),
        code(cast.other_vault.as_str()),
        code(cast.data.as_str()),
    )
}

/// What a scenario file names by its role, because it differs from world to world.
fn roles(page: &mut Page, cast: &Cast) {
    page.heading(3, "world-roles", "Roles");
    page.say(
        "Names, addresses and folders differ from run to run: the seed draws them. In a string of a scenario file, \
         `{proxy}` stands for the address of the proxy in the world that is played. `{{proxy}}` is the text `{proxy}`.",
    );
    let rows = cast.parts().into_iter().map(|part| {
        [code(&format!("{{{}}}", part.role)), part.summary.to_owned(), code(&part.value)]
    });
    page.table(["role", "what it is", "in the plain world"], &rows.collect::<Vec<_>>());
}

fn services_and_tasks(page: &mut Page, machine: &Machine) {
    page.heading(3, "world-machine", "The machine");
    let services = machine.services.iter();
    let services = services.map(|(name, it)| [code(name.as_str()), it.display.clone()]);
    page.table(["service", "display name"], &services.collect::<Vec<_>>());
    let tasks = machine.tasks.iter().map(|(name, task)| {
        let minute = task.trigger.minute_of_day;
        let time = format!("{:02}:{:02}", minute / 60, minute % 60);
        [code(name.as_str()), time, code(task.account.as_str())]
    });
    page.table(["task", "every day at", "account"], &tasks.collect::<Vec<_>>());
    let devices = machine.devices.iter();
    let devices = devices.map(|(id, it)| [code(id.as_str()), it.name.clone()]);
    page.table(["device", "name"], &devices.collect::<Vec<_>>());
    let software = machine.software.iter();
    let software = software.map(|(name, it)| [code(name.as_str()), it.version.clone()]);
    page.table(["software", "version"], &software.collect::<Vec<_>>());
}

fn disks(page: &mut Page, machine: &Machine) {
    let volumes = machine.volumes.iter().map(|(name, it)| {
        [code(name.as_str()), format!("{} MiB", it.size / MIB), format!("{} MiB", it.free / MIB)]
    });
    page.table(["volume", "size", "free"], &volumes.collect::<Vec<_>>());
    let size = |bytes: u64| match bytes / MIB {
        0 => format!("{bytes} bytes"),
        mib => format!("{mib} MiB"),
    };
    let files = machine.files.iter();
    let files = files.map(|(path, file)| [code(path.as_str()), size(file.size)]);
    page.table(["file", "size"], &files.collect::<Vec<_>>());
}

fn rest(page: &mut Page, machine: &Machine) {
    let accounts = machine.accounts.iter().map(|(name, it)| {
        let groups: Vec<&str> = it.groups.iter().map(Name::as_str).collect();
        [code(name.as_str()), codes(groups)]
    });
    page.table(["account", "groups"], &accounts.collect::<Vec<_>>());
    let variables = machine.environment.iter();
    let variables = variables.map(|(name, value)| [code(name.as_str()), code(value)]);
    page.table(["variable", "value"], &variables.collect::<Vec<_>>());
    let values = machine.registry.iter().flat_map(|(key, values)| {
        values.iter().map(|(name, value)| {
            let value = match value {
                RegValue::Text(text) => code(text),
                RegValue::Number(number) => number.to_string(),
                RegValue::Binary(_) => "bytes".to_owned(),
            };
            [code(key.as_str()), code(name.as_str()), value]
        })
    });
    page.table(["registry key", "name", "value"], &values.collect::<Vec<_>>());
}

fn servers(page: &mut Page, world: &World) {
    page.heading(3, "world-network", "The network");
    page.say(
        "Nothing is blocked, and there is no proxy unless a setting adds one. Only these names resolve:",
    );
    let names = world.network.names.iter().map(|(host, addresses)| {
        let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
        [code(&host.to_string()), codes(addresses.iter().map(String::as_str))]
    });
    page.table(["host", "address"], &names.collect::<Vec<_>>());
}

/// What the operations create where faults can change it.
fn left_behind(cast: &Cast) -> Vec<[String; 3]> {
    let scratch = format!(r"{}\Scratch", base::INSTALL);
    let key = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";
    let downloads = cast.downloads();
    let rows = [
        (
            code(downloads.as_str()),
            "the vault credentials file: the newest file in this folder",
            "download-credentials",
        ),
        (
            code(key),
            "the registration: `MachineId`, `ResourceId`, `ServiceResourceName`, …",
            "register",
        ),
        (
            code(&format!(r"{scratch}\OnlineBackup.KEK")),
            "the key file of the passphrase",
            "set-passphrase",
        ),
        (
            code(&scratch),
            "the scratch folder: settings, and space for the metadata of a backup (5 % of the data)",
            "activate",
        ),
    ];
    rows.map(|(place, what, operation)| [place, what.to_owned(), code(operation)]).into()
}

const MIB: u64 = 1 << 20;
