use marslab_model::Name;
use marslab_model::world::FileAttribute;

use crate::window::Window;

#[tokio::test]
async fn free_space_in_the_layout_of_the_release() {
    let mut window = Window::with(|machine| {
        machine.volumes.get_mut(&Name::new("C:")).unwrap().free = 164_371_357_696;
    });
    assert!(
        window
            .text("fsutil volume diskfree C:")
            .await
            .starts_with("Total # of free bytes        : 164371357696\n")
    );
    let mut window = Window::with(|machine| {
        machine.os.build = 17_763;
        machine.volumes.get_mut(&Name::new("C:")).unwrap().free = 164_371_357_696;
    });
    assert!(
        window
            .text("fsutil volume diskfree c:\\")
            .await
            .starts_with("Total free bytes        : 164,371,357,696 (153.1 GB)\n")
    );
    assert_eq!(
        window.failure("fsutil volume diskfree X:", 1).await,
        "Error:  The system cannot find the path specified.\n"
    );
    assert_eq!(window.text("fsutil fsinfo drives").await, "\nDrives: C:\\ D:\\ \n");
    assert_eq!(window.text("fsutil fsinfo drivetype D:").await, "D: - Fixed Drive\n");
    window.failure("fsutil frob", 1).await;
}

#[tokio::test]
async fn the_sparse_flag_is_taken_away() {
    let file = r"D:\Data\customers.mdf";
    let mut window = Window::with(|machine| {
        machine.files.get_mut(&file.into()).unwrap().attributes.insert(FileAttribute::Sparse);
    });
    let query = format!("fsutil sparse queryflag {file}");
    assert_eq!(window.text(&query).await, "This file is set as sparse\n");
    window.text(&format!("fsutil sparse setflag {file} 0")).await;
    assert!(window.machine().files[&file.into()].attributes.is_empty());
    assert_eq!(window.text(&query).await, "This file is NOT set as sparse\n");
    window.failure("fsutil sparse queryflag D:\\nope", 1).await;
}
