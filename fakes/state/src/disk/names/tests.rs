use std::collections::BTreeMap;

use marslab_model::{Name, WinPath};
use proptest::prelude::*;

use super::{Parts, SHARES, decode, encode, has_forbidden, is_name, letter};

#[track_caller]
fn parts(path: &str, expected: Option<(&str, &[&str])>) {
    let expected = expected.map(|(root, names)| Parts {
        root: root.to_owned(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    });
    assert_eq!(Parts::of(&WinPath::new(path)), expected, "{path:?}");
}

#[test]
fn paths_are_taken_apart_or_refused() {
    parts("c:", Some(("C", &[])));
    parts(r"C:\", Some(("C", &[])));
    parts(r"C:\Program Files\a.b", Some(("C", &["Program Files", "a.b"])));
    parts(r"\\nas\share\x", Some((SHARES, &["nas", "share", "x"])));
    let long = "x".repeat(256);
    for bad in [
        "",
        "C",
        "C:x",
        "CC:\\x",
        r"\x",
        r"\\",
        "x",
        r"C:\..\x",
        r"C:\x\..",
        r"C:\.. .\x",
        r"C:\.\x",
        r"C:\x\",
        r"C:\\x",
        "C:\\\0",
        r"\\..\..\x",
        "C:/x",
        r"é:\x",
        r"C:\ \x",
        &format!(r"C:\{long}"),
    ] {
        parts(bad, None);
    }
}

#[test]
fn names_are_written_so_that_every_system_keeps_them() {
    for (name, written) in [
        ("Program Files", "Program Files"),
        ("a.VaultCredentials", "a.VaultCredentials"),
        ("100%", "100%25"),
        ("PROGRA~1", "PROGRA%7E1"),
        ("x.", "x%2E"),
        ("x ", "x%20"),
        ("con", "%63on"),
        ("Nul.txt", "%4Eul.txt"),
        ("COM1", "%43OM1"),
        ("COM10", "COM10"),
        ("console", "console"),
        ("a:b", "a%3Ab"),
        ("é", "%C3%A9"),
        ("a/b", "a%2Fb"),
    ] {
        assert_eq!(encode(name), written);
        assert_eq!(decode(written), name);
    }
    assert_eq!(decode("%zz%4"), "%zz%4");
    assert_eq!(decode("%+1%é"), "%+1%é");
    assert!(
        has_forbidden("a?")
            && has_forbidden("a\n")
            && has_forbidden("a/b")
            && !has_forbidden("é~%")
    );
}

proptest! {
    #[test]
    fn a_name_comes_back(name in "\\PC{1,12}|[a-c .~%]{1,6}|(con|NUL|lpt1)[. ]?") {
        prop_assume!(is_name(&name));
        let written = encode(&name);
        prop_assert!(written.is_ascii());
        prop_assert!(!written.ends_with(['.', ' ']) && !written.contains(['/', '\\', ':', '*', '"']));
        prop_assert_eq!(decode(&written), name);
    }

    #[test]
    fn a_path_comes_back(path in "[c-d]:(\\\\[a-c é%]{1,3}){0,4}|\\\\(\\\\[a-c]{1,2}){2,4}") {
        let path = WinPath::from(path);
        if let Some(parts) = Parts::of(&path) {
            prop_assert_eq!(parts.path(), path);
        }
    }

    #[test]
    fn different_names_stay_different(names in prop::collection::vec("[aAbB.~% ]{1,4}|[éÉßk\u{212a}]", 2..8)) {
        let mut seen = BTreeMap::new();
        for name in names.iter().filter(|name| is_name(name)) {
            let written = encode(name).to_ascii_lowercase();
            let other = seen.insert(written, Name::new(name.as_str()));
            prop_assert!(other.is_none_or(|other| other == Name::new(name.as_str())));
        }
    }

    #[test]
    fn letters_are_letters(text in "\\PC{0,3}") {
        let letter = letter(&Name::new(text.as_str()));
        prop_assert!(letter.is_none_or(|letter| letter.len() == 1 && text.len() == 2));
    }
}
