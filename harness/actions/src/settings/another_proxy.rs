//! Setting `another-proxy`: the network has a proxy that nobody needs.

use marslab_model::world::Proxy;
use marslab_model::{Change, Field, Name, Target, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::error::NotApplicable;
use crate::setting::Setting;
use crate::value_types::{HostAndPort, ProxyProduct, ScriptAnswer};

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<AnotherProxy>(
    "another-proxy",
    "the network has a proxy that nobody is set to use, beside that of `behind-proxy` where there is one",
    r#"{ address = "10.0.0.9:3128" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AnotherProxy {
    /// The proxy's address.
    address: HostAndPort,
    /// What program it is: `squid-5`, `squid-6`, `tinyproxy-1.11`, `isa`, `cloud-gateway`, `data-guard`, `asks-with-401` or
    /// `asks-without-challenge`.
    #[serde(default)]
    product: ProxyProduct,
    /// Hosts, wildcards such as `*.windows.net`, addresses, CIDR ranges, or `*`, to which it does not connect.
    #[serde(default)]
    refuses: Vec<Target>,
    /// What the configuration script answers that it serves at `/proxy.pac`; it serves none where there is none.
    script: Option<ScriptAnswer>,
}

impl Setting for AnotherProxy {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let name = Name::new(self.address.as_address().to_string());
        if world.network.proxies.contains_key(&name) {
            return Err(NotApplicable(format!("the network has a proxy at {name} already")));
        }
        let proxy = Proxy {
            realm: "Proxy".to_owned(),
            refuses: self.refuses.clone(),
            script: self.script.as_ref().map(ScriptAnswer::script).unwrap_or_default(),
            ..Proxy::open(self.product.as_str())
        };
        Ok(vec![Field::world().network().proxies().at(name).set(proxy)])
    }
}
