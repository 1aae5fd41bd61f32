//! Fault `sites-untrusted`: sites are no longer trusted sites.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::{self, zones};
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::NonEmptyVec;
use marslab_model::{Change, Target, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<SitesUntrusted>(
    "sites-untrusted",
    "sites are missing from the trusted sites of the SYSTEM account",
    r#"{ sites = ["*.windows.net"] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SitesUntrusted {
    /// The hosts and wildcards, as they were added before.
    sites: NonEmptyVec<Target>,
}

impl Fault for SitesUntrusted {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let remove = |site: &Target| {
            let removed = zones::distrust(machine, site);
            removed.ok_or_else(|| NotApplicable::unsuitable(site, "is not a trusted site"))
        };
        self.sites.as_slice().iter().map(remove).collect()
    }
}
