//! A diagnostic core of one rule for marslab, with nothing but Rust's standard library: it fits into an empty container.
//!
//! It reads the complaint from the file that its first argument names, or else from standard input, asks the door that
//! MARSLAB_HOST leads to for the service that its second argument names, or else for the iSCSI initiator, and finds
//! that stopped. `rustc -C target-feature=+crt-static service.rs` makes a program that needs no other file.

use std::error::Error;
use std::fs::File;
use std::io::{Read, Write, stdin};
use std::net::TcpStream;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut complaint = String::new();
    match arguments.next() {
        Some(path) => File::open(path)?.read_to_string(&mut complaint)?,
        None => stdin().read_to_string(&mut complaint)?,
    };
    if field(&complaint, "version").is_none() && !complaint.contains("\"operation\"") {
        return Err("this is no complaint".into());
    }
    let door = std::fs::read_to_string(std::env::var("MARSLAB_HOST")?)?;
    let (http, token) = field(&door, "http").zip(field(&door, "token")).ok_or("this is no door")?;
    let service = arguments.next().unwrap_or_else(|| "MSiSCSI".to_owned());
    let findings = match field(&ask(http, token, &service)?, "state") {
        Some("stopped") => "{\"cause\": \"iscsi-service-stopped\", \"about\": \"MSiSCSI\"}",
        _ => "",
    };
    println!("{{\"version\": 1, \"findings\": [{findings}], \"unchecked\": []}}");
    Ok(())
}

/// Asks the door for a service.
fn ask(http: &str, token: &str, service: &str) -> Result<String, Box<dyn Error>> {
    let body = format!("{{\"name\": \"{service}\"}}");
    let mut stream = TcpStream::connect(http)?;
    write!(
        stream,
        "POST /v1/service HTTP/1.1\r\nHost: {http}\r\nAuthorization: Bearer {token}\r\n\
         Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// The text value of a key. The document must have the key only once.
fn field<'t>(json: &'t str, key: &str) -> Option<&'t str> {
    let (_, rest) = json.split_once(&format!("\"{key}\""))?;
    let (_, rest) = rest.split_once('"')?;
    Some(rest.split_once('"')?.0)
}
