use proptest::prelude::*;

use super::Manifest;

#[track_caller]
fn check(text: &str, expected: Option<(Option<&str>, &[&str])>) {
    let manifest = Manifest::parse(text.as_bytes());
    assert_eq!(manifest.is_some(), expected.is_some(), "{text}");
    let (Some(manifest), Some((root, commands))) = (manifest, expected) else { return };
    assert_eq!(manifest.root_module(), root, "{text}");
    for command in commands {
        assert!(manifest.exported(command).is_some(), "{command} of {text}");
    }
    assert_eq!(manifest.exported("Get-Nothing"), None, "{text}");
}

#[test]
fn manifests_are_read_as_they_are_written() {
    let none = "CmdletsToExport = ''";
    check(&format!("@{{{none}}}"), Some((None, &[])));
    check(
        &format!("\u{feff}# comment @{{\r\n@{{ ROOTMODULE = \"x.dll\"; {none} }}\r\n"),
        Some((Some("x.dll"), &[])),
    );
    check(&format!("@{{\nModuleToProcess='y.dll'\n{none}\n}}"), Some((Some("y.dll"), &[])));
    check("@{ CmdletsToExport = 'A',\n  'b' }", Some((None, &["a", "B"])));
    check("@{ CmdletsToExport = @('a'\n'b', \"c\") }", Some((None, &["a", "b", "c"])));
    check(
        "@{ CmdletsToExport = @( # first\n 'a', <# second\n #> 'b' ) }",
        Some((None, &["a", "b"])),
    );
    check(
        &format!("@{{ PrivateData = @{{ PSData = @{{ Tags = @('x') }} }}\n{none} }}"),
        Some((None, &[])),
    );
    check(
        &format!("@{{ RootModule = 'it''s.dll'; {none}; X = $true; Y = 1.5 }}"),
        Some((Some("it's.dll"), &[])),
    );
    for bad in [
        "",
        "x",
        "@{",
        "@{ a }",
        "@{ a = }",
        "@{ a = 'b }",
        "@{ a = 'b' }}",
        "@{ a = @('b' }",
        "@{ a = 'b' } x",
        "@{ a = @{ b = (1 } }",
        "{ a = 'b' }",
        "<# @{}",
        "@{ a = 'b' 'c' }",
        "@{ a = \0 }",
        "MZ\u{1}",
    ] {
        check(bad, None);
    }
    assert!(Manifest::parse(b"@{ a = '\xff' }").is_none());
    assert!(Manifest::parse(format!("@{{ a = {} }}", "@(".repeat(100)).as_bytes()).is_none());
}

proptest! {
    #[test]
    fn no_manifest_is_too_odd(text in "[@{}()'\"=,;#<> a\n]{0,40}|@\\{\\PC{0,20}\\}") {
        drop(Manifest::parse(text.as_bytes()));
    }
}
