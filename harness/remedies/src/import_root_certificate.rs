//! Remedy `import-root-certificate`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Name;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<ImportRootCertificate>(
        "import-root-certificate",
        "imports root certificates into the machine's trusted roots",
        r#"{ authority = "Baltimore CyberTrust Root" }"#,
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ImportRootCertificate {
    /// The name of the root certification authority. Default: those to which the services' certificates chain.
    authority: Option<Name>,
}

#[async_trait]
impl Remedy for ImportRootCertificate {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        let mut roots = machine.trusted_roots.clone();
        match &self.authority {
            Some(authority) => roots.extend([authority.clone()]),
            None => roots.extend(world.cloud.endpoints.values().map(|it| it.root.clone())),
        }
        live.apply(&machine.field().trusted_roots().set(roots))?;
        Ok(())
    }
}
