use std::borrow::Cow;
use std::collections::BTreeSet;

use http::HeaderMap;
use marslab_model::host::{AttachError, FileError, LaunchError, VirtualDiskError, VolumeError};
use marslab_model::{DialError, WinPath};
use marslab_wire::http::{HttpError, Response};
use marslab_wire::tls::TlsError;

use super::{Kind, StepError};

fn answer(status: u16, body: &str) -> StepError {
    let response = Response { status, headers: HeaderMap::new(), body: body.as_bytes().to_vec() };
    StepError::answer("GetAADToken", &response)
}

fn http(error: HttpError) -> StepError {
    StepError::Http { call: "GetAADToken", host: "login.windows.net".to_owned(), error }
}

fn dial(error: DialError) -> StepError {
    http(HttpError::Dial { to: "login.windows.net:443".parse().unwrap(), error })
}

fn refused_tunnel(status: u16) -> StepError {
    let proxy = "10.0.0.5:8080".parse().unwrap();
    http(HttpError::ProxyRefused { proxy, status, headers: Box::default() })
}

#[test]
fn an_answer_has_a_kind_a_status_and_a_code() {
    let key_differs = r#"{"error": {"code": "KeyDiffers", "message": "secret"}}"#;
    let denied = StepError::File { path: WinPath::new(r"C:\a"), error: FileError::AccessDenied };
    for (error, kind, status, code) in [
        (answer(409, key_differs), Kind::Answer, Some(409), Some("KeyDiffers")),
        (
            answer(401, r#"{"error": "invalid_client"}"#),
            Kind::Answer,
            Some(401),
            Some("invalid_client"),
        ),
        (answer(500, "<html>"), Kind::Answer, Some(500), Some("")),
        (answer(500, "[]"), Kind::Answer, Some(500), Some("")),
        (answer(500, r#"{"error": 7}"#), Kind::Answer, Some(500), Some("")),
        (refused_tunnel(407), Kind::ProxyRefusal, Some(407), None),
        (dial(DialError::TimedOut), Kind::NoAnswer, None, Some("timed-out")),
        (denied, Kind::File, None, Some("access-denied")),
        (StepError::Attach(AttachError::NoInitiator), Kind::Attach, None, Some("no-initiator")),
        (StepError::Probe, Kind::Probe, None, None),
    ] {
        let found = (error.kind(), error.status(), error.code());
        assert_eq!(found, (kind, status, code.map(Cow::Borrowed)), "{error:?}");
    }
}

#[test]
fn kinds_have_names_and_lines_of_their_own() {
    let mut names = BTreeSet::new();
    for kind in Kind::ALL {
        assert!(names.insert(kind.as_str()), "{kind}");
        assert!(kind.documentation().ends_with('.'), "{kind}");
        assert_eq!(serde_json::from_value::<Kind>(kind.as_str().into()).unwrap(), *kind);
    }
    let unknown = serde_json::from_value::<Kind>("unknown".into()).unwrap_err().to_string();
    assert!(
        unknown.starts_with("unknown variant `unknown`, expected one of `engine`, `program`"),
        "{unknown}"
    );
}

#[track_caller]
fn check(error: &StepError, hresult: u32, text: &str) {
    let found = format!("{:08x} {}", error.hresult(), error.text());
    assert!(error.hresult() == hresult && error.text().starts_with(text), "{found}");
}

#[test]
fn errors_have_the_codes_and_texts_of_windows() {
    let login =
        r#"{"error": "invalid_client", "error_description": "AADSTS700027: Why.\r\nTrace"}"#;
    check(&answer(401, login), 0x8019_0191, "AADSTS700027: Why.");
    check(
        &answer(409, r#"{"error": {"code": "KeyDiffers", "message": "secret"}}"#),
        0x8019_0199,
        "The remote server returned an error: (409) Conflict.",
    );
    check(&answer(599, ""), 0x8019_0257, "The remote server returned an error: (599) .");
    check(
        &refused_tunnel(407),
        0x8019_0197,
        "The remote server returned an error: (407) Proxy Authentication Required.",
    );
    check(&dial(DialError::NoSuchHost), 0x8007_2ee7, "The remote name could not be resolved: 'l");
    check(&dial(DialError::TimedOut), 0x8007_2ee2, "A connection attempt failed because");
    check(&dial(DialError::Refused), 0x8007_2efd, "No connection could be made");
    check(&dial(DialError::Reset), 0x8007_2efe, "An existing connection was forcibly closed");
    let tls = |error| http(HttpError::Tls(error));
    check(&tls(TlsError::NoCommonVersion), 0x8007_2f7d, "The request was aborted");
    check(&tls(TlsError::Expired), 0x8007_2f8f, "The underlying connection was closed");
    let denied = StepError::File { path: WinPath::new(r"C:\a"), error: FileError::AccessDenied };
    check(&denied, 0x8007_0005, r"Access to the path 'C:\a' is denied.");
    check(&StepError::TemporaryFile(FileError::NamesExhausted), 0x8007_0050, "The file exists.");
    let limitation = StepError::VirtualDisk(VirtualDiskError::Limitation);
    check(&limitation, 0xc03a_001a, "The requested operation could not be completed due to a");
    let absent = StepError::VirtualDisk(VirtualDiskError::NotFound);
    check(&absent, 0x8007_0002, "The system cannot find the file specified.");
    let held = StepError::Launch(LaunchError::SharingViolation);
    check(&held, 0x8007_0020, "The process cannot access the file because it is being used");
    let portal = "rec.example:3260".parse().unwrap();
    let lost = StepError::Recovery { portal, error: VolumeError::Device };
    check(
        &lost,
        0x8007_045d,
        "The request could not be performed because of an I/O device error. (rec.example:3260)",
    );
    check(&StepError::CertificateDates, 0x800b_0101, "CBPUserExpiredVaultCredential");
}
