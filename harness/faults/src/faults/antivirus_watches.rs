//! Fault `antivirus-watches`: antivirus software blocks files.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{NonEmptyVec, PathOrProgram};
use marslab_model::world::{Antivirus, Refusal};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<AntivirusWatches>(
    "antivirus-watches",
    "antivirus software blocks access to paths and programs that are not excluded",
    r#"{ watches = ["cbengine.exe"], excludes = ["dpmra.exe"] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AntivirusWatches {
    /// The files, folders and programs that it blocks.
    watches: NonEmptyVec<PathOrProgram>,
    /// The files, folders and programs that are excluded.
    #[serde(default)]
    excludes: Vec<PathOrProgram>,
    /// How it refuses to let a file be read: as a program that has it open, or as an access list would.
    #[serde(default)]
    refuses: Refusal,
}

impl Fault for AntivirusWatches {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        edit::machine(world)?;
        let paths =
            |rules: &[PathOrProgram]| rules.iter().map(|rule| rule.as_path().clone()).collect();
        let antivirus = Antivirus {
            product: PRODUCT.to_owned(),
            blocked: paths(self.watches.as_slice()),
            exclusions: paths(&self.excludes),
            refusal: self.refuses,
        };
        Ok(vec![edit::machine_field(world).antivirus().set(antivirus)])
    }
}

/// The port reports the status and the settings of Windows' own antivirus.
const PRODUCT: &str = "Microsoft Defender Antivirus";
