//! Reading and writing the three messages (MS-NLMP, 2.2.1).

use jiff::Timestamp;

use super::{MESSAGE_BYTES_MAX, SIGNATURE};

/// Negotiation flags (MS-NLMP, 2.2.2.5), those that are used here.
pub mod flags {
    /// Strings are UTF-16.
    pub const UNICODE: u32 = 0x0000_0001;
    /// Strings are in the OEM code page.
    pub const OEM: u32 = 0x0000_0002;
    /// The challenge must have a target name.
    pub const REQUEST_TARGET: u32 = 0x0000_0004;
    /// Messages can be signed.
    pub const SIGN: u32 = 0x0000_0010;
    /// Messages can be encrypted.
    pub const SEAL: u32 = 0x0000_0020;
    /// NTLM authentication.
    pub const NTLM: u32 = 0x0000_0200;
    /// Messages are signed in sessions that sign.
    pub const ALWAYS_SIGN: u32 = 0x0000_8000;
    /// The target name is a domain's.
    pub const TARGET_DOMAIN: u32 = 0x0001_0000;
    /// Extended session security.
    pub const EXTENDED_SECURITY: u32 = 0x0008_0000;
    /// The challenge has target information.
    pub const TARGET_INFO: u32 = 0x0080_0000;
    /// The message has a version field.
    pub const VERSION: u32 = 0x0200_0000;
    /// 128-bit session keys.
    pub const KEY_128: u32 = 0x2000_0000;
    /// The client sends a session key.
    pub const KEY_EXCHANGE: u32 = 0x4000_0000;
    /// 56-bit session keys.
    pub const KEY_56: u32 = 0x8000_0000;
}

/// NEGOTIATE_MESSAGE (type 1): what the client supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Negotiate {
    /// The flags.
    pub flags: u32,
}

impl Negotiate {
    /// What Windows sends to HTTP servers.
    pub const WINDOWS: Self = Self {
        flags: flags::UNICODE
            | flags::OEM
            | flags::REQUEST_TARGET
            | flags::NTLM
            | flags::ALWAYS_SIGN
            | flags::EXTENDED_SECURITY
            | flags::VERSION
            | flags::KEY_128
            | flags::KEY_56,
    };

    /// Reads a message. Its optional domain and workstation names are ignored.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let message = Message::new(bytes, 1)?;
        Some(Self { flags: message.number(12)? })
    }

    /// Writes the message, without domain and workstation.
    pub fn write(self) -> Vec<u8> {
        let mut out = begin(1);
        out.extend_from_slice(&self.flags.to_le_bytes());
        out.extend_from_slice(&[0; 16]);
        out.extend_from_slice(&VERSION);
        out
    }
}

/// CHALLENGE_MESSAGE (type 2): what the server agreed to, and its nonce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The flags that both sides support.
    pub flags: u32,
    /// The server's nonce.
    pub challenge: [u8; 8],
    /// The target information: a sequence of AV_PAIR structures.
    pub info: Vec<u8>,
}

/// What a server says about itself in the target information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The NetBIOS name of its domain.
    pub domain: String,
    /// Its own NetBIOS name.
    pub server: String,
    /// The DNS name of its domain.
    pub dns_domain: String,
    /// Its own DNS name.
    pub dns_server: String,
    /// Its clock.
    pub now: Timestamp,
}

impl Target {
    /// The AV_PAIR structures that a domain member sends (MS-NLMP, 2.2.2.1).
    fn info(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let names = [
            (AV_DOMAIN, &self.domain),
            (AV_SERVER, &self.server),
            (AV_DNS_DOMAIN, &self.dns_domain),
            (AV_DNS_SERVER, &self.dns_server),
        ];
        for (id, name) in names {
            put_pair(&mut out, id, &utf16(name));
        }
        put_pair(&mut out, AV_TIMESTAMP, &filetime(self.now));
        put_pair(&mut out, AV_END, &[]);
        out
    }
}

impl Challenge {
    /// The answer to a client's offer, and its encoding. It agrees to all that the client asks for and that NTLM has, as Samba's
    /// `ntlm_auth` does (measured): clients give up where something that they need is missing. Without a target, or without a
    /// client that asks for it, it has only the challenge.
    pub fn new(offer: Negotiate, challenge: [u8; 8], target: Option<&Target>) -> (Self, Vec<u8>) {
        let text = if offer.flags & flags::UNICODE != 0 { flags::UNICODE } else { flags::OEM };
        let mut agreed = text | flags::NTLM | flags::VERSION | offer.flags & AGREED;
        let (name, info) = match target {
            Some(target) if offer.flags & flags::REQUEST_TARGET != 0 => {
                agreed |= flags::REQUEST_TARGET | flags::TARGET_DOMAIN | flags::TARGET_INFO;
                let is_wide = text == flags::UNICODE;
                let name = if is_wide { utf16(&target.domain) } else { oem(&target.domain) };
                (name, target.info())
            }
            _ => (Vec::new(), Vec::new()),
        };
        let challenge = Self { flags: agreed, challenge, info };
        let message = challenge.write(&name);
        (challenge, message)
    }

