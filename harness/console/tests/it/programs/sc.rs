use marslab_model::Name;
use marslab_model::host::Account;
use marslab_model::world::{Language, ServiceState, StartType};

use crate::window::Window;

fn service<'a>(
    machine: &'a mut marslab_model::world::Machine,
    name: &str,
) -> &'a mut marslab_model::world::Service {
    machine.services.get_mut(&Name::new(name)).unwrap()
}

#[tokio::test]
async fn a_query_follows_the_world() {
    let mut window = Window::with(|_| {});
    let running = "
SERVICE_NAME: obengine
        TYPE               : 10  WIN32_OWN_PROCESS
        STATE              : 4  RUNNING
                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)
        WIN32_EXIT_CODE    : 0  (0x0)
        SERVICE_EXIT_CODE  : 0  (0x0)
        CHECKPOINT         : 0x0
        WAIT_HINT          : 0x0
";
    assert_eq!(window.text("sc query obengine").await, running);
    let mut window =
        Window::with(|machine| service(machine, "obengine").state = ServiceState::Stopped);
    assert!(
        window.text("sc.exe query obengine").await.contains("STATE              : 1  STOPPED\n")
    );
    let active = window.text("sc query").await;
    assert!(active.contains("SERVICE_NAME: VSS\nDISPLAY_NAME: Volume Shadow Copy\n"), "{active}");
    assert!(!active.contains("obengine"));
    assert!(window.text("sc query state= all").await.contains("obengine"));
}

#[tokio::test]
async fn start_stop_and_configure() {
    let mut window = Window::with(|_| {});
    assert!(window.text("sc stop obengine").await.contains("3  STOP_PENDING"));
    assert!(
        window.failure("sc stop obengine", 1062).await.contains("[SC] ControlService FAILED 1062:")
    );
    assert_eq!(
        window.text("sc config obengine start= disabled").await,
        "[SC] ChangeServiceConfig SUCCESS\n"
    );
    assert_eq!(service(&mut window.machine(), "obengine").start, StartType::Disabled);
    assert!(window.text("sc qc obengine").await.contains("START_TYPE         : 4   DISABLED"));
    let refused = window.failure("sc start obengine", 1058).await;
    assert!(refused.contains("[SC] StartService FAILED 1058:\n\nThe service cannot be started"));
    window.text("sc config obengine start=auto && sc start obengine").await;
    assert_eq!(service(&mut window.machine(), "obengine").state, ServiceState::Running);
    assert!(window.failure("sc start obengine", 1056).await.contains("1056"));
}

#[tokio::test]
async fn what_is_not_there_or_not_understood() {
    let mut window = Window::speaking(Language::Japanese);
    assert_eq!(
        window.failure("sc query nope", 1060).await,
        "[SC] EnumQueryServicesStatus:OpenService FAILED 1060:\n\n指定されたサービスはインストールされたサービスとして存在しません。\n\n"
    );
    assert!(window.failure("sc frob", 1639).await.contains("Unrecognized Command"));
    window.failure("sc config obengine colour= red", 1639).await;
    window.console = marslab_console::Console::new(Account::User(Name::new("CORP\\operator")));
    window.failure("sc stop obengine", 5).await;
}

#[tokio::test]
async fn a_service_that_hangs_runs_until_it_is_asked() {
    let mut window = Window::with(|machine| service(machine, "obengine").responding = false);
    assert!(window.text("sc query obengine").await.contains("RUNNING"));
    assert!(window.failure("sc interrogate obengine", 1053).await.contains("timely fashion"));
    window.text("sc stop obengine && sc start obengine && sc interrogate obengine").await;
}
