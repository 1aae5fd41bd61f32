use marslab_model::world::{DeviceStatus, ServiceState};
use marslab_model::{Name, WinPath};

use crate::window::Window;

#[tokio::test]
async fn devices_are_shown() {
    let mut window = Window::with(|machine| {
        let device = machine.devices.get_mut(&Name::new(r"ROOT\ISCSIPRT\0000")).unwrap();
        device.class = String::new();
        device.status = DeviceStatus::Problem;
    });
    let text = window.text(r"Get-PnpDevice -InstanceId ROOT\ISCSIPRT*").await;
    assert!(text.contains("\nStatus     Class           FriendlyName"), "{text}");
    assert!(text.contains("\nError                      Microsoft iSCSI Initiator"), "{text}");
    assert_eq!(window.text("Get-PnpDevice -Class Net | % Status").await, "OK\n");
    assert!(
        window
            .failure("Get-PnpDevice -FriendlyName x", 1)
            .await
            .contains("No matching Win32_PnPEntity")
    );
}

#[tokio::test]
async fn the_computer_restarts() {
    let mut window = Window::with(|machine| {
        machine.services.get_mut(&Name::new("obengine")).unwrap().state = ServiceState::Stopped;
    });
    let before = window.machine().boot.id;
    window.text("Restart-Computer -Force").await;
    let machine = window.machine();
    assert_eq!(machine.boot.id, before + 1);
    assert_eq!(machine.services[&Name::new("obengine")].state, ServiceState::Running);
}

#[tokio::test]
async fn roots_are_imported() {
    let mut window = Window::with(|_| {});
    let root = window.live.host();
    let der = marslab_model::host::System::trusted_roots(root).unwrap().remove(0);
    let size = u64::try_from(der.len()).unwrap();
    let (who, path) = (marslab_model::host::Account::System, WinPath::new(r"C:\root.cer"));
    marslab_model::HostControl::write_file(root, &who, &path, &der, size).unwrap();
    let mut names = window.machine().trusted_roots;
    let first = names.iter().next().cloned().unwrap();
    let text = window
        .text(r"Import-Certificate C:\root.cer -CertStoreLocation Cert:\LocalMachine\Root")
        .await;
    assert!(text.contains("Thumbprint"), "{text}");
    names.insert(first);
    assert_eq!(window.machine().trusted_roots, names);
    let text = window
        .failure(r"Import-Certificate C:\root.cer -CertStoreLocation Cert:\CurrentUser\My", 1)
        .await;
    assert!(text.contains("is not part of the lab"), "{text}");
}

#[tokio::test]
async fn processes_are_those_of_services() {
    let mut window = Window::with(|_| {});
    assert_eq!(window.text("(Get-Process cbengine).ProcessName").await, "cbengine\n");
    window.text("Stop-Service obengine").await;
    let text = window.failure("Get-Process cbengine", 1).await;
    assert!(text.contains("Cannot find a process with the name \"cbengine\"."), "{text}");
}

#[tokio::test]
async fn what_the_lab_has_not_says_so() {
    let mut window = Window::with(|_| {});
    for line in ["Stop-Process -Id 4", "Get-WmiObject Win32_Service"] {
        assert!(window.failure(line, 1).await.contains("is not part of the lab"), "{line}");
    }
}
