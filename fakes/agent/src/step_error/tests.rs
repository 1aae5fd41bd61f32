use http::HeaderMap;
use marslab_model::host::FileError;
use marslab_model::{DialError, WinPath};
use marslab_wire::http::{HttpError, Response};
use marslab_wire::tls::TlsError;

use super::StepError;

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
fn refusals_and_proxies_are_told_apart() {
    for (error, asks, refusal) in [
        (answer(409, ""), false, true),
        (answer(500, ""), false, true),
        (answer(302, ""), false, false),
        (answer(401, ""), false, false),
        (answer(407, ""), true, false),
        (refused_tunnel(407), true, false),
        (refused_tunnel(403), false, false),
    ] {
        assert_eq!((error.is_proxy_asking(), error.is_refusal()), (asks, refusal), "{error:?}");
    }
}

#[test]
fn the_code_of_an_answer_is_known() {
    let differs = answer(409, r#"{"error": {"code": "KeyDiffers", "message": "secret"}}"#);
    assert!(differs.has_code("KeyDiffers"));
    assert!(!differs.has_code(""));
    assert!(answer(401, r#"{"error": "invalid_client"}"#).has_code("invalid_client"));
    for body in ["", "<html>", "[]", r#"{"error": 7}"#] {
        assert!(answer(500, body).has_code(""), "{body}");
    }
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
    check(&StepError::CertificateDates, 0x800b_0101, "CBPUserExpiredVaultCredential");
}
