//! The tokens in which Negotiate carries NTLM (SPNEGO, RFC 4178), as far as a server needs them to get to NTLM.
//!
//! Kerberos is recognized but not spoken: the lab has no tickets. The server reads `mechListMIC`, the client's signature of the
//! mechanisms that it has offered, and writes none: Squid does not pass the last token on to the client (measured).

use der::asn1::{AnyRef, BitStringRef, ContextSpecific, ObjectIdentifier, OctetStringRef};
use der::{
    Decode, Encode, Enumerated, Reader as _, Sequence, SliceReader, Tag, TagMode, TagNumber,
    Tagged as _,
};

use crate::ntlm;

/// A token from a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// An NTLM message without SPNEGO around it, as Windows sends it when it knows of no domain.
    RawNtlm(&'a [u8]),
    /// `NegTokenInit`: the mechanisms that the client offers.
    Init {
        /// Whether NTLM is among them.
        offers_ntlm: bool,
        /// The mechanisms, encoded as they are signed.
        mechanisms: Vec<u8>,
        /// The first message of NTLM, if the client prefers NTLM and sends one.
        first: Option<&'a [u8]>,
    },
    /// `NegTokenResp`: a further message of the chosen mechanism.
    Response {
        /// The message.
        message: &'a [u8],
        /// The signature of the mechanisms, if there is one.
        signature: Option<&'a [u8]>,
    },
}

/// Reads a client's token. Returns `None` if it is none, or has no message where one is due.
pub fn parse(bytes: &[u8]) -> Option<Token<'_>> {
    if ntlm::is_message(bytes) {
        return Some(Token::RawNtlm(bytes));
    }
    if bytes.len() > TOKEN_BYTES_MAX {
        return None;
    }
    if let Ok(init) = parse_init(bytes) {
        let ntlm_first = init.mech_types.first() == Some(&NTLM);
        let first = init.mech_token.map(|token| token.as_bytes());
        return Some(Token::Init {
            offers_ntlm: init.mech_types.contains(&NTLM),
            mechanisms: init.mech_types.to_der().ok()?,
            first: first.filter(|first| ntlm_first && ntlm::is_message(first)),
        });
    }
    let response = ContextSpecific::<NegTokenResp<'_>>::from_der(bytes).ok()?;
    let message = response.value.response_token.filter(|_| response.tag_number == TagNumber::N1)?;
    let signature = response.value.mech_list_mic.map(|signature| signature.as_bytes());
    Some(Token::Response { message: message.as_bytes(), signature })
}

/// The server's token that carries an NTLM message.
pub fn accept_incomplete(message: &[u8]) -> Vec<u8> {
    response(NegState::AcceptIncomplete, Some(message))
}

/// The server's token for a client that would rather use another mechanism: it is to use NTLM, and to sign what it has offered
/// (RFC 4178, 5).
pub fn request_signature() -> Vec<u8> {
    response(NegState::RequestMic, None)
}

/// The longest token that Windows produces (`MaxTokenSize`).
pub const TOKEN_BYTES_MAX: usize = 48_000;

/// RFC 4178, 4.2.1.
#[derive(Sequence)]
struct NegTokenInit<'a> {
    #[asn1(context_specific = "0")]
    mech_types: Vec<ObjectIdentifier>,
    #[asn1(context_specific = "1", optional = "true")]
    req_flags: Option<BitStringRef<'a>>,
    #[asn1(context_specific = "2", optional = "true")]
    mech_token: Option<OctetStringRef<'a>>,
    #[asn1(context_specific = "3", optional = "true")]
    mech_list_mic: Option<OctetStringRef<'a>>,
}

/// RFC 4178, 4.2.2.
#[derive(Sequence)]
struct NegTokenResp<'a> {
    #[asn1(context_specific = "0", optional = "true")]
    neg_state: Option<NegState>,
    #[asn1(context_specific = "1", optional = "true")]
    supported_mech: Option<ObjectIdentifier>,
    #[asn1(context_specific = "2", optional = "true")]
    response_token: Option<OctetStringRef<'a>>,
    #[asn1(context_specific = "3", optional = "true")]
    mech_list_mic: Option<OctetStringRef<'a>>,
}

#[derive(Clone, Copy, Enumerated)]
#[repr(u8)]
enum NegState {
    AcceptCompleted = 0,
    AcceptIncomplete = 1,
    Reject = 2,
    RequestMic = 3,
}

/// Takes a `NegTokenInit` out of the frame that the first token of a mechanism has (RFC 2743, 3.1).
fn parse_init(bytes: &[u8]) -> der::Result<NegTokenInit<'_>> {
    let frame = AnyRef::from_der(bytes)?;
    if frame.tag() != FRAME {
        return Err(frame.tag().unexpected_error(Some(FRAME)));
    }
    let mut reader = SliceReader::new(frame.value())?;
    let mechanism = ObjectIdentifier::decode(&mut reader)?;
    let init = ContextSpecific::decode_explicit(&mut reader, TagNumber::N0)?;
    let init = init.filter(|_| mechanism == SPNEGO);
    reader.finish(init.ok_or_else(|| FRAME.value_error())?.value)
}

fn response(state: NegState, message: Option<&[u8]>) -> Vec<u8> {
    let response = || {
        let value = NegTokenResp {
            neg_state: Some(state),
            supported_mech: Some(NTLM),
            response_token: message.map(OctetStringRef::new).transpose()?,
            mech_list_mic: None,
        };
        ContextSpecific { tag_number: TagNumber::N1, tag_mode: TagMode::Explicit, value }.to_der()
    };
    // It fails only for a message of 256 MiB; an empty token is one that no client takes.
    response().unwrap_or_default()
}

const FRAME: Tag = Tag::Application { constructed: true, number: TagNumber::N0 };

const SPNEGO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.2");

const NTLM: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.311.2.2.10");

#[cfg(test)]
mod tests;
