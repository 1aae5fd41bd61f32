use marslab_model::{Address, DialError};
use proptest::prelude::*;
use tokio::io::{AsyncWriteExt, DuplexStream, duplex};

use super::{SocksError, SocksRequest, accept, connect};
use crate::http::Credentials;
use crate::testing::{read_all, run};

fn credentials(user: &str, password: &str) -> Credentials {
    Credentials { user: user.to_owned(), password: password.to_owned() }
}

/// What our client gets if the server treats its request like this.
async fn ask<F: Future<Output = ()>>(
    to: &str,
    auth: Option<&Credentials>,
    server: impl FnOnce(SocksRequest<DuplexStream>) -> F,
) -> Result<DuplexStream, SocksError> {
    let (near, far) = duplex(1024);
    let to: Address = to.parse().unwrap();
    let server = async {
        let request = accept(far).await.unwrap();
        assert_eq!(request.to, to);
        server(request).await;
    };
    tokio::join!(connect(near, &to, auth), server).0
}

#[tokio::test]
async fn every_kind_of_address_is_connected() {
    let auth = credentials("CORP\\backup", "Gr\u{fc}n");
    for to in ["a.example:443", "10.0.0.5:8080", "[2001:db8::1]:65535"] {
        for auth in [None, Some(&auth)] {
            let connected = ask(to, auth, async |request| {
                assert_eq!(request.user.as_deref(), auth.map(|auth| auth.user.as_str()));
                assert!(request.has_password(auth.map_or("", |auth| &auth.password)));
                assert!(!request.has_password("green"));
                let mut stream = request.succeeded().await.unwrap();
                stream.write_all(b"welcome").await.unwrap();
            });
            assert_eq!(read_all(&mut connected.await.unwrap()).await, "welcome", "{to}");
        }
    }
}

#[tokio::test]
async fn the_client_gets_the_error_of_the_server() {
    use DialError::{NoSuchHost, Refused, Reset, TimedOut, Unreachable};
    for error in [NoSuchHost, TimedOut, Refused, Reset, Unreachable] {
        let answer = ask("a.example:1", None, async |request| request.failed(error).await.unwrap());
        assert_eq!(answer.await.unwrap_err(), SocksError::Dial(error));
    }
    let answer = ask("a.example:1", None, async |request| request.forbidden().await.unwrap());
    assert_eq!(answer.await.unwrap_err(), SocksError::Forbidden);
}

/// How the server ends after these bytes, and what it answers.
async fn accepted(bytes: &[u8]) -> (Result<String, SocksError>, Vec<u8>) {
    let (mut near, far) = duplex(4096);
    near.write_all(bytes).await.unwrap();
    near.shutdown().await.unwrap();
    let heard = accept(far).await.map(|request| request.to.to_string());
    let mut answer = Vec::new();
    tokio::io::AsyncReadExt::read_to_end(&mut near, &mut answer).await.unwrap();
    (heard, answer)
}

/// A client's bytes, the server's result, and its answer.
type Heard<'a> = (&'a [u8], Result<&'a str, SocksError>, &'a [u8]);

