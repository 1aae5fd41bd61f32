use proptest::prelude::*;

use super::{
    DnsName, DriveLetter, FilePath, HostAndPort, NonEmptyVec, ParamError, PathOrProgram,
    RegistryKey, ScriptAnswer, TimeOfDay,
};

#[test]
fn scripts_have_one_answer() {
    for good in ["DIRECT", "PROXY 10.0.0.5:8080", "PROXY proxy.corp:3128; DIRECT"] {
        let script = ScriptAnswer::try_from(good.to_owned()).unwrap().script();
        let expected = format!("function FindProxyForURL(url, host) {{ return \"{good}\"; }}\n");
        assert_eq!(script, expected);
    }
    for bad in ["", "direct", "PROXY 10.0.0.5", "SOCKS a:1", "PROXY a:1; PROXY b:2", "DIRECT\"; }"]
    {
        let refused = ScriptAnswer::try_from(bad.to_owned()).unwrap_err().to_string();
        assert!(refused.contains("expected `PROXY host:port`"), "{refused}");
    }
}

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
fn keys_are_below_the_machines_hives() {
    for good in [r"HKLM\SOFTWARE", r"HKU\S-1-5-18\Software\Microsoft"] {
        assert!(RegistryKey::try_from(good.to_owned()).is_ok(), "{good}");
    }
    for bad in ["", "HKLM", r"HKLM\", r"HKCU\Software", r"SOFTWARE\x", r"HKLM\a\\b", "/etc"] {
        assert!(RegistryKey::try_from(bad.to_owned()).is_err(), "{bad}");
    }
}

#[test]
fn a_program_has_a_name_or_a_path() {
    for good in ["cbengine.exe", "dpmra.exe", r"C:\Windows\Microsoft.NET", r"C:\Windows\x.exe"] {
        assert!(PathOrProgram::try_from(good.to_owned()).is_ok(), "{good}");
    }
    for bad in ["", "..", "NUL", "a/b", r"a\b.exe", "/bin/sh", "*.exe", r"C:\..\x"] {
        assert!(PathOrProgram::try_from(bad.to_owned()).is_err(), "{bad}");
    }
}

#[test]
fn a_drive_is_a_letter_and_a_colon() {
    for good in ["H:", "z:"] {
        assert!(DriveLetter::try_from(good.to_owned()).is_ok(), "{good}");
    }
    for bad in ["", "H", "HH:", r"H:\", "1:", "é:"] {
        assert!(DriveLetter::try_from(bad.to_owned()).is_err(), "{bad}");
    }
}

#[test]
fn several_are_at_least_one() {
    assert!(NonEmptyVec::try_from(Vec::<u8>::new()).is_err());
    assert_eq!(NonEmptyVec::try_from(vec![1, 2]).unwrap().as_slice(), [1, 2]);
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

#[test]
fn a_time_of_day_has_hours_and_minutes() {
    let minute = |text: &str| TimeOfDay::try_from(text.to_owned()).map(TimeOfDay::minute_of_day);
    for (text, expected) in [("00:00", 0), ("09:05", 545), ("21:00", 1260), ("23:59", 1439)] {
        assert_eq!(minute(text), Ok(expected), "{text}");
    }
    for text in ["", "9:05", "24:00", "12:60", "+1:00", "12:00:00", "noon", "12:+1"] {
        assert_eq!(minute(text), Err(ParamError::NotATime(text.to_owned())));
    }
}
