//! Setting `behind-proxy`: the network can only be left through a proxy.

use std::collections::BTreeMap;

use ipnet::IpNet;
use marslab_model::net::Host;
use marslab_model::world::{Action, Machine, Origin, Proxy, Rule};
use marslab_model::{Address, Change, Field, KeyPath, Name, Target, World};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Setting;
use crate::base::{ADMIN, MACHINE};
use crate::edit;
use crate::faults::NotApplicable;
use crate::kind::Kind;
use crate::param::HostAndPort;

pub(super) const KIND: Kind<dyn Setting> = Kind::<dyn Setting>::new::<BehindProxy>(
    "behind-proxy",
    "machines leave their network only through a proxy, and who needs it knows it",
    r#"{ address = "10.0.0.5:8080", agent-knows-it = true }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct BehindProxy {
    /// The proxy's address.
    address: HostAndPort,
    /// Whether the agent is set to use it.
    #[serde(default)]
    agent_knows_it: bool,
    /// Whether Windows is set to use it for the SYSTEM account.
    #[serde(default)]
    system_knows_it: bool,
}

impl Setting for BehindProxy {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let name = Name::new(MACHINE);
        let machine = world.machines.get(&name);
        let machine = machine.ok_or_else(|| NotApplicable(format!("there is no {name}")))?;
        let admin = machine.accounts.get(&Name::new(ADMIN));
        let admin = admin.ok_or_else(|| NotApplicable(format!("{name} has no {ADMIN}")))?;
        if !(self.agent_knows_it || self.system_knows_it) {
            let reason = "nobody knows the proxy; set `agent-knows-it` or `system-knows-it`";
            return Err(NotApplicable(reason.to_owned()));
        }
        let address = self.address.as_address();
        let mut changes = Vec::from(network(address));
        changes.extend(internet_settings(machine, &admin.sid, address));
        if self.system_knows_it {
            changes.extend(internet_settings(machine, SYSTEM_SID, address));
        }
        if self.agent_knows_it {
            changes.extend(agent(machine, address));
        }
        Ok(changes)
    }
}

/// The proxy, and a firewall that lets machines out of their network only through it.
fn network(address: &Address) -> [Change; 4] {
    let network = Field::world().network();
    let proxy = Proxy {
        asks: Vec::new(),
        realm: "Proxy".to_owned(),
        users: BTreeMap::new(),
        refuses: Vec::new(),
    };
    let to_proxy = match &address.host {
        Host::Name(name) => Target::Host(name.clone()),
        Host::Ip(ip) => Target::Range(IpNet::from(*ip)),
    };
    let rule = |to, port, action| Rule { from: Origin::Machines, to, port, action };
    let inside = INSIDE.parse().unwrap_or(Target::Any);
    [
        network.clone().proxies().at(address.to_string()).set(proxy),
        network.clone().firewall().at("50 inside").set(rule(inside, None, Action::Allow)),
        network.clone().firewall().at("51 proxy").set(rule(
            to_proxy,
            Some(address.port),
            Action::Allow,
        )),
        network.firewall().at("90 outside").set(rule(Target::Any, None, Action::Drop)),
    ]
}

/// WinINET's proxy of the account with this SID.
fn internet_settings(machine: &Machine, sid: &str, address: &Address) -> Vec<Change> {
    let key = KeyPath::new(format!(r"HKU\{sid}\{INTERNET_SETTINGS}"));
    let values = [("ProxyEnable", 1.into()), ("ProxyServer", address.to_string().into())];
    edit::registry(machine, MACHINE, key, values)
}

/// The agent's own proxy.
fn agent(machine: &Machine, address: &Address) -> Vec<Change> {
    let values = [
        ("ProxyServer", address.host.to_string().into()),
        ("ProxyPort", u32::from(address.port).into()),
    ];
    edit::registry(machine, MACHINE, KeyPath::new(PROVIDER), values)
}

/// What machines reach without the proxy: the addresses of a company's network (RFC 1918).
const INSIDE: &str = "10.0.0.0/8";

const SYSTEM_SID: &str = "S-1-5-18";

const INTERNET_SETTINGS: &str = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings";

const PROVIDER: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider";
