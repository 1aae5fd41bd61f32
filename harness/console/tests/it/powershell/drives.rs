use marslab_model::Name;
use marslab_model::world::BitLocker;

use crate::window::Window;

#[tokio::test]
async fn drives_show_what_is_free() {
    let mut window = Window::with(|machine| {
        machine.volumes.get_mut(&Name::new("C:")).unwrap().free = 5 << 30;
    });
    let text = window.text("Get-PSDrive C").await;
    assert_eq!(
        text,
        "\nName           Used (GB)     Free (GB) Provider      Root                                               CurrentLocation\n\
         ----           ---------     --------- --------      ----                                               ---------------\n\
         C                  95.00          5.00 FileSystem    C:\\\n\n\n"
    );
    assert_eq!(window.text("(Get-PSDrive -PSProvider FileSystem).Name").await, "C\nD\n");
    assert_eq!(window.text("'{0:N1}' -f ((Get-PSDrive C).Free / 1GB)").await, "5.0\n");
    assert!(
        window
            .failure("Get-PSDrive Q", 1)
            .await
            .contains("A drive with the name 'Q' does not exist.")
    );
}

#[tokio::test]
async fn volumes_show_file_system_and_size() {
    let mut window = Window::with(|machine| {
        let volume = machine.volumes.get_mut(&Name::new("D:")).unwrap();
        volume.file_system = "ReFS".to_owned();
        volume.free = 3 << 30;
        machine.volumes.get_mut(&Name::new("C:")).unwrap().bitlocker = BitLocker::Unlocked;
    });
    let text = window.text("Get-Volume -DriveLetter D").await;
    assert_eq!(
        text,
        "\nDriveLetter FileSystemLabel FileSystem DriveType HealthStatus SizeRemaining   Size\n\
         ----------- --------------- ---------- --------- ------------ -------------   ----\n\
         D                           ReFS       Fixed     Healthy               3 GB 500 GB\n\n\n"
    );
    assert_eq!(window.text("(Get-Volume C).SizeRemaining -gt 1GB").await, "True\n");
    assert!(window.failure("Get-Volume Q", 1).await.contains("'DriveLetter' equal to 'Q'"));
    assert_eq!(window.text("(Get-BitLockerVolume C:).ProtectionStatus").await, "On\n");
}
