//! Fault `hosts-entry`: the hosts file of Windows gives a name another address.

use std::net::IpAddr;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::File;
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
        let path = WinPath::new(HOSTS_FILE);
        let there = machine.files.get(&path);
        let before = there.map(|file| String::from_utf8_lossy(file.content.bytes()).into_owned());
        let text = format!("{}{}\t{}\r\n", before.unwrap_or_default(), self.address, self.name);
        let file = File {
            size: u64::try_from(text.len()).unwrap_or(u64::MAX),
            content: text.as_str().into(),
            modified: world.now,
            attributes: there.map(|file| file.attributes.clone()).unwrap_or_default(),
        };
        Ok(vec![machine.field().files().at(path).set(file)])
    }
}

const HOSTS_FILE: &str = r"C:\Windows\System32\drivers\etc\hosts";
