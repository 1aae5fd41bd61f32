use marslab_model::WinPath;
use marslab_model::world::Series;

use crate::window::Window;

/// The articles: more than 60,000 .tmp files in C:/Windows/Temp are to be deleted.
#[tokio::test]
async fn the_articles_tmp_files() {
    let temp = WinPath::new(r"C:\Windows\Temp");
    for line in [r"del /q C:\Windows\Temp\*.tmp", "del %TEMP%\\*.tmp", "del c:/Windows/Temp/*.tmp"]
    {
        let mut window = Window::with(|machine| {
            let series = Series { extension: "tmp".to_owned(), count: 65_000 };
            machine.series.insert(temp.clone(), series);
        });
        assert_eq!(window.text(line).await, "");
        assert!(window.machine().series.is_empty());
        assert!(window.machine().files.contains_key(&temp.join("setup.log")));
    }
}

#[tokio::test]
async fn a_whole_folder_is_asked_for() {
    let file = WinPath::new(r"C:\Windows\Temp\setup.log");
    let mut window = Window::with(|_| {});
    assert!(window.failure(r"del C:\Windows\Temp", 1).await.contains("Are you sure (Y/N)?"));
    assert!(window.machine().files.contains_key(&file));
    window.text(r"echo y | del C:\Windows\Temp").await;
    assert!(!window.machine().files.contains_key(&file));
    assert_eq!(
        window.text(r"del C:\Windows\Temp\nope.txt").await,
        "Could Not Find C:\\Windows\\Temp\\nope.txt\n"
    );
    window.failure("del", 1).await;
}

#[tokio::test]
async fn what_is_open_stays() {
    let file = WinPath::new(r"C:\Windows\Temp\setup.log");
    let mut window = Window::with(|machine| {
        machine.open_files.insert(file.clone(), "editor.exe".into());
    });
    let text = window.failure(r"del C:\Windows\Temp\setup.log", 1).await;
    assert!(text.starts_with("C:\\Windows\\Temp\\setup.log\nThe process cannot access"), "{text}");
}
