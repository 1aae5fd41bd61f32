use marslab_model::WinPath;
use marslab_model::host::LaunchError;
use marslab_testing::TestHost;

use super::{build_serializers, is_from_before_directory, start};
use crate::Limits;
use crate::places::Places;
use crate::testing::{INSTALL, installed};

const COMPILERS: [&str; 2] = [
    r"C:\Windows\Microsoft.NET\Framework64\v2.0.50727\csc.exe",
    r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe",
];

fn host() -> TestHost {
    COMPILERS.iter().fold(installed(), |host, path| host.with_file(path, b"MZ", 2))
}

#[test]
fn a_blocked_program_stops_the_engine() {
    let engine = format!(r"{INSTALL}\bin\cbengine.exe");
    let [first, second] = COMPILERS;
    for (program, error, expected) in [
        (engine.as_str(), LaunchError::Blocked, false),
        (&engine, LaunchError::NotFound, false),
        (first, LaunchError::Blocked, false),
        (first, LaunchError::NotFound, true),
        (second, LaunchError::Blocked, false),
        (r"C:\Windows\System32\cmd.exe", LaunchError::Blocked, true),
    ] {
        let host = host();
        host.machine().launches.insert(WinPath::new(program), error);
        assert_eq!(runs(&host), expected, "{program} {error}");
    }
    assert!(runs(&installed()));
}

fn runs(host: &TestHost) -> bool {
    start(host, &Places::read(host)).is_ok() && build_serializers(host).is_ok()
}

#[test]
fn versions_compare_as_numbers() {
    for (version, expected) in [
        ("2.0.9082.9", true),
        ("2.0.999.0", true),
        ("1.9.9999.0", true),
        ("2.0.9083", false),
        ("2.0.9083.0", false),
        ("2.0.10000.0", false),
        ("2.1.0.0", false),
    ] {
        assert_eq!(is_from_before_directory(version, &Limits::default()), expected, "{version}");
    }
}
