//! Remedy `exclude-from-antivirus-scan`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::FilePath;
use marslab_live::Live;
use marslab_model::world::RegValue;
use marslab_model::{KeyPath, Name, WinPath};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<ExcludeFromAntivirusScan>(
        "exclude-from-antivirus-scan",
        "excludes the agent's program and folders, and every csc.exe, from the antivirus scan",
        "{}",
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ExcludeFromAntivirusScan {
    /// Additional files and folders to exclude.
    #[serde(default)]
    also: Vec<FilePath>,
}

#[async_trait]
impl Remedy for ExcludeFromAntivirusScan {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        let is_compiler = |path: &&WinPath| {
            let name = path.file_name().eq_ignore_ascii_case("csc.exe");
            name && path.is_within(&WinPath::new(DOTNET))
        };
        let mut exclusions = machine.antivirus.exclusions.clone();
        exclusions.extend(machine.files.keys().filter(is_compiler).cloned());
        let scratch = machine.registry.get(&KeyPath::new(edit::PROVIDER));
        let scratch = scratch.and_then(|values| values.get(&Name::new(edit::SCRATCH)));
        if let Some(RegValue::Text(scratch)) = scratch {
            exclusions.insert(WinPath::new(scratch.as_str()));
        }
        exclusions.extend(["CBEngine.exe", BIN].map(WinPath::new));
        exclusions.extend(self.also.iter().map(|path| path.as_path().clone()));
        live.apply(&machine.field().antivirus().exclusions().set(exclusions))?;
        Ok(())
    }
}

/// Where the versions of .NET are installed.
const DOTNET: &str = r"C:\Windows\Microsoft.NET";

/// The agent's programs (zh-2019-05, 34513).
const BIN: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\Bin";
