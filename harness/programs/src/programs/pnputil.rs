//! `pnputil`: devices. The layout is that of mars-facts 6, the class ids are Windows' own; makers and drivers of devices the lab has not.

use async_trait::async_trait;
use marslab_model::Name;
use marslab_model::host::DeviceInfo;
use marslab_model::world::DeviceStatus;
use marslab_shell::Printed;
use marslab_shell::wording::Texts;

use crate::page::Page;

use crate::program::{Call, Program};

pub(super) struct Pnputil;

#[async_trait]
impl Program for Pnputil {
    fn name(&self) -> &'static str {
        "pnputil"
    }

    fn about(&self) -> &'static str {
        "devices and their drivers"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["/enum-devices [/class CLASS] [/problem]", "/scan-devices", "/add-driver INF /install"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let verb = call.arg(0).unwrap_or_default().to_ascii_lowercase();
        match verb.as_str() {
            "/enum-devices" | "-enum-devices" => list(call),
            "/scan-devices" | "-scan-devices" => Printed::ok(
                "Microsoft PnP Utility\n\nScanning for device hardware changes.\nScan complete.\n",
            ),
            "/add-driver" | "-add-driver" => add(call),
            _ => Printed::failed(1, usage()),
        }
    }
}

fn usage() -> String {
    let lines = Pnputil.usage().iter();
    let lines: String = lines.map(|line| format!("    pnputil {line}\n")).collect();
    format!(
        "Microsoft PnP Utility\n\nPNPUTIL [/add-driver <...> | /enum-devices <...> | /scan-devices <...>]\n\n{lines}"
    )
}

fn list(call: &Call<'_>) -> Printed {
    let (mut class, mut problems) = (None, false);
    let mut words = call.args.iter().skip(1);
    while let Some(word) = words.next() {
        match word.to_ascii_lowercase().as_str() {
            "/class" => class = words.next().cloned(),
            "/problem" => problems = true,
            "/connected" | "/ids" => {}
            _ => return Printed::failed(1, usage()),
        }
    }
    let Ok(devices) = call.host().devices() else {
        return Printed::failed(1, "Microsoft PnP Utility\n\nFailed to enumerate devices.\n");
    };
    let is_meant = |device: &DeviceInfo| {
        class.as_ref().is_none_or(|class| {
            device.class.eq_ignore_ascii_case(class)
                || class_id(&device.class).eq_ignore_ascii_case(class)
        }) && (!problems || device.status != DeviceStatus::Started)
    };
    let mut page = Page::default();
    page.line("Microsoft PnP Utility").blank();
    let mut found = false;
    for (id, device) in devices.iter().filter(|(_, device)| is_meant(device)) {
        found = true;
        show(&mut page, id, device);
    }
    if !found {
        page.line("No devices were found on the system.");
    }
    Printed::ok(page.text())
}

fn show(page: &mut Page, id: &Name, device: &DeviceInfo) {
    let mut field = |label: &str, value: &str| {
        page.line(format!("{:<28}{value}", format!("{label}:")));
    };
    field("Instance ID", id.as_str());
    field("Device Description", &device.name);
    if !device.class.is_empty() {
        field("Class Name", &device.class);
        field("Class GUID", class_id(&device.class));
    }
    let (status, code) = match device.status {
        DeviceStatus::Started => ("Started", None),
        DeviceStatus::Problem if device.class.is_empty() => {
            ("Problem", Some("28 (0x1C) [CM_PROB_FAILED_INSTALL]"))
        }
        DeviceStatus::Problem => ("Problem", Some("10 (0x0A) [CM_PROB_FAILED_START]")),
        DeviceStatus::RestartNeeded => ("Problem", Some("14 (0x0E) [CM_PROB_NEED_RESTART]")),
    };
    field("Status", status);
    if let Some(code) = code {
        field("Problem Code", code);
    }
    for (index, hardware) in device.hardware_ids.iter().enumerate() {
        field(if index == 0 { "Hardware IDs" } else { "" }, hardware);
    }
    page.blank();
}

/// The ids of device setup classes (Microsoft's list of system-defined ones).
fn class_id(class: &str) -> &'static str {
    match class.to_ascii_lowercase().as_str() {
        "scsiadapter" => "{4d36e97b-e325-11ce-bfc1-08002be10318}",
        "net" => "{4d36e972-e325-11ce-bfc1-08002be10318}",
        "diskdrive" => "{4d36e967-e325-11ce-bfc1-08002be10318}",
        "system" => "{4d36e97d-e325-11ce-bfc1-08002be10318}",
        _ => "",
    }
}

/// Of the drivers that come with Windows the lab has that of the iSCSI initiator.
fn add(call: &Call<'_>) -> Printed {
    let file = call.arg(1).unwrap_or_default().to_ascii_lowercase();
    let name = file.rsplit('\\').next().unwrap_or_default();
    let mut page = Page::default();
    page.line("Microsoft PnP Utility").blank();
    if !call.is_administrator() {
        page.line("Access is denied.");
        return Printed::failed(5, page.text());
    }
    if name != "iscsi.inf" {
        page.line("Adding the driver package failed : The system cannot find the file specified.");
        return Printed::failed(2, page.text());
    }
    page.line("Adding driver package:  iscsi.inf")
        .line("Driver package added successfully. (Already exists in the system)");
    page.line("Published Name:         iscsi.inf");
    if call.args.iter().any(|word| word.eq_ignore_ascii_case("/install")) {
        let description = call.text(&INITIATOR);
        if call.host().install_driver(r"ROOT\ISCSIPRT", "SCSIAdapter", description) {
            page.line(r"Driver package installed on device: ROOT\ISCSIPRT");
        } else {
            page.line("Driver package is not installed on any devices.");
        }
    }
    Printed::ok(page.text())
}

/// The device's name with its driver (mars-facts 2).
const INITIATOR: Texts = Texts {
    en: "Microsoft iSCSI Initiator",
    ja: "Microsoft iSCSI イニシエーター",
    ko: "Microsoft iSCSI 초기자",
    zh: "Microsoft iSCSI 啟動器",
};
