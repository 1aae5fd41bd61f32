use marslab_model::Name;
use marslab_model::world::DeviceStatus;

use crate::window::Window;

#[tokio::test]
async fn a_restart_is_one() {
    let mut window = Window::with(|machine| {
        let device = machine.devices.get_mut(&Name::new(r"ROOT\ISCSIPRT\0000")).unwrap();
        device.status = DeviceStatus::RestartNeeded;
    });
    let before = window.machine().boot.id;
    window.text("cd Windows & shutdown /r /t 0").await;
    let machine = window.machine();
    assert_eq!(machine.boot.id, before + 1);
    assert_eq!(machine.devices[&Name::new(r"ROOT\ISCSIPRT\0000")].status, DeviceStatus::Started);
    assert_eq!(window.console.prompt(), r"C:\>");
    window.failure("shutdown", 1).await;
    window.failure("shutdown /s", 1).await;
    window.failure("shutdown -a /a", 1116).await;
}
