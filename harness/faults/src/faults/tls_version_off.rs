//! Fault `tls-version-off`: SCHANNEL disables TLS versions for clients.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::secure_channel::{self, OffBy};
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::setting::Setting;
use marslab_actions::value_types::NonEmptyVec;
use marslab_model::world::TlsVersion;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<TlsVersionOff>(
    "tls-version-off",
    "TLS versions are disabled for client programs on the machine",
    r#"{ versions = ["1.0"] }"#,
);

/// The same as a setting.
pub(crate) const SETTING: ActionSpec<dyn Setting> =
    ActionSpec::<dyn Setting>::new::<TlsVersionOff>(SPEC.name, SPEC.summary, SPEC.example);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TlsVersionOff {
    /// The versions.
    versions: NonEmptyVec<TlsVersion>,
    /// Which registry value disables them: `enabled` or `disabled-by-default`. Default: both.
    by: Option<OffBy>,
}

impl Fault for TlsVersionOff {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let versions = self.versions.as_slice().iter();
        Ok(versions
            .flat_map(|version| secure_channel::disable(machine, *version, self.by))
            .collect())
    }
}
