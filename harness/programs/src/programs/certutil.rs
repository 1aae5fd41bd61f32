//! `certutil`: the stores of certificates. Of a certificate names, dates and hash are shown; serial numbers are not.

use async_trait::async_trait;
use marslab_shell::Printed;
use marslab_shell::dates;
use marslab_wire::x509;

use crate::page::Page;

mod file;
mod store;

use crate::program::{Call, Program};

pub(super) struct Certutil;

#[async_trait]
impl Program for Certutil {
    fn name(&self) -> &'static str {
        "certutil"
    }

    fn about(&self) -> &'static str {
        "certificates"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "-store root|my",
            "-addstore root FILE",
            "-delstore root NAME|THUMBPRINT",
            "-dump FILE",
            "-urlcache -f URL FILE",
            "-hashfile FILE",
        ]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let verb =
            call.arg(0).unwrap_or_default().trim_start_matches(['-', '/']).to_ascii_lowercase();
        let (options, words): (Vec<String>, Vec<String>) = call
            .args
            .iter()
            .skip(1)
            .cloned()
            .partition(|word| word.starts_with('-') && word.len() <= 12);
        let _ = options;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match (verb.as_str(), words.as_slice()) {
            ("store" | "viewstore", []) => store::show(call, "my", None),
            ("store" | "viewstore", [store]) => store::show(call, store, None),
            ("store" | "viewstore", [store, id]) => store::show(call, store, Some(id)),
            ("addstore", [store, file]) => store::add(call, store, file),
            ("delstore", [store, id]) => store::delete(call, store, id),
            ("dump" | "verify", [file]) => file::dump(call, &verb, file),
            ("hashfile", [file]) => file::hash(call, file),
            ("urlcache", [url, file]) => file::download(call, url, file).await,
            _ => {
                let text = format!("CertUtil: Unknown arg: {}\n", call.arg(0).unwrap_or("-?"));
                Printed::failed(INVALID, text)
            }
        }
    }
}

/// `-VERB command FAILED: 0x… (…)` and the message.
fn failed(call: &Call<'_>, verb: &str, code: u32) -> Printed {
    let message = match code {
        NOT_FOUND => "Cannot find object or property.".to_owned(),
        BAD_ENCODING => "ASN1 bad tag value met.".to_owned(),
        code => marslab_shell::messages::of(call.language(), code),
    };
    let text = format!("CertUtil: -{verb} command FAILED: 0x{code:08x}\nCertUtil: {message}\n");
    Printed::failed(code, text)
}

fn done(page: Page, verb: &str) -> Printed {
    Printed::ok(format!("{}CertUtil: -{verb} command completed successfully.\n", page.text()))
}

/// What is printed of a certificate.
fn describe(call: &Call<'_>, page: &mut Page, der: &[u8]) {
    let Ok(certificate) = x509::read(der) else {
        page.line("Cannot decode the certificate.");
        return;
    };
    let date = |at| dates::full(call.language(), dates::local(call.host(), at));
    page.line(format!("Issuer: {}", certificate.issuer));
    page.line(format!(" NotBefore: {}", date(certificate.not_before)));
    page.line(format!(" NotAfter: {}", date(certificate.not_after)));
    page.line(format!("Subject: {}", certificate.subject));
    if certificate.subject == certificate.issuer {
        page.line("Signature matches Public Key").line("Root Certificate: Subject matches Issuer");
    } else {
        page.line("Non-root Certificate");
    }
    page.line(format!("Cert Hash(sha1): {}", certificate.thumbprint.to_lowercase()));
}

/// `CRYPT_E_NOT_FOUND`.
const NOT_FOUND: u32 = 0x8009_2004;
/// `E_INVALIDARG`.
const INVALID: u32 = 0x8007_0057;
/// `ERROR_ACCESS_DENIED` as an HRESULT.
const DENIED: u32 = 0x8007_0005;
/// `CRYPT_E_ASN1_BADTAG`.
const BAD_ENCODING: u32 = 0x8009_310b;
