//! Fault `hosts-entry`: the hosts file of Windows gives a name another address.

use std::net::IpAddr;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, HostName, WinPath, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<HostsEntry>(
    "hosts-entry",
    "the hosts file of Windows has an address for a name, which no DNS server is then asked for",
    r#"{ name = "login.windows.net", address = "10.1.0.4" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct HostsEntry {
    /// The name.
    name: HostName,
    /// Its address; nothing needs to be there.
    address: IpAddr,
}

impl Fault for HostsEntry {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let path = WinPath::new(edit::HOSTS_FILE);
        let before = machine.files.get(&path).map(|file| file.content.bytes());
        let before = String::from_utf8_lossy(before.unwrap_or_default());
        let text = format!("{before}{}\t{}\r\n", self.address, self.name);
        Ok(vec![edit::text_file(world, machine, path, &text)])
    }
}
