use super::{Started, is_meant, unquoted};

#[test]
fn which_lines_are_powershells() {
    for line in [
        "$PSVersionTable.PSVersion",
        "Get-Service obengine",
        "get-nothing",
        "(Get-Service obengine).Status",
        "ipconfig | Select-String IPv4",
        "powershell -Command Get-Service",
        "gsv",
        "'x' | Out-Null",
    ] {
        assert!(is_meant(line), "{line}");
    }
    for line in ["hostname", "whoami /groups", "sc query | findstr MARS", "", "start-up.cmd"] {
        assert!(!is_meant(line), "{line}");
    }
}

#[test]
fn options_of_the_program() {
    let started = Started::read("-nop -ep RemoteSigned -c Get-Date").unwrap();
    assert_eq!(started.policy.as_deref(), Some("RemoteSigned"));
    assert_eq!(started.command.as_deref(), Some("Get-Date"));
    assert_eq!(unquoted(r#""a \"b\"""#), "a \"b\"");
}
