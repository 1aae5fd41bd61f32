use marslab_model::{Address, Operation, Outcome};
use marslab_wire::http::Credentials;
use marslab_wire::socks;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Door, DoorFile};
use crate::trace::TracedLive;
use marslab_live::{Fidelity, Live, StartOptions, start_time};

/// A running healthy world and its door.
async fn open() -> (Live, Door, DoorFile) {
    let live = live();
    let door = Door::open(&TracedLive::new(&live)).await.unwrap();
    let file = door.description().clone();
    (live, door, file)
}

fn live() -> Live {
    let world = marslab_base::healthy(start_time(Fidelity::Loopback));
    Live::start(world, &StartOptions::new(Fidelity::Loopback, 1)).unwrap()
}

/// Sends one HTTP request as it stands and returns the whole answer.
async fn send(to: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(to).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

async fn call(file: &DoorFile, call: &str, body: &str) -> String {
    let DoorFile { http, token, .. } = file;
    let length = body.len();
    let request = format!(
        "POST /v1/{call} HTTP/1.1\r\nHost: {http}\r\nAuthorization: Bearer {token}\r\n\
         Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    send(http, &request).await
}

#[tokio::test]
async fn calls_answer_what_the_machine_shows() {
    let (live, _door, file) = open().await;
    for (name, body, expected) in [
        ("service", r#"{"name": "OBENGINE"}"#, r#""state":"running""#),
        ("service", r#"{"name": "absent"}"#, r#"{"ok":null}"#),
        ("read-file", r#"{"path": "C:\\Windows\\Temp\\setup.log"}"#, r#"{"ok":"ok"}"#),
        ("read-file", r#"{"path": "C:\\absent"}"#, r#""code":"not-found""#),
        (
            "registry-value",
            r#"{"key": "HKLM\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Setup", "name": "installpath"}"#,
            "Recovery Services Agent",
        ),
        ("resolve", r#"{"name": "login.windows.net"}"#, "20.190.129.10"),
        ("resolve", r#"{"name": "example.org"}"#, r#""code":"no-such-host""#),
        (
            "server-tls-versions",
            r#"{"to": "login.windows.net:443"}"#,
            r#"{"ok":["1.0","1.1","1.2"]}"#,
        ),
        ("server-tls-versions", r#"{"to": "login.windows.net"}"#, r#""code":"bad-arguments""#),
        ("volumes", "", r#""C:":{"#),
        ("read-file", r#"{"path": "C:\\absent"}"#, r#"{"refused":{"code":"not-found","#),
        ("service", "{}", r#"{"error":{"code":"bad-arguments""#),
        ("service", "rubbish", r#""code":"bad-arguments""#),
        ("service", r#"{"nam": "x"}"#, "400 Bad Request"),
        ("serv", "", "404 Not Found"),
    ] {
        let answer = call(&file, name, body).await;
        assert!(answer.contains(expected), "{name} {body}: {answer}");
    }
    drop(live);
}

#[tokio::test]
async fn every_call_of_the_list_is_answered() {
    let (_live, _door, file) = open().await;
    let arguments = r#"{"path": "C:\\Windows\\Temp\\setup.log", "extension": "tmp", "key": "HKLM", "name": "x", "url": "y", "to": "z:1"}"#;
    for name in super::calls::all().map(marslab_model::host::CallSpec::name) {
        let answer = call(&file, &name, arguments).await;
        assert!(!answer.contains("no-such-call"), "{name}: {answer}");
    }
}

#[tokio::test]
async fn strangers_are_turned_away() {
    let (_live, _door, file) = open().await;
    let DoorFile { http, token, .. } = &file;
    let rest = "Connection: close\r\nContent-Length: 0\r\n\r\n";
    let bearer = format!("Authorization: Bearer {token}\r\n");
    for (head, status) in [
        (format!("Host: {http}\r\n"), 401),
        (format!("Host: {http}\r\nAuthorization: Bearer wrong\r\n"), 401),
        (format!("Host: evil.example\r\n{bearer}"), 403),
        (format!("Host: {http}\r\nOrigin: http://evil.example\r\n{bearer}"), 403),
    ] {
        let answer = send(http, &format!("POST /v1/now HTTP/1.1\r\n{head}{rest}")).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{head}: {answer}");
    }
}

#[tokio::test]
async fn the_socks_door_leads_into_the_simulated_network() {
    let (_live, _door, file) = open().await;
    let to = Address::new("www.msftncsi.com", 80);
    let login =
        |password: &str| Credentials { user: "SYSTEM".to_owned(), password: password.to_owned() };
    let stream = TcpStream::connect(&file.socks).await.unwrap();
    let mut stream = socks::connect(stream, &to, Some(&login(&file.token))).await.unwrap();
    stream
        .write_all(b"GET /ncsi.txt HTTP/1.1\r\nHost: www.msftncsi.com\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("Microsoft NCSI"), "{answer}");

    let stream = TcpStream::connect(&file.socks).await.unwrap();
    assert!(socks::connect(stream, &to, Some(&login("wrong"))).await.is_err());
    let stream = TcpStream::connect(&file.socks).await.unwrap();
    let nowhere = Address::new("example.org", 80);
    assert!(socks::connect(stream, &nowhere, Some(&login(&file.token))).await.is_err());
}

#[tokio::test]
async fn what_is_asked_through_the_door_is_traced() {
    let live = live();
    let traced = TracedLive::new(&live);
    let door = Door::open(&traced).await.unwrap();
    let file = door.description();
    call(file, "computer-name", "").await;
    let login = Credentials { user: "SYSTEM".to_owned(), password: file.token.clone() };
    let to = Address::new("www.msftncsi.com", 80);
    let stream = TcpStream::connect(&file.socks).await.unwrap();
    socks::connect(stream, &to, Some(&login)).await.unwrap();
    let trace = traced.end();
    let names: Vec<String> = trace.calls.iter().map(|call| call.call.named().0).collect();
    assert_eq!(names, ["computer-name", "dial"]);
    assert_eq!((trace.count, trace.has_folder), (2, false));
    assert!(!trace.connected.is_empty());
}

#[tokio::test]
async fn the_drive_is_a_folder_and_goes_with_the_world() {
    let (live, door, file) = open().await;
    let answer = call(&file, "drive-c", "").await;
    let body = answer.split_once("\r\n\r\n").unwrap().1;
    let drive = serde_json::from_str::<serde_json::Value>(body).unwrap();
    let drive = std::path::PathBuf::from(drive["ok"].as_str().unwrap());
    assert_eq!(std::fs::read_to_string(drive.join("Windows/Temp/setup.log")).unwrap(), "ok");
    assert_eq!(live.operate(Operation::DownloadCredentials).await, Outcome::Succeeded);
    assert_eq!(std::fs::read_dir(drive.join("Users/admin/Downloads")).unwrap().count(), 1);
    drop((live, door));
    // The door's servers are ended when the runtime comes to it.
    let gone = async {
        while drive.exists() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), gone).await.unwrap();
}
