//! Remedy `update-iscsi-driver`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::{NotApplicable, RemedyError};
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Name;
use marslab_model::world::{Device, DeviceStatus, Language};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<UpdateIscsiDriver>(
    "update-iscsi-driver",
    r"updates the driver of the unknown device with the hardware ID ROOT\ISCSIPRT",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UpdateIscsiDriver {}

#[async_trait]
impl Remedy for UpdateIscsiDriver {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        let found = machine.devices.iter().find(|(_, device)| is_undriven_initiator(device));
        let none = || NotApplicable::missing("unknown device with the hardware ID", HARDWARE_ID);
        let (id, device) = found.ok_or_else(none)?;
        let driven = Device {
            name: initiator(machine.language).to_owned(),
            class: "SCSIAdapter".to_owned(),
            hardware_ids: device.hardware_ids.clone(),
            status: DeviceStatus::Started,
        };
        live.apply(&machine.field().devices().at(id.clone()).set(driven))?;
        Ok(())
    }
}

fn is_undriven_initiator(device: &Device) -> bool {
    let mut ids = device.hardware_ids.iter();
    device.class.is_empty() && ids.any(|id| Name::new(id.as_str()) == Name::new(HARDWARE_ID))
}

/// The device's name with its driver (mars-facts 2).
fn initiator(language: Language) -> &'static str {
    language.pick([
        "Microsoft iSCSI Initiator",
        "Microsoft iSCSI イニシエーター",
        "Microsoft iSCSI 초기자",
        "Microsoft iSCSI 啟動器",
    ])
}

/// zh-2019-05, troubleshoot-restore-issues, step 4.
const HARDWARE_ID: &str = r"ROOT\ISCSIPRT";