#[tokio::test]
async fn each_refusal_has_its_code() {
    use SocksError::{Closed, Malformed, NoCommonMethod, UnsupportedAddress};
    let bind = SocksError::UnsupportedCommand { command: 2 };
    let table: [Heard<'_>; 12] = [
        (b"", Err(Closed), b""),
        (b"GET / HTTP/1.1\r\n\r\n", Err(Malformed), b""),
        (b"\x04\x01\x00\x50\x0a\x00\x00\x05\x00", Err(Malformed), b""),
        (b"\x05\x00", Err(NoCommonMethod), b"\x05\xff"),
        (b"\x05\x01\x01", Err(NoCommonMethod), b"\x05\xff"),
        (b"\x05\x01\x02\x05", Err(Malformed), b"\x05\x02"),
        (b"\x05\x01\x00\x05\x01\x00\x01\x0a\x00", Err(Closed), b"\x05\x00"),
        (b"\x05\x01\x00\x05\x01\x00\x01\x0a\x00\x00\x05\x1f\x90", Ok("10.0.0.5:8080"), b"\x05\x00"),
        (b"\x05\x01\x00\x05\x02\x00\x01\x0a\x00\x00\x05\x1f\x90", Err(bind), REFUSED_COMMAND),
        (b"\x05\x01\x00\x05\x01\x00\x07", Err(UnsupportedAddress), REFUSED_ADDRESS),
        (b"\x05\x01\x00\x05\x01\x00\x03\x03a b\x00\x50", Err(UnsupportedAddress), REFUSED_ADDRESS),
        (b"\x05\x01\x00\x05\x01\x00\x03\x00\x00\x50", Err(UnsupportedAddress), REFUSED_ADDRESS),
    ];
    for (bytes, expected, answer) in table {
        let heard = accepted(bytes).await;
        assert_eq!(heard, (expected.map(str::to_owned), answer.to_vec()), "{bytes:?}");
    }
}

const REFUSED_COMMAND: &[u8] = b"\x05\x00\x05\x07\x00\x01\x00\x00\x00\x00\x00\x00";
const REFUSED_ADDRESS: &[u8] = b"\x05\x00\x05\x08\x00\x01\x00\x00\x00\x00\x00\x00";

/// How the client ends after a server's bytes.
async fn answered(bytes: &[u8], auth: Option<&Credentials>) -> Result<(), SocksError> {
    let (near, mut far) = duplex(4096);
    far.write_all(bytes).await.unwrap();
    far.shutdown().await.unwrap();
    connect(near, &Address::new("a.example", 80), auth).await.map(drop)
}

/// A server's bytes, the client's credentials, and its result.
type Answered<'a> = (&'a [u8], Option<&'a Credentials>, Result<(), SocksError>);

#[tokio::test]
async fn a_client_reads_every_answer() {
    let auth = credentials("backup", "secret");
    let table: [Answered<'_>; 8] = [
        (b"\x05\x00\x05\x00\x00\x03\x02ab\x00\x50", None, Ok(())),
        (b"\x05\x00\x05\x09\x00\x01\x00\x00\x00\x00\x00\x00", None, Err(SocksError::Malformed)),
        (b"\x05\x00\x05\x00\x00\x09", None, Err(SocksError::Malformed)),
        (b"\x05\xff", None, Err(SocksError::NoCommonMethod)),
        (b"\x05\x02", None, Err(SocksError::Malformed)),
        (b"\x05\x02\x01\x01", Some(&auth), Err(SocksError::WrongCredentials)),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", None, Err(SocksError::Malformed)),
        (b"\x05\x00\x05", None, Err(SocksError::Closed)),
    ];
    for (bytes, auth, expected) in table {
        assert_eq!(answered(bytes, auth).await, expected, "{bytes:?}");
    }
    let long = credentials(&"x".repeat(256), "");
    assert_eq!(answered(b"\x05\x02", Some(&long)).await, Err(SocksError::WrongCredentials));
}

#[tokio::test]
async fn the_password_is_not_printed() {
    let auth = credentials("backup", "secret");
    let answer = ask("a.example:1", Some(&auth), async |request| {
        let text = format!("{request:?}");
        assert!(text.contains("backup") && !text.contains("secret"), "{text}");
    });
    assert_eq!(answer.await.unwrap_err(), SocksError::Closed);
}

proptest! {
    #[test]
    fn garbage_is_answered_or_refused(
        head in prop_oneof![
            Just(&b""[..]), Just(&b"\x05\x01"[..]), Just(&b"\x05\x01\x00\x05\x01\x00"[..]), Just(&b"\x05\x01\x02\x01"[..]),
        ],
        tail in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let bytes = [head, &tail].concat();
        // The test is that both end.
        run(async { (accepted(&bytes).await, answered(&bytes, None).await) }).1.ok();
    }
}