    fn write(&self, name: &[u8]) -> Vec<u8> {
        let mut out = begin(2);
        let after_name = put_field(&mut out, name, CHALLENGE_HEAD);
        out.extend_from_slice(&self.flags.to_le_bytes());
        out.extend_from_slice(&self.challenge);
        out.extend_from_slice(&[0; 8]);
        put_field(&mut out, &self.info, after_name);
        out.extend_from_slice(&VERSION);
        out.extend_from_slice(name);
        out.extend_from_slice(&self.info);
        out
    }

    /// A challenge whose target name is outside of the message, as Squid's `ntlm_fake_auth` sends it (proxy-wire 7.3).
    pub fn out_of_range(challenge: [u8; 8]) -> Vec<u8> {
        let name = b"WORKGROUP";
        let mut out = begin(2);
        out.extend_from_slice(&[9, 0, 9, 0, 0xae, 0xaa, 0xaa, 0xaa]);
        out.extend_from_slice(&0xa208_8207_u32.to_le_bytes());
        out.extend_from_slice(&challenge);
        out.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0x3a, 0]);
        out.extend_from_slice(name);
        out
    }

    /// Reads a message. The target name is ignored, because some servers send one that is outside of the message.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let message = Message::new(bytes, 2)?;
        let flags = message.number(20)?;
        let challenge = *bytes.get(24..)?.first_chunk()?;
        let has_info = flags & flags::TARGET_INFO != 0;
        let info = if has_info { message.field(40)? } else { &[] };
        Some(Self { flags, challenge, info: info.to_vec() })
    }
}

/// AUTHENTICATE_MESSAGE (type 3): who the client is, and its proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticate<'a> {
    /// The flags that both sides support.
    pub flags: u32,
    /// The domain as the client wrote it.
    pub domain: String,
    /// The user as the client wrote it.
    pub user: String,
    /// The LM response, or what clients send instead.
    pub(super) lm_response: &'a [u8],
    /// The NT response: the proof, and in NTLMv2 what it covers. Empty for an anonymous client.
    pub nt_response: &'a [u8],
    /// The session key that the client has chosen, encrypted; empty without a key exchange.
    pub(super) session_key: &'a [u8],
    /// The whole message.
    pub(super) bytes: &'a [u8],
}

impl<'a> Authenticate<'a> {
    /// Reads a message.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let message = Message::new(bytes, 3)?;
        // Clients older than Windows 2000 omit the flags and use OEM.
        let flags = message.number(60).unwrap_or(flags::OEM);
        let text = |at| message.field(at).and_then(|field| text(field, flags));
        Some(Self {
            flags,
            lm_response: message.field(12)?,
            nt_response: message.field(20)?,
            domain: text(28)?,
            user: text(36)?,
            session_key: message.field(52).unwrap_or_default(),
            bytes,
        })
    }
}

/// The fields of an AUTHENTICATE_MESSAGE that a client writes.
pub(super) struct AuthenticateFields<'a> {
    pub(super) flags: u32,
    pub(super) lm: &'a [u8],
    pub(super) nt: &'a [u8],
    pub(super) domain: &'a str,
    pub(super) user: &'a str,
}

impl AuthenticateFields<'_> {
    /// Writes the message with zeros as its integrity code (MIC).
    pub(super) fn write(&self) -> Vec<u8> {
        let is_wide = self.flags & flags::UNICODE != 0;
        let text = |text| if is_wide { utf16(text) } else { oem(text) };
        let (domain, user) = (text(self.domain), text(self.user));
        let mut out = begin(3);
        let mut at = MIC_AT + MIC_BYTES;
        for field in [self.lm, self.nt, &domain, &user, &[], &[]] {
            at = put_field(&mut out, field, at);
        }
        out.extend_from_slice(&self.flags.to_le_bytes());
        out.extend_from_slice(&VERSION);
        out.extend_from_slice(&[0; MIC_BYTES]);
        for field in [self.lm, self.nt, &domain, &user] {
            out.extend_from_slice(field);
        }
        out
    }
}

