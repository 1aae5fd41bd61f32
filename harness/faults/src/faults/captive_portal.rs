//! Fault `captive-portal`: the network requires a sign-in first.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::{Action, Origin, Override, Portal, Rule};
use marslab_model::{Change, Field, HostName, Name, Target, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<CaptivePortal>(
    "captive-portal",
    "a captive portal answers in place of hosts until someone signs in to the network",
    r#"{ answers = "redirect" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CaptivePortal {
    /// What the portal answers.
    answers: Answers,
    /// How connections reach the portal.
    #[serde(default)]
    by: Way,
    /// The hosts for which it answers. Default: all.
    #[serde(default)]
    to: Vec<Target>,
    /// Whether it also answers for HTTPS, without a valid certificate.
    #[serde(default)]
    secure_too: bool,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Answers {
    /// A redirect (302) to its page.
    Redirect,
    /// Its page, with status 200.
    Page,
    /// Status 511 with a link to its page (RFC 6585).
    #[serde(rename = "511")]
    NetworkAuthentication,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Way {
    /// A firewall redirects them.
    #[default]
    Firewall,
    /// The DNS server resolves names to the portal's address.
    Names,
}

impl CaptivePortal {
    fn portal(&self, world: &World) -> Portal {
        let host = host(world);
        let login = format!("http://{host}/login");
        let (status, location) = match self.answers {
            Answers::Redirect => (302, login.clone()),
            Answers::Page => (200, String::new()),
            Answers::NetworkAuthentication => (511, String::new()),
        };
        Portal {
            host,
            status,
            location,
            page: format!("<html><body><a href=\"{login}\">Sign in</a></body></html>"),
        }
    }

    /// The hosts for which it answers.
    fn redirected(&self) -> &[Target] {
        if self.to.is_empty() { &[Target::Any] } else { &self.to }
    }

    fn overrides(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let overrides = Field::world().network().resolver().overrides();
        let make = |of: &Target| match of {
            Target::Range(range) => Err(NotApplicable::RangeInDns(*range)),
            Target::Any | Target::Host(_) | Target::Wildcard(_) => {
                let it = Override { of: of.clone(), with: vec![world.cast.gateway] };
                Ok(overrides.clone().at(format!("10 portal {of}")).set(it))
            }
        };
        self.redirected().iter().map(make).collect()
    }

    fn rules(&self) -> Vec<Change> {
        let ports = if self.secure_too { &[80, 443][..] } else { &[80] };
        let rule = |to: &Target, port: u16| {
            let rule = Rule {
                from: Origin::Machines,
                to: to.clone(),
                port: Some(port),
                action: Action::Divert,
            };
            // The number sorts the rule before those of a healthy world, which begin with 50 and more.
            let name = Name::new(format!("10 portal {to} port {port}"));
            Field::world().network().firewall().at(name).set(rule)
        };
        self.redirected()
            .iter()
            .flat_map(|to| ports.iter().map(move |port| rule(to, *port)))
            .collect()
    }
}

impl Fault for CaptivePortal {
    fn targets(&self) -> &[Target] {
        &self.to
    }

    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if !world.network.portals.is_empty() {
            return Err(NotApplicable::State("the network already has a portal"));
        }
        let portals = Field::world().network().portals();
        let mut changes = vec![portals.at(world.cast.gateway.to_string()).set(self.portal(world))];
        changes.extend(match self.by {
            Way::Firewall => self.rules(),
            Way::Names => self.overrides(world)?,
        });
        Ok(changes)
    }
}

/// The portal's own name.
fn host(world: &World) -> HostName {
    HostName::new(format!("portal.{}", world.cast.domain))
}
