use marslab_model::WinPath;
use marslab_model::world::{FileAttribute, Language, Series};

use crate::window::Window;

#[tokio::test]
async fn a_folder_in_windows_layout() {
    let mut window = Window::with(|machine| {
        let file = machine.files.get_mut(&WinPath::new(r"C:\Windows\Temp\setup.log")).unwrap();
        file.modified = "2019-05-21T12:04:00Z".parse().unwrap();
    });
    let text = window.text(r"dir C:\Windows\Temp").await;
    assert!(
        text.starts_with(" Volume in drive C has no label.\n Volume Serial Number is "),
        "{text}"
    );
    assert!(text.contains("\n Directory of C:\\Windows\\Temp\n\n"), "{text}");
    assert!(text.contains("05/21/2019  09:04 PM    <DIR>          .\n"), "{text}");
    assert!(text.contains("05/21/2019  09:04 PM                 2 setup.log\n"), "{text}");
    assert!(text.contains("               1 File(s)              2 bytes\n"), "{text}");
    assert!(text.ends_with("               2 Dir(s)  42,949,672,960 bytes free\n"), "{text}");
}

#[tokio::test]
async fn patterns_depth_and_numbered_files() {
    let temp = WinPath::new(r"C:\Windows\Temp");
    let mut window = Window::with(|machine| {
        let series = Series { extension: "tmp".to_owned(), count: 65_000 };
        machine.series.insert(temp.clone(), series);
    });
    let text = window.text("dir c:/Windows/Temp/*.tmp").await;
    assert!(text.contains("65,000 File(s)"), "{text}");
    assert_eq!(window.text(r"dir /b C:\Windows\Temp\*.log").await, "setup.log\n");
    let all = window.text(r"dir /s /b C:\Windows\*.log").await;
    assert_eq!(all, "C:\\Windows\\Temp\\setup.log\n");
    assert!(window.text(r"dir /s C:\Windows\*.log").await.contains("Total Files Listed:"));
}

#[tokio::test]
async fn what_is_not_there() {
    let mut window = Window::with(|_| {});
    assert!(window.failure(r"dir C:\nope", 1).await.ends_with("File Not Found\n"));
    assert_eq!(window.failure("dir X:", 1).await, "The system cannot find the path specified.\n");
    for share in [r"\\SRV02\C$", r"\\SRV02\C$\Temp"] {
        let text = window.failure(&format!("dir {share}"), 1).await;
        assert_eq!(text, "The network path was not found.\n");
    }
    assert_eq!(window.failure("dir /z", 1).await, "Invalid switch - \"z\".\n");
    let mut window = Window::speaking(Language::Korean);
    assert!(window.failure(r"dir C:\nope", 1).await.ends_with("파일을 찾을 수 없습니다.\n"));
}

#[tokio::test]
async fn what_lies_in_a_cloud_has_its_size_in_brackets() {
    let mut window = Window::with(|machine| {
        let file = machine.files.get_mut(&WinPath::new(r"C:\Windows\Temp\setup.log")).unwrap();
        file.attributes.insert(FileAttribute::RecallOnDataAccess);
    });
    assert!(
        window.text(r"cd /d C:\Windows\Temp & dir").await.contains("           (2) setup.log\n")
    );
}
