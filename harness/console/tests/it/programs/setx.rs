use marslab_model::Name;
use marslab_model::host::System as _;

use crate::window::Window;

#[tokio::test]
async fn the_machines_variables_need_a_restart_for_services() {
    let mut window = Window::with(|_| {});
    window.text("set > nul & setx PSModulePath \"%PSModulePath%;C:\\Extra\" /M").await;
    let name = Name::new("PSModulePath");
    assert!(window.machine().environment[&name].ends_with(r";C:\Extra"));
    assert!(!window.text("set PSModulePath").await.contains("Extra"));
    let at_boot =
        |window: &Window| window.live.host().environment_at_boot().unwrap()[&name].clone();
    assert!(!at_boot(&window).contains("Extra"));
    window.text("shutdown /r /t 0").await;
    assert!(at_boot(&window).contains("Extra"));
    assert!(window.text("set PSModulePath").await.contains("Extra"));
    window.failure("setx one", 1).await;
}
