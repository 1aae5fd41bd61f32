use marslab_model::Name;
use marslab_model::world::{Language, ServiceState, StartType, Volume, VolumeKind};

use crate::window::Window;

#[tokio::test]
async fn the_articles_own_lines() {
    let mut window = Window::with(|_| {});
    assert_eq!(
        window.text("net stop obengine").await,
        "The Microsoft Azure Recovery Services Agent service is stopping.\n\
         The Microsoft Azure Recovery Services Agent service was stopped successfully.\n\n"
    );
    let state = |window: &Window| window.machine().services[&Name::new("obengine")].state;
    assert_eq!(state(&window), ServiceState::Stopped);
    assert!(!window.text("net start").await.contains("Azure"));
    let again = window.failure("net stop obengine", 2).await;
    assert!(
        again.contains(
            "service is not started.\n\nMore help is available by typing NET HELPMSG 3521."
        )
    );
    window.text("net start \"Microsoft Azure Recovery Services Agent\"").await;
    assert_eq!(state(&window), ServiceState::Running);
    assert!(window.failure("net start obengine", 2).await.contains("NET HELPMSG 2182"));
}

#[tokio::test]
async fn a_disabled_service_and_an_unknown_one() {
    let mut window = Window::with(|machine| {
        let service = machine.services.get_mut(&Name::new("VSS")).unwrap();
        (service.state, service.start) = (ServiceState::Stopped, StartType::Disabled);
    });
    assert!(
        window
            .failure("net start VSS", 2)
            .await
            .starts_with("System error 1058 has occurred.\n\nThe service")
    );
    assert!(window.failure("net start nope", 2).await.starts_with("The service name is invalid."));
    window.failure("net frob", 1).await;
}

#[tokio::test]
async fn in_the_machines_language() {
    let mut window = Window::speaking(Language::Korean);
    assert!(
        window
            .text("net stop VSS")
            .await
            .ends_with("Volume Shadow Copy 서비스를 잘 멈추었습니다.\n\n")
    );
    let mut window = Window::speaking(Language::Japanese);
    assert!(window.text("net start").await.ends_with("コマンドは正常に終了しました。\n\n"));
}

#[tokio::test]
async fn drives_and_groups() {
    let mut window = Window::with(|machine| {
        let share = Volume {
            kind: VolumeKind::Network,
            mapped_by: Some(Name::new("CORP\\admin")),
            ..Volume::ntfs(1, 1)
        };
        machine.volumes.insert(Name::new("Z:"), share);
    });
    assert!(window.text("net use").await.contains("OK           Z:"));
    let members = window.text("net localgroup Administrators").await;
    assert!(members.contains("\nCORP\\admin\n"), "{members}");
    assert!(window.text("net user admin").await.contains("*Administrators"));
    window.failure("net user nobody", 2).await;
    window.failure("net localgroup nobody", 2).await;
}
