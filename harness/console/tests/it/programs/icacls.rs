use std::collections::BTreeSet;

use marslab_model::{Name, WinPath};

use crate::window::Window;

#[tokio::test]
async fn a_denial_is_shown_and_taken_out() {
    let file = WinPath::new(r"D:\Data\customers.mdf");
    let mut window = Window::with(|machine| {
        machine.denied.insert(file.clone(), BTreeSet::from([Name::new("SYSTEM")]));
    });
    assert!(
        window
            .text(r"icacls D:\Data\customers.mdf")
            .await
            .starts_with("D:\\Data\\customers.mdf SYSTEM:(DENY)(F)\n")
    );
    window.text(r#"icacls D:\Data\customers.mdf /remove:d "NT AUTHORITY\SYSTEM""#).await;
    assert!(window.machine().denied.is_empty());
    window.failure(r"icacls D:\nope", 2).await;
    window.failure(r"icacls D:\Data /frob", 87).await;
}
