//! Fault `proxy-asks`: the proxy wants to know who is there.

use marslab_model::world::Scheme;
use marslab_model::{Change, Field, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Fault, NotApplicable};
use crate::kind::Kind;
use crate::param::{HostAndPort, Several};

pub(super) const KIND: Kind<dyn Fault> = Kind::<dyn Fault>::new::<ProxyAsks>(
    "proxy-asks",
    "the proxy asks for credentials",
    r#"{ schemes = ["basic"], user = 'CORP\backup' }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ProxyAsks {
    /// The authentication schemes that it offers, in order.
    schemes: Several<Scheme>,
    /// The one user whom it lets pass.
    user: Name,
    /// The proxy's address; the world's only proxy where there is none.
    proxy: Option<HostAndPort>,
}

impl ProxyAsks {
    fn proxy(&self, world: &World) -> Result<Name, NotApplicable> {
        let proxies = &world.network.proxies;
        if let Some(named) = &self.proxy {
            let named = Name::new(named.as_address().to_string());
            let known = proxies.contains_key(&named);
            return if known {
                Ok(named)
            } else {
                Err(NotApplicable(format!("the network has no proxy at {named}")))
            };
        }
        let mut names = proxies.keys();
        match (names.next(), names.next()) {
            (Some(only), None) => Ok(only.clone()),
            (None, _) => Err(NotApplicable("the network has no proxy".to_owned())),
            (Some(_), Some(_)) => {
                Err(NotApplicable("the network has several proxies; name one".to_owned()))
            }
        }
    }
}

impl Fault for ProxyAsks {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let proxy = Field::world().network().proxies().at(self.proxy(world)?);
        Ok(vec![
            proxy.clone().asks().set(self.schemes.as_slice()),
            proxy.users().at(self.user.clone()).set(PASSWORD),
        ])
    }
}

/// The user's password. Nobody types it: a remedy reads it from the world, like an administrator who knows it.
const PASSWORD: &str = "Let-me-out-17";
