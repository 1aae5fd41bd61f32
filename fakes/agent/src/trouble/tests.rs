use http::HeaderMap;
use marslab_wire::http::{HttpError, Response};

use super::Trouble;

fn answer(status: u16, body: &str) -> Trouble {
    let response = Response { status, headers: HeaderMap::new(), body: body.as_bytes().to_vec() };
    Trouble::answer("host".to_owned(), &response)
}

#[track_caller]
fn check(status: u16, body: &str, expected: &str) {
    assert_eq!(answer(status, body).to_string(), expected);
}

#[test]
fn an_answer_is_told_by_its_code() {
    let management = r#"{"error": {"code": "KeyDiffers", "message": "secret"}}"#;
    check(409, management, "`host` answered with status `409` KeyDiffers");
    let login =
        r#"{"error": "invalid_client", "error_description": "AADSTS700027: text\r\nTrace"}"#;
    check(401, login, "`host` answered with status `401` AADSTS700027");
    check(
        401,
        r#"{"error": "invalid_client"}"#,
        "`host` answered with status `401` invalid_client",
    );
    for body in ["", "<html>", "[]", r#"{"error": 7}"#] {
        check(500, body, "`host` answered with status `500` ");
    }
}

#[test]
fn refusals_and_proxies_are_told_apart() {
    let refused_tunnel = |status| Trouble::Http {
        host: "host".to_owned(),
        error: HttpError::ProxyRefused {
            proxy: "10.0.0.5:8080".parse().unwrap(),
            status,
            headers: Box::default(),
        },
    };
    for (trouble, asks, refusal) in [
        (answer(409, ""), false, true),
        (answer(500, ""), false, true),
        (answer(302, ""), false, false),
        (answer(401, ""), false, false),
        (answer(407, ""), true, false),
        (refused_tunnel(407), true, false),
        (refused_tunnel(403), false, false),
    ] {
        assert_eq!((trouble.is_proxy_asking(), trouble.is_refusal()), (asks, refusal), "{trouble}");
    }
}
