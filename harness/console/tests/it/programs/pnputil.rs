use marslab_model::Name;
use marslab_model::world::DeviceStatus;

use crate::window::Window;

#[tokio::test]
async fn devices_follow_the_world() {
    let mut window = Window::with(|_| {});
    let text = window.text("pnputil /enum-devices /class SCSIAdapter").await;
    assert!(
        text.starts_with(
            "Microsoft PnP Utility\n\nInstance ID:                ROOT\\ISCSIPRT\\0000\n"
        ),
        "{text}"
    );
    assert!(
        text.contains("Status:                     Started\n") && !text.contains("Intel"),
        "{text}"
    );
    assert!(window.text("pnputil /enum-devices /problem").await.contains("No devices were found"));
    window.failure("pnputil /frob", 1).await;
}

/// zh-2019-05, restore issues, steps 4 to 6.
#[tokio::test]
async fn an_unknown_device_gets_its_driver() {
    let id = Name::new(r"ROOT\ISCSIPRT\0000");
    let mut window = Window::with(|machine| {
        let device = machine.devices.get_mut(&id).unwrap();
        (device.class, device.name) = (String::new(), "Unknown device".to_owned());
        device.status = DeviceStatus::Problem;
    });
    assert!(
        window
            .text("pnputil /enum-devices /problem")
            .await
            .contains("Problem Code:               28")
    );
    window.text(r"pnputil /add-driver C:\Windows\INF\iscsi.inf /install").await;
    let device = window.machine().devices[&id].clone();
    assert_eq!((device.class.as_str(), device.status), ("SCSIAdapter", DeviceStatus::Started));
    window.failure(r"pnputil /add-driver other.inf /install", 2).await;
}
