use marslab_model::WinPath;
use marslab_model::world::FileAttribute;

use crate::window::Window;

#[tokio::test]
async fn attributes_are_shown_and_taken_away() {
    let (file, folder) = (WinPath::new(r"D:\Data\customers.mdf"), WinPath::new(r"D:\Data"));
    for (program, off, attribute) in
        [("compact", "/u", FileAttribute::Compressed), ("cipher", "/d", FileAttribute::Encrypted)]
    {
        let mut window = Window::with(|machine| {
            machine.files.get_mut(&file).unwrap().attributes.insert(attribute);
            machine.folder_attributes.insert(folder.clone(), [attribute].into());
        });
        let text = window.text(&format!(r"{program} D:\Data\*")).await;
        let letter = if program == "compact" { "C" } else { "E" };
        assert!(text.contains(&format!("\n{letter} customers.mdf\n")), "{text}");
        window.text(&format!(r"{program} {off} /s D:\Data")).await;
        window.text(&format!(r"{program} {off} /s:D:\Data")).await;
        let machine = window.machine();
        assert!(machine.files[&file].attributes.is_empty(), "{program}");
        assert!(machine.folder_attributes.is_empty(), "{program}");
        window.failure(&format!("{program} /frob"), 1).await;
    }
}
