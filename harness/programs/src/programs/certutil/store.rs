//! The stores `Root` and `My` of the machine.

use marslab_model::Content;
use marslab_shell::Printed;
use marslab_wire::x509;

use super::file::certificate;
use super::{BAD_ENCODING, DENIED, INVALID, NOT_FOUND, describe, done, failed};
use crate::page::Page;
use crate::program::Call;

/// A store of the lab.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Store {
    Root,
    My,
}

impl Store {
    fn of(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "root" => Some(Self::Root),
            "my" => Some(Self::My),
            _ => None,
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Root => "root \"Trusted Root Certification Authorities\"",
            Self::My => "my \"Personal\"",
        }
    }

    fn certificates(self, call: &Call<'_>) -> Vec<Content> {
        match self {
            Self::Root => call.host().trusted_roots().unwrap_or_default(),
            Self::My => {
                let all = call.host().certificates().unwrap_or_default();
                all.into_iter().map(|certificate| certificate.der).collect()
            }
        }
    }
}

/// Whether a certificate is meant by a part of its subject, or by its hash.
fn is_meant(der: &[u8], id: &str) -> bool {
    let Ok(certificate) = x509::read(der) else { return false };
    let hash: String = id.chars().filter(|it| !it.is_whitespace()).collect();
    let (subject, id) = (certificate.subject.to_lowercase(), id.to_lowercase());
    certificate.thumbprint.eq_ignore_ascii_case(&hash)
        || subject.split(", ").any(|part| part.split_once('=').is_some_and(|(_, name)| name == id))
        || subject == id
}

pub(super) fn show(call: &Call<'_>, store: &str, id: Option<&str>) -> Printed {
    let Some(store) = Store::of(store) else { return failed(call, "store", INVALID) };
    let mut page = Page::default();
    page.line(store.heading());
    let all = store.certificates(call);
    let meant: Vec<_> =
        all.iter().enumerate().filter(|(_, der)| id.is_none_or(|id| is_meant(der, id))).collect();
    if meant.is_empty() && id.is_some() {
        return failed(call, "store", NOT_FOUND);
    }
    for (index, der) in meant {
        page.line(format!("================ Certificate {index} ================"));
        describe(call, &mut page, der);
        if store == Store::Root {
            page.line("  No key provider information");
            page.line("Cannot find the certificate and private key for decryption.").blank();
        } else {
            page.line("  Provider = Microsoft Software Key Storage Provider").blank();
        }
    }
    done(page, "store")
}

/// Only roots can be added: a certificate of the own store needs its key. A root of an authority that no server of the lab
/// has a certificate of is refused, since it could change nothing (†).
pub(super) fn add(call: &Call<'_>, store: &str, file: &str) -> Printed {
    let der = match certificate(call, file) {
        Ok(der) => der,
        Err(code) => return failed(call, "addstore", code),
    };
    if Store::of(store) != Some(Store::Root) {
        return failed(call, "addstore", INVALID);
    }
    if !call.is_administrator() {
        return failed(call, "addstore", DENIED);
    }
    let Ok(read) = x509::read(&der) else { return failed(call, "addstore", BAD_ENCODING) };
    let mut page = Page::default();
    page.line(Store::Root.heading());
    if !call.host().add_trusted_root(&der) {
        page.line(
            "The lab has no authority with this root, so that trust in it would change nothing.",
        );
        return Printed::failed(NOT_FOUND, page.text());
    }
    page.line("Signature matches Public Key");
    page.line(format!("Certificate \"{}\" added to store.", read.subject));
    done(page, "addstore")
}

pub(super) fn delete(call: &Call<'_>, store: &str, id: &str) -> Printed {
    let Some(store) = Store::of(store) else { return failed(call, "delstore", INVALID) };
    if !call.is_administrator() {
        return failed(call, "delstore", DENIED);
    }
    let mut page = Page::default();
    page.line(store.heading());
    let all = store.certificates(call);
    let meant: Vec<_> = all.iter().filter(|der| is_meant(der, id)).collect();
    if meant.is_empty() {
        return failed(call, "delstore", NOT_FOUND);
    }
    for (index, der) in meant.iter().enumerate() {
        match store {
            Store::Root => {
                call.host().remove_trusted_root(der);
            }
            Store::My => call.host().remove_certificate(&x509::thumbprint(der).into()),
        }
        page.line(format!("Deleting Certificate {index}"));
    }
    done(page, "delstore")
}
