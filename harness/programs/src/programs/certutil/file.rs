//! Files with certificates, their hashes, and downloads.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_model::host::{HostError as _, TlsClient};
use marslab_shell::Printed;
use marslab_shell::web;
use marslab_wire::http::Request;
use marslab_wire::x509;

use super::{BAD_ENCODING, INVALID, describe, done, failed};
use crate::page::Page;
use crate::program::Call;

/// The certificate in a file, DER or Base64 between lines of dashes; else the number of the error.
pub(super) fn certificate(call: &Call<'_>, file: &str) -> Result<Vec<u8>, u32> {
    let content = call.host().read_file(call.who(), &call.path(file));
    let content = content.map_err(|error| 0x8007_0000 | error.number())?;
    if x509::read(content.bytes()).is_ok() {
        return Ok(content.bytes().to_vec());
    }
    let text = String::from_utf8_lossy(content.bytes());
    let encoded: String =
        text.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect();
    let der = STANDARD.decode(encoded).ok().filter(|der| x509::read(der).is_ok());
    der.ok_or(BAD_ENCODING)
}

/// Shows a certificate; `-verify` also whether it has expired and chains to a trusted root by name.
pub(super) fn dump(call: &Call<'_>, verb: &str, file: &str) -> Printed {
    let der = match certificate(call, file) {
        Ok(der) => der,
        Err(code) => return failed(call, verb, code),
    };
    let mut page = Page::default();
    describe(call, &mut page, &der);
    if let (Ok(read), true) = (x509::read(&der), verb == "verify") {
        let now = call.host().now();
        let roots = call.host().trusted_roots().unwrap_or_default();
        let is_trusted =
            roots.iter().any(|root| x509::read(root).is_ok_and(|it| it.subject == read.issuer));
        if now < read.not_before || now > read.not_after {
            page.line("A required certificate is not within its validity period when verifying against the current system clock");
            page.line("or the timestamp in the signed file. 0x800b0101 (CERT_E_EXPIRED)");
            return Printed::failed(0x800b_0101, page.text());
        }
        if !is_trusted {
            page.line("A certificate chain could not be built to a trusted root authority. 0x800b010a (CERT_E_CHAINING)");
            return Printed::failed(0x800b_010a, page.text());
        }
    }
    done(page, verb)
}

/// SHA-1, which is the default.
pub(super) fn hash(call: &Call<'_>, file: &str) -> Printed {
    let path = call.path(file);
    match call.host().read_file(call.who(), &path) {
        Ok(content) => {
            let mut page = Page::default();
            page.line(format!("SHA1 hash of {path}:"));
            page.line(x509::thumbprint(content.bytes()).to_lowercase());
            done(page, "hashfile")
        }
        Err(error) => failed(call, "hashfile", 0x8007_0000 | error.number()),
    }
}

/// Downloads a file, without a proxy (†: the real one uses that of WinHTTP).
pub(super) async fn download(call: &Call<'_>, url: &str, file: &str) -> Printed {
    let Ok(url) = url.parse() else { return failed(call, "URLCache", INVALID) };
    let answer =
        match web::send(call.host(), call.who(), TlsClient::Native, &Request::get(url), None).await
        {
            Ok(answer) if answer.is_success() => answer,
            Ok(answer) => return failed(call, "URLCache", 0x8019_0000 | u32::from(answer.status)),
            Err(_) => return failed(call, "URLCache", CANNOT_CONNECT),
        };
    let size = u64::try_from(answer.body.len()).unwrap_or(u64::MAX);
    match call.host().write_file(call.who(), &call.path(file), &answer.body, size) {
        Ok(()) => {
            let mut page = Page::default();
            page.line("****  Online  ****");
            done(page, "URLCache")
        }
        Err(error) => failed(call, "URLCache", 0x8007_0000 | error.number()),
    }
}

/// `WININET_E_CANNOT_CONNECT`.
const CANNOT_CONNECT: u32 = 0x8007_2efd;
