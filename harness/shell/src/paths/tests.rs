use marslab_model::WinPath;
use proptest::prelude::*;

use super::path_from;

#[test]
fn paths_are_seen_from_the_folder() {
    let here = WinPath::new(r"C:\Windows\System32");
    for (text, path) in [
        ("drivers", r"C:\Windows\System32\drivers"),
        ("..", r"C:\Windows"),
        (r"..\..\..", "C:\\"),
        (r"\Temp", r"C:\Temp"),
        ("c:/Windows/Temp", r"c:\Windows\Temp"),
        ("D:", "D:\\"),
        (r"\\SRV02\C$\Data", r"\\SRV02\C$\Data"),
        (".", r"C:\Windows\System32"),
    ] {
        assert_eq!(path_from(&here, text).as_str(), path, "{text}");
    }
}

proptest! {
    #[test]
    fn no_path_leads_above_its_drive(text in "[ -~あ]{0,40}") {
        let path = path_from(&WinPath::new(r"C:\Windows"), &text);
        prop_assert!(path.as_str().split('\\').all(|name| name != ".."));
    }
}
