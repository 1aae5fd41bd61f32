//! Remedy `close-program`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::{Change, Name};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<CloseProgram>(
    "close-program",
    "ends a program, which lets go of the files that it has open",
    r#"{ program = "setup.exe" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CloseProgram {
    /// The program, by the name of its file.
    program: Name,
}

#[async_trait]
impl Remedy for CloseProgram {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        let theirs = machine.open_files.iter().filter(|(_, program)| **program == self.program);
        let closed: Vec<Change> = theirs
            .map(|(path, _)| machine.field().open_files().at(path.clone()).removed())
            .collect();
        administrator::make(live, &closed)
    }
}
