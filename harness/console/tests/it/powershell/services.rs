use marslab_model::Name;
use marslab_model::world::{ServiceState, StartType};

use crate::window::Window;

#[tokio::test]
async fn services_are_listed_as_they_are() {
    let mut window = Window::with(|machine| {
        let service = machine.services.get_mut(&Name::new("MSiSCSI")).unwrap();
        service.state = ServiceState::Stopped;
        service.start = StartType::Disabled;
    });
    let text = window.text("Get-Service obengine, msiscsi").await;
    assert_eq!(
        text,
        "\nStatus   Name               DisplayName\n------   ----               -----------\n\
         Running  obengine           Microsoft Azure Recovery Services A...\n\
         Stopped  MSiSCSI            Microsoft iSCSI Initiator Service\n\n\n"
    );
    assert_eq!(window.text("(Get-Service MSiSCSI).StartType").await, "Disabled\n");
    assert_eq!(window.text("Get-Service -DisplayName '*iSCSI*' | % Name").await, "MSiSCSI\n");
    assert_eq!(window.text("Get-Service *nothing*").await, "");
    let text = window.failure("Get-Service x", 1).await;
    assert_eq!(
        text,
        "Get-Service : Cannot find any service with service name 'x'.\nAt line:1 char:1\n+ Get-Service x\n\
         + ~~~~~~~~~~~~~\n    \
         + CategoryInfo          : ObjectNotFound: (x:String) [Get-Service], ServiceCommandException\n    \
         + FullyQualifiedErrorId : NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand\n \n"
    );
}

#[tokio::test]
async fn services_are_changed() {
    let mut window = Window::with(|_| {});
    let name = Name::new("obengine");
    assert_eq!(window.text("Stop-Service obengine").await, "");
    assert_eq!(window.machine().services[&name].state, ServiceState::Stopped);
    assert_eq!(window.text("Get-Service obengine | Start-Service").await, "");
    assert_eq!(window.machine().services[&name].state, ServiceState::Running);
    window.text("Set-Service -Name obengine -StartupType Disabled -Status Stopped").await;
    assert_eq!(window.machine().services[&name].start, StartType::Disabled);
    let text = window.failure("Restart-Service obengine", 1).await;
    assert!(text.contains("cannot be started"), "{text}");
    window
        .text("Set-Service obengine -StartupType Automatic; Restart-Service obengine -Force")
        .await;
    assert_eq!(window.machine().services[&name].state, ServiceState::Running);
    assert!(window.failure("Stop-Service", 1).await.contains("mandatory parameters: Name."));
    assert!(
        window
            .failure("Set-Service obengine -StartupType Never", 1)
            .await
            .contains("Automatic, Manual")
    );
}

#[tokio::test]
async fn a_service_that_hangs_is_restarted() {
    let mut window = Window::with(|machine| {
        machine.services.get_mut(&Name::new("obengine")).unwrap().responding = false;
    });
    window.text("Restart-Service obengine").await;
    assert!(window.machine().services[&Name::new("obengine")].responding);
}