/// A message with bounds-checked access.
struct Message<'a>(&'a [u8]);

impl<'a> Message<'a> {
    fn new(bytes: &'a [u8], kind: u32) -> Option<Self> {
        let message = Self(bytes);
        let fits = bytes.len() <= MESSAGE_BYTES_MAX && bytes.starts_with(SIGNATURE);
        (fits && message.number(8) == Some(kind)).then_some(message)
    }

    fn number(&self, at: usize) -> Option<u32> {
        self.0.get(at..)?.first_chunk().map(|digits| u32::from_le_bytes(*digits))
    }

    /// The content of a field that is given by length, capacity and offset. An empty one may have any offset.
    fn field(&self, at: usize) -> Option<&'a [u8]> {
        let length = self.0.get(at..)?.first_chunk().map(|digits| u16::from_le_bytes(*digits))?;
        if length == 0 {
            return Some(&[]);
        }
        let offset = usize::try_from(self.number(at + 4)?).ok()?;
        self.0.get(offset..)?.get(..usize::from(length))
    }
}

/// The AV_PAIR structures up to the end marker, or up to one that is cut off.
pub(super) fn pairs(mut info: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (id, rest) = info.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let id = u16::from_le_bytes(*id);
        let (value, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
        info = rest;
        (id != AV_END).then_some((id, value))
    })
}

pub(super) fn put_pair(out: &mut Vec<u8>, id: u16, value: &[u8]) {
    // Names are short. Anything else would be dropped.
    let length = u16::try_from(value.len()).unwrap_or(0);
    out.extend_from_slice(&id.to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(value.get(..usize::from(length)).unwrap_or_default());
}

fn begin(kind: u32) -> Vec<u8> {
    let mut out = SIGNATURE.to_vec();
    out.extend_from_slice(&kind.to_le_bytes());
    out
}

/// Writes the length and offset of a field at `at`, and returns where the next field goes.
fn put_field(out: &mut Vec<u8>, field: &[u8], at: usize) -> usize {
    let length = u16::try_from(field.len()).unwrap_or(u16::MAX).to_le_bytes();
    out.extend_from_slice(&length);
    out.extend_from_slice(&length);
    out.extend_from_slice(&u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes());
    at + field.len()
}

pub(super) fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn oem(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

/// Decodes UTF-16, or the OEM code page as if it were Latin-1.
fn text(field: &[u8], flags: u32) -> Option<String> {
    if flags & flags::UNICODE == 0 {
        return Some(field.iter().map(|byte| char::from(*byte)).collect());
    }
    let units = field.chunks_exact(2).filter_map(|pair| pair.first_chunk());
    let text = String::from_utf16(&units.map(|pair| u16::from_le_bytes(*pair)).collect::<Vec<_>>());
    text.ok().filter(|_| field.len().is_multiple_of(2))
}

/// A FILETIME: units of 100 ns since 1601.
pub(super) fn filetime(moment: Timestamp) -> [u8; 8] {
    let ticks = moment.as_nanosecond() / 100 + SECONDS_BEFORE_1970 * 10_000_000;
    u64::try_from(ticks).unwrap_or(0).to_le_bytes()
}

const SECONDS_BEFORE_1970: i128 = 11_644_473_600;

/// The VERSION structure of Windows 10, build 14393 (MS-NLMP, 2.2.2.10).
const VERSION: [u8; 8] = [10, 0, 0x39, 0x38, 0, 0, 0, 15];

/// What is agreed to where a client asks for it (MS-NLMP, 3.2.5.1.1).
const AGREED: u32 = flags::SIGN
    | flags::SEAL
    | flags::ALWAYS_SIGN
    | flags::EXTENDED_SECURITY
    | flags::KEY_128
    | flags::KEY_EXCHANGE
    | flags::KEY_56;

/// The length of a CHALLENGE_MESSAGE without its payload.
const CHALLENGE_HEAD: usize = 56;

/// The offset and length of the MIC in an AUTHENTICATE_MESSAGE (MS-NLMP, 2.2.1.3).
pub(super) const MIC_AT: usize = 72;
pub(super) const MIC_BYTES: usize = 16;

const AV_END: u16 = 0;
const AV_SERVER: u16 = 1;
const AV_DOMAIN: u16 = 2;
const AV_DNS_SERVER: u16 = 3;
const AV_DNS_DOMAIN: u16 = 4;
pub(super) const AV_FLAGS: u16 = 6;
pub(super) const AV_TIMESTAMP: u16 = 7;
