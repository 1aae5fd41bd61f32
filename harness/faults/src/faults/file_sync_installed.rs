//! Fault `file-sync-installed`: Azure File Sync is installed.

use std::collections::BTreeSet;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::{File, Service, ServiceState, Software, StartType};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<FileSyncInstalled>(
    "file-sync-installed",
    "the Azure File Sync agent is installed with its filter driver StorageSync.sys",
    r#"{ version = "4.3.0.0" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileSyncInstalled {
    /// The agent's version.
    version: String,
    /// Whether the driver is loaded.
    #[serde(default = "yes")]
    loaded: bool,
}

impl Fault for FileSyncInstalled {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let (state, start) = if self.loaded {
            (ServiceState::Running, StartType::Automatic)
        } else {
            (ServiceState::Stopped, StartType::Disabled)
        };
        let driver = Service {
            display: "StorageSync".to_owned(),
            state,
            start,
            account: String::new(),
            responding: true,
        };
        let file = File {
            content: "MZ StorageSync".into(),
            size: FILE_BYTES,
            modified: machine.boot.at,
            attributes: BTreeSet::new(),
        };
        let field = machine.field();
        Ok(vec![
            field.clone().files().at(FILE).set(file),
            field.clone().services().at("StorageSync").set(driver),
            field.software().at(PRODUCT).set(Software { version: self.version.clone() }),
        ])
    }
}

fn yes() -> bool {
    true
}

const FILE: &str = r"C:\Windows\System32\drivers\StorageSync.sys";

const FILE_BYTES: u64 = 327_680;

/// Its name in the list of installed programs; the lab's own.
const PRODUCT: &str = "Azure File Sync Agent";
