//! The envelope in which Negotiate carries NTLM (SPNEGO, RFC 4178), as far as a server needs it to get to NTLM.
//!
//! Kerberos is recognised and never spoken: there is no ticket in the lab. What would protect the choice of a mechanism
//! (`mechListMIC`) is neither made nor looked at.

use crate::ntlm;
use crate::pkcs12::der::{self, EXPLICIT_0, OBJECT_ID, OCTET_STRING, Reader, SEQUENCE};

/// What a client says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// NTLM without an envelope, as Windows sends it where it knows of no domain.
    RawNtlm(&'a [u8]),
    /// The mechanisms that it offers, best first.
    Init {
        /// Whether NTLM is among them.
        offers_ntlm: bool,
        /// The first message of the first mechanism, if that is NTLM.
        first: Option<&'a [u8]>,
    },
    /// A further message.
    Response(&'a [u8]),
}

/// Reads what a client says; nothing where it is neither.
pub fn parse(bytes: &[u8]) -> Option<Token<'_>> {
    if ntlm::is_message(bytes) {
        return Some(Token::RawNtlm(bytes));
    }
    if bytes.len() > TOKEN_BYTES_MAX {
        return None;
    }
    let mut reader = Reader::new(bytes);
    if let Some(framed) = reader.take_optional(APPLICATION_0) {
        return offer(framed);
    }
    let mut fields = sequence(reader.take_optional(EXPLICIT_1)?)?;
    // The state and the mechanism are known by now.
    fields.take_optional(EXPLICIT_0);
    fields.take_optional(EXPLICIT_1);
    octets(fields.take_optional(EXPLICIT_2)?).map(Token::Response)
}

/// What a server says: with a message of NTLM, or that it wants to hear one.
pub fn accept_incomplete(message: Option<&[u8]>) -> Vec<u8> {
    response(ACCEPT_INCOMPLETE, message)
}

/// What a server says in the end.
pub fn accept_completed() -> Vec<u8> {
    response(ACCEPT_COMPLETED, None)
}

fn offer(framed: &[u8]) -> Option<Token<'_>> {
    let mut framed = Reader::new(framed);
    if framed.take_optional(OBJECT_ID)? != SPNEGO {
        return None;
    }
    let mut fields = sequence(framed.take_optional(EXPLICIT_0)?)?;
    let mut offered = sequence(fields.take_optional(EXPLICIT_0)?)?;
    let mut mechanisms = Vec::new();
    while let Some(id) = offered.take_optional(OBJECT_ID) {
        mechanisms.push(id);
    }
    fields.take_optional(EXPLICIT_1);
    let first = fields.take_optional(EXPLICIT_2).and_then(octets);
    let is_first = mechanisms.first() == Some(&NTLM);
    let first = first.filter(|first| is_first && ntlm::is_message(first));
    Some(Token::Init { offers_ntlm: mechanisms.contains(&NTLM), first })
}

fn response(state: u8, message: Option<&[u8]>) -> Vec<u8> {
    let state = der::element(EXPLICIT_0, &[&der::element(ENUMERATED, &[&[state]])]);
    let mechanism = der::element(EXPLICIT_1, &[&der::object_id(NTLM)]);
    let message = message.map(|message| der::element(EXPLICIT_2, &[&der::octets(message)]));
    let fields = [state, mechanism, message.unwrap_or_default()].concat();
    der::element(EXPLICIT_1, &[&der::sequence(&[&fields])])
}

fn sequence(content: &[u8]) -> Option<Reader<'_>> {
    Reader::new(content).take_optional(SEQUENCE).map(Reader::new)
}

fn octets(content: &[u8]) -> Option<&[u8]> {
    Reader::new(content).take_optional(OCTET_STRING)
}

/// The longest token that Windows makes (`MaxTokenSize`).
pub const TOKEN_BYTES_MAX: usize = 48_000;

const ENUMERATED: u8 = 0x0a;
const APPLICATION_0: u8 = 0x60;
const EXPLICIT_1: u8 = 0xa1;
const EXPLICIT_2: u8 = 0xa2;

const ACCEPT_COMPLETED: u8 = 0;
const ACCEPT_INCOMPLETE: u8 = 1;

/// 1.3.6.1.5.5.2.
const SPNEGO: &[u8] = &[0x2b, 6, 1, 5, 5, 2];

/// 1.3.6.1.4.1.311.2.2.10.
const NTLM: &[u8] = &[0x2b, 6, 1, 4, 1, 0x82, 0x37, 2, 2, 10];

#[cfg(test)]
mod tests;
