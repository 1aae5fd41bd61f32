use marslab_model::host::System as _;
use marslab_model::{Name, WinPath};
use marslab_wire::x509;

use crate::window::Window;

const ROOT: &str = "Baltimore CyberTrust Root";

#[tokio::test]
async fn a_root_is_shown_deleted_and_added() {
    let mut window = Window::with(|_| {});
    let text = window.text("certutil -store root").await;
    assert!(text.starts_with("root \"Trusted Root Certification Authorities\"\n================ Certificate 0 ================\n"), "{text}");
    assert!(
        text.contains(ROOT) && text.ends_with("CertUtil: -store command completed successfully.\n")
    );
    let roots = window.live.host().trusted_roots().unwrap();
    let is_meant = |der: &&marslab_model::Content| x509::read(der).unwrap().subject.contains(ROOT);
    let root = roots.iter().find(is_meant).unwrap().clone();
    window.text(&format!("certutil -delstore root \"{ROOT}\"")).await;
    assert!(!window.machine().trusted_roots.contains(&Name::new(ROOT)));
    assert!(window.failure("curl -I https://login.windows.net/", 60).await.contains("0x80090325"));
    let mut window = Window::with(|machine| {
        machine.trusted_roots.remove(&Name::new(ROOT));
        let mut file = machine.files[&WinPath::new(r"C:\Windows\Temp\setup.log")].clone();
        file.size = u64::try_from(root.len()).unwrap();
        file.content = root.clone();
        machine.files.insert(WinPath::new(r"C:\root.cer"), file);
    });
    assert!(window.text(r"certutil -dump C:\root.cer").await.contains(ROOT));
    assert!(
        window.text(r"certutil -addstore -f root C:\root.cer").await.contains("added to store")
    );
    assert!(window.machine().trusted_roots.contains(&Name::new(ROOT)));
    window.text("curl -I https://login.windows.net/").await;
}

#[tokio::test]
async fn what_is_not_there() {
    let mut window = Window::with(|_| {});
    window.failure("certutil -delstore root nope", 0x8009_2004).await;
    window.failure("certutil -addstore root nope.cer", 0x8007_0002).await;
    window.failure(r"certutil -addstore root C:\Windows\Temp\setup.log", 0x8009_310b).await;
    window.failure("certutil -frob", 0x8007_0057).await;
    assert!(window.text("certutil -store my").await.starts_with("my \"Personal\"\n"));
    let text = window.text(r"certutil -hashfile C:\Windows\Temp\setup.log").await;
    assert!(text.contains("7a85f4764bbd6daf1c3545efbbf0f279a6dc0beb"), "{text}");
}

#[tokio::test]
async fn a_file_is_downloaded() {
    let mut window = Window::with(|_| {});
    window.text(r"certutil -urlcache -f http://www.msftncsi.com/ncsi.txt C:\ncsi.txt").await;
    assert_eq!(window.text(r"type C:\ncsi.txt").await, "Microsoft NCSI\n");
}
