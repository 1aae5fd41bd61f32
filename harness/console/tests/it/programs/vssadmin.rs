use marslab_model::Name;

use crate::window::Window;

/// mars-facts 1.9: `vssadmin List ShadowStorage`, `vssadmin Resize ShadowStorage …`.
#[tokio::test]
async fn the_storage_is_shown_and_resized() {
    let mut window = Window::with(|machine| {
        machine.volumes.get_mut(&Name::new("D:")).unwrap().shadow_storage = Some(1 << 20);
    });
    assert!(
        window
            .text("vssadmin List ShadowStorage")
            .await
            .contains("Maximum Shadow Copy Storage space: 1.0 MB (0%)\n")
    );
    let storage = |window: &Window| window.machine().volumes[&Name::new("D:")].shadow_storage;
    window.text("vssadmin Resize ShadowStorage /For=D: /On=D: /MaxSize=10GB").await;
    assert_eq!(storage(&window), Some(10 << 30));
    window.text("vssadmin resize shadowstorage /for=D: /on=D: /maxsize=unbounded").await;
    assert_eq!(storage(&window), None);
    window.failure("vssadmin resize shadowstorage /for=D: /on=D: /maxsize=1MB", 2).await;
    window.failure("vssadmin resize shadowstorage /for=X: /on=X: /maxsize=10%", 2).await;
    window.failure("vssadmin frob", 2).await;
}
