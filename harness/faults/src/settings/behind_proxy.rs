//! Setting `behind-proxy`: the internet can be reached only through a proxy.

use ipnet::IpNet;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::proxy::{LanProxy, OwnProxy};
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_actions::value_types::{HostAndPort, ProxyProduct, ScriptAnswer};
use marslab_model::net::Host;
use marslab_model::world::{Action, Origin, Proxy, Rule};
use marslab_model::{Address, Change, Field, Target, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<BehindProxy>(
    "behind-proxy",
    "machines reach the internet only through a proxy, which they are configured to use",
    r#"{ address = "10.0.0.5:8080", agent-knows-it = true }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct BehindProxy {
    /// The proxy's address.
    address: HostAndPort,
    /// The product: `squid-5`, `squid-6`, `tinyproxy-1.11`, `isa`, `cloud-gateway`, `data-guard`, `asks-with-401` or
    /// `asks-without-challenge`.
    #[serde(default)]
    product: ProxyProduct,
    /// Whether the agent is configured to use it.
    #[serde(default)]
    agent_knows_it: bool,
    /// Whether the SYSTEM account is configured to use it.
    #[serde(default)]
    system_knows_it: bool,
    /// Whether WinHTTP is configured to use it (`netsh winhttp set proxy`); the agent ignores that.
    #[serde(default)]
    winhttp_knows_it: bool,
    /// The result of the configuration script (PAC) that the proxy serves at `/proxy.pac`. If given, Windows is
    /// configured with the script instead of an address; the agent's own setting does not support scripts.
    script: Option<ScriptAnswer>,
}

impl Setting for BehindProxy {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let admin = machine.accounts.get(&world.cast.admin);
        let admin = admin
            .ok_or_else(|| NotApplicable::lacks(machine.name(), "account", &world.cast.admin))?;
        if !(self.agent_knows_it || self.system_knows_it) {
            let reason = "nothing would use the proxy; set `agent-knows-it` or `system-knows-it`";
            return Err(NotApplicable::Parameters(reason));
        }
        let address = self.address.as_address();
        let script = self.script.as_ref().map(ScriptAnswer::script);
        let mut changes =
            Vec::from(network(world, address, self.proxy(script.unwrap_or_default())));
        changes.extend(self.lan_settings(machine, &admin.sid));
        if self.system_knows_it {
            changes.extend(self.lan_settings(machine, edit::SYSTEM_SID));
        }
        if self.winhttp_knows_it {
            changes.extend(edit::proxy::winhttp_proxy(machine, address));
        }
        if self.agent_knows_it {
            changes.extend(edit::proxy::agent_proxy(machine, &OwnProxy::at(address)));
        }
        Ok(changes)
    }
}

impl BehindProxy {
    fn proxy(&self, script: String) -> Proxy {
        Proxy { script, ..Proxy::open(self.product.as_str()) }
    }

    /// The proxy settings of the account with this SID.
    fn lan_settings(&self, machine: edit::Placed<'_>, sid: &str) -> Vec<Change> {
        let address = self.address.as_address();
        match self.script {
            Some(_) => edit::proxy::configuration_script(machine, sid, address),
            None => edit::proxy::lan_proxy(machine, sid, &LanProxy::at(address)),
        }
    }
}

/// The proxy, and a firewall that lets machines out of their network only through it.
fn network(world: &World, address: &Address, proxy: Proxy) -> [Change; 4] {
    let network = Field::world().network();
    let to_proxy = match &address.host {
        Host::Name(name) => Target::Host(name.clone()),
        Host::Ip(ip) => Target::Range(IpNet::from(*ip)),
    };
    let rule = |to, port, action| Rule { from: Origin::Machines, to, port, action };
    // What machines reach without the proxy.
    let inside = Target::Range(world.cast.network);
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
