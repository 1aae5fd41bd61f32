use marslab_model::Name;
use marslab_model::world::Update;

use crate::window::Window;

#[tokio::test]
async fn updates_are_those_of_the_machine() {
    let mut window = Window::with(|machine| {
        let installed = "2019-03-14T23:30:00Z".parse().unwrap();
        let update = Update { security: true, installed };
        machine.os.installed_updates = [
            (Name::new("KB4489882"), update.clone()),
            (Name::new("KB3199986"), Update { security: false, ..update }),
        ]
        .into();
    });
    let text = window.text("Get-HotFix").await;
    let head = "\nSource        Description      HotFixID      InstalledBy          InstalledOn";
    assert!(text.contains(head), "{text}");
    let row = "SRV01         Update           KB3199986     NT AUTHORITY\\SYSTEM  3/";
    assert!(text.contains(row) && text.contains("12:00:00 AM"), "{text}");
    assert_eq!(window.text("(Get-HotFix -Id KB4489882).Description").await, "Security Update\n");
    assert_eq!(window.text("Get-HotFix kb44* | % HotFixID").await, "KB4489882\n");
    assert_eq!(window.text("(Get-HotFix -Description Update).HotFixID").await, "KB3199986\n");
}

#[tokio::test]
async fn an_update_that_is_not_there_is_an_error() {
    let mut window = Window::with(|_| {});
    assert_eq!(window.text("Get-HotFix -Id KB1*").await, "");
    let text = window.failure("Get-HotFix -Id KB1", 1).await;
    for part in [
        "Get-HotFix : Cannot find the requested hotfix on the 'localhost' computer.",
        "CategoryInfo          : ObjectNotFound: (:) [Get-HotFix], ArgumentException",
        "FullyQualifiedErrorId : GetHotFixNoEntriesFound,Microsoft.PowerShell.Commands.GetHotFixCommand",
    ] {
        assert!(text.contains(part), "`{part}` is not in {text}");
    }
}
