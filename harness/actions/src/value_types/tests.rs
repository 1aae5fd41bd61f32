use proptest::prelude::*;
use serde::Deserialize as _;

use super::{
    ComputerName, DnsName, DriveLetter, FilePath, HostAndPort, ListedFolder, NonEmptyVec,
    ParamError, PathOrProgram, RegistryKey, ScriptAnswer, TimeOfDay, Whole,
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
fn a_wrong_address_says_what_an_address_is() {
    let refused = |text: &str| HostAndPort::try_from(text.to_owned()).unwrap_err().to_string();
    assert_eq!(
        refused("*.windows.net:8080"),
        "invalid address `*.windows.net:8080`; expected a host and a port, such as `10.0.0.5:8080`"
    );
    assert_eq!(
        refused("http://10.0.0.5:8080"),
        "invalid address `http://10.0.0.5:8080`; write it without `http://`"
    );
}

#[test]
fn a_listed_folder_may_end_in_a_backslash() {
    for good in [r"C:\", r"C:\a", r"C:\a\", r"\\nas\share\"] {
        let listed = ListedFolder::try_from(good.to_owned()).unwrap();
        assert_eq!(listed.as_str(), good);
    }
    for bad in ["", r"\", r"C:\\", r"C:\a\\", "a", r"C:\..\"] {
        let refused = ListedFolder::try_from(bad.to_owned()).unwrap_err();
        assert_eq!(refused, ParamError::NotAPath(bad.to_owned()));
    }
}

#[test]
fn a_computer_has_a_short_name() {
    assert!(ComputerName::try_from("SRV-07".to_owned()).is_ok());
    for bad in ["", "SRV 07", "srv.corp"] {
        assert!(ComputerName::try_from(bad.to_owned()).is_err(), "{bad}");
    }
    let refused = ComputerName::try_from("waytoolongnamefor-netbios".to_owned()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "invalid computer name `waytoolongnamefor-netbios`; expected up to 15 letters, digits and hyphens"
    );
}

#[test]
fn whole_numbers_have_bounds() {
    let read = |text: &str| {
        let value = toml::de::ValueDeserializer::parse(text).unwrap();
        Whole::<i64, -5, 7>::deserialize(value)
            .map(Whole::get)
            .map_err(|it| it.message().to_owned())
    };
    assert_eq!(read("-5"), Ok(-5));
    assert_eq!(read("7"), Ok(7));
    let refused = |number: &str| Err(format!("must be from -5 to 7, not {number}"));
    for number in ["-6", "8", "9223372036854775808", "170141183460469231731687303715884105727"] {
        assert_eq!(read(number), refused(number));
    }
    let wrong = r#"invalid type: string "1", expected an integer from -5 to 7"#;
    assert_eq!(read("\"1\""), Err(wrong.to_owned()));
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
