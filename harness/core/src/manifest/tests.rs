use proptest::prelude::proptest;

use super::root_module;

#[track_caller]
fn check(text: &str, expected: Option<&str>) {
    assert_eq!(root_module(text).as_deref(), expected, "{text}");
}

#[test]
fn the_loaded_file_is_found() {
    check("@{RootModule='A.dll'}", Some("A.dll"));
    check("@{ ModuleVersion = '2.0'; rootmodule = \"A.dll\" } ", Some("A.dll"));
    check("\u{feff}# made by hand\r\n@{\r\nRootModule = '.\\A.dll' # 'tis\r\n}\r\n", Some("A.dll"));
    check("@{ <# none's #> Files = @('a', 'b'); ModuleToProcess = 'A.dll' }", Some("A.dll"));
    check("@{ Private = @{ RootModule = 'B.dll' }; RootModule = 'A.dll' }", Some("A.dll"));
}

#[test]
fn what_is_no_manifest_loads_nothing() {
    for text in [
        "",
        "RootModule = 'A.dll'",
        "@{ RootModule = 'A.dll'",
        "@{ RootModule = 'A.dll }",
        "@{ RootModule = 'A.dll' } }",
        "@{ RootModule = 'A.dll' } trailing",
        "@{ RootModule = '' }",
        "@{ RootModule }",
        "@{ ModuleVersion = '2.0' }",
        "@{ <# RootModule = 'A.dll' }",
        "\u{0}\u{0}\u{0}\u{0}",
    ] {
        check(text, None);
    }
}

proptest! {
    #[test]
    fn any_text_is_survived(text in "[@{}()'\"#<>=;a-z\\PC]{0,60}") {
        drop(root_module(&text));
    }
}
