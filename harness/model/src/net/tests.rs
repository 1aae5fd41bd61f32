use std::net::IpAddr;

use proptest::prelude::*;

use super::{Address, HostName, Target};

#[track_caller]
fn matches(target: &str, name: Option<&str>, ip: Option<&str>) -> bool {
    let target: Target = target.parse().unwrap();
    let ip = ip.map(|ip| ip.parse::<IpAddr>().unwrap());
    target.matches(name.map(HostName::new).as_ref(), ip)
}

#[test]
fn targets_match_what_they_say() {
    assert!(matches("*.windows.net", Some("login.windows.net"), None));
    assert!(matches("*.windows.net", Some("Windows.NET"), None));
    assert!(!matches("*.windows.net", Some("notwindows.net"), None));
    assert!(!matches("*.windows.net", None, Some("20.190.128.1")));
    assert!(matches("20.190.128.0/18", None, Some("20.190.191.255")));
    assert!(!matches("20.190.128.0/18", None, Some("20.190.192.0")));
    assert!(matches("10.0.0.5", None, Some("10.0.0.5")));
    assert!(matches("*", None, None));
}

#[test]
fn bad_targets_name_the_remedy() {
    for bad in ["20.190.128.0/40", "20.190.128/18", "a b", "", "*.", "-/-", "1.2.3", "x..y"] {
        let error = bad.parse::<Target>().unwrap_err().to_string();
        assert!(error.contains(bad), "{error}");
    }
}

#[test]
fn addresses_need_a_port() {
    assert_eq!("10.0.0.5:8080".parse::<Address>().unwrap().to_string(), "10.0.0.5:8080");
    for bad in ["10.0.0.5", "x:0", "x:65536", "x:", ":80", "a b:80"] {
        assert!(bad.parse::<Address>().is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn a_target_reads_back_as_itself(text in "\\*|(\\*\\.)?[a-z]{1,9}\\.[a-z]{2,3}|[0-9]{1,2}\\.0\\.0\\.0/[0-9]|\\PC{0,12}") {
        if let Ok(target) = text.parse::<Target>() {
            prop_assert_eq!(target.to_string().parse::<Target>().unwrap(), target);
        }
    }
}
