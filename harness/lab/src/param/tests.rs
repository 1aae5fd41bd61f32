use proptest::prelude::*;

use super::{DnsName, FilePath, HostAndPort, Several};

#[test]
fn paths_of_simulated_machines_are_accepted() {
    for good in [
        r"C:\",
        r"C:\Windows\Temp\a.tmp",
        r"d:\Data\orders (2).mdf",
        r"C:\Users\CORP\Downloads\vault-east_Mon May 20 2019.VaultCredentials",
        r"\\nas\share\x",
        r"C:\資料\報告.txt",
        r"C:\Console\null.txt",
    ] {
        assert!(FilePath::try_from(good.to_owned()).is_ok(), "{good}");
    }
}

#[test]
fn other_paths_are_refused() {
    for bad in [
        "",
        "/",
        "/etc/passwd",
        "~",
        "~/x",
        "x",
        r"x\y",
        r"\x",
        "C:",
        "C:x",
        "C:/x",
        r"C:\a/b",
        r"C:\..\x",
        r"C:\a\..\..\x",
        r"C:\a\.\b",
        r"C:\a\\b",
        r"C:\a\",
        r"\\nas",
        r"\\",
        r"\\\x",
        r"\\.\PhysicalDrive0",
        r"\\?\C:\x",
        r"\\nas\..\x",
        "C:\\a\u{7}b",
        "C:\\a\nb",
        r"C:\a:b",
        r"C:\NUL",
        r"C:\con.txt",
        r"C:\a\COM1",
        r"C:\lpt9.x",
        r"C:\a ",
        r"C:\a.",
        r"C:\*",
        "%TEMP%",
        r"é:\x",
        "file:///etc/passwd",
    ] {
        assert!(FilePath::try_from(bad.to_owned()).is_err(), "{bad}");
    }
}

#[test]
fn hosts_are_names_or_addresses_with_a_port() {
    assert!(HostAndPort::try_from("10.0.0.5:8080".to_owned()).is_ok());
    assert!(HostAndPort::try_from("proxy.contoso.example:3128".to_owned()).is_ok());
    for bad in ["10.0.0.5", "10.0.0.5:0", ":80", "http://x:80", "a b:80", "/run/x.sock:1"] {
        assert!(HostAndPort::try_from(bad.to_owned()).is_err(), "{bad}");
    }
    assert!(DnsName::try_from("login.windows.net".to_owned()).is_ok());
    for bad in ["", "*.windows.net", "*", "10.0.0.5", "10.0.0.0/8", "a b", "../x"] {
        assert!(DnsName::try_from(bad.to_owned()).is_err(), "{bad}");
    }
}

#[test]
fn several_are_at_least_one() {
    assert!(Several::try_from(Vec::<u8>::new()).is_err());
    assert_eq!(Several::try_from(vec![1, 2]).unwrap().as_slice(), [1, 2]);
}

proptest! {
    #[test]
    fn an_accepted_path_has_no_way_out(text in r"([A-D]:\\|\\\\)?([a-c.~/\\: ]|\\)*") {
        if let Ok(path) = FilePath::try_from(text) {
            let text = path.as_path().as_str();
            prop_assert!(!text.contains('/'), "{}", text);
            prop_assert!(!text.split('\\').any(|part| part == ".." || part == "."), "{}", text);
        }
    }
}
