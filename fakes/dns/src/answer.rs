//! What is said to a message.
//!
//! As a resolver of an organization would: it is asked recursively (RA), speaks of what others have told it (no AA, but for its
//! own overrides, as dnsmasq's `address=` and unbound's `local-data`), and knows EDNS (RFC 6891) with the payload that servers
//! agreed on for DNS flag day 2020. Times to live are the lab's own (†).

use std::mem;
use std::net::IpAddr;
use std::str::FromStr;

use hickory_proto::op::{Edns, Message, MessageType, Metadata, OpCode, Query, ResponseCode};
use hickory_proto::rr::rdata::{CNAME, SOA};
use hickory_proto::rr::{DNSClass, Name, RData, Record, RecordType};
use marslab_model::world::Answering;
use marslab_model::{HostName, Tracked, World};
use marslab_network::{
    Basis, Question, ResolverAnswer, ask, behind, forwarded_zone, has_names_below,
};

/// How a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// In a datagram.
    Udp,
    /// On a connection.
    Tcp,
}

/// What comes of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// It is answered.
    Reply {
        /// The answer.
        bytes: Vec<u8>,
        /// After how many seconds.
        seconds: u32,
        /// What was asked, and what is said, for people.
        shown: [String; 2],
    },
    /// Nothing is said.
    Silence,
    /// The connection is reset.
    Reset,
}

/// What is said to a message, whatever it is.
pub fn answer(bytes: &[u8], world: &Tracked<'_, World>, over: Transport) -> Reaction {
    let Some(&[first, second, flags, ..]) = bytes.first_chunk::<HEADER_BYTES>() else {
        return Reaction::Silence;
    };
    let (id, code) = (u16::from_be_bytes([first, second]), OpCode::from_u8(flags >> 3 & 0xf));
    if flags & IS_RESPONSE != 0 {
        // Two servers that answered each other's answers would not end.
        return Reaction::Silence;
    }
    let refused = |why| {
        let mut reply = Message::error_msg(id, code, why);
        reply.metadata.recursion_desired = flags & RECURSION_DESIRED != 0;
        reply_with(&reply, "a message".to_owned(), 0)
    };
    if code != OpCode::Query {
        return refused(ResponseCode::NotImp);
    }
    let Ok(message) = Message::from_vec(bytes) else { return refused(ResponseCode::FormErr) };
    // One question a message (RFC 9619).
    let [query] = message.queries.as_slice() else { return refused(ResponseCode::FormErr) };
    Asked { message: &message, query, over }.answer(world)
}

/// A well-formed question.
struct Asked<'a> {
    message: &'a Message,
    query: &'a Query,
    over: Transport,
}

impl Asked<'_> {
    fn answer(&self, world: &Tracked<'_, World>) -> Reaction {
        let mut reply = self.begun();
        if let Some(why) = self.refusal() {
            reply.metadata.response_code = why;
            return reply_with(&reply, self.shown(), 0);
        }
        let text = self.query.name.to_ascii();
        let host = HostName::new(text.strip_suffix('.').unwrap_or(&text));
        let said = self.asked(world, &host);
        let delivery = &said.delivery;
        if said.answering == Answering::Silence {
            return Reaction::Silence;
        }
        match self.over {
            Transport::Tcp if !delivery.over_tcp => return Reaction::Reset,
            Transport::Udp if !delivery.whole_over_udp => reply.metadata.truncation = true,
            Transport::Tcp | Transport::Udp => self.fill(&mut reply, world, &host, &said),
        }
        if size(&reply) > self.limit() {
            reply = reply.truncate();
        }
        reply_with(&reply, self.shown(), delivery.seconds)
    }

    /// The answer without anything in it.
    fn begun(&self) -> Message {
        let Self { message, query, .. } = self;
        let mut reply = Message::new(message.metadata.id, MessageType::Response, OpCode::Query);
        reply.metadata = Metadata::response_from_request(&message.metadata);
        reply.metadata.recursion_available = true;
        reply.add_query((*query).clone());
        if let Some(asked) = &message.edns {
            let mut edns = Edns::new();
            edns.set_max_payload(UDP_BYTES_MAX).set_dnssec_ok(asked.flags().dnssec_ok);
            reply.set_edns(edns);
        }
        reply
    }

    /// Why the question is none for this server, whatever there is.
    fn refusal(&self) -> Option<ResponseCode> {
        if self.message.version() > 0 {
            return Some(ResponseCode::BADVERS);
        }
        let is_transfer = [RecordType::AXFR, RecordType::IXFR].contains(&self.query.query_type);
        (self.query.query_class != DNSClass::IN || is_transfer).then_some(ResponseCode::Refused)
    }

    fn asked(&self, world: &Tracked<'_, World>, host: &HostName) -> ResolverAnswer {
        let question = match self.query.query_type {
            RecordType::A | RecordType::ANY => Question::V4,
            RecordType::AAAA => Question::V6,
            _ => Question::Other,
        };
        let said = ask(world, question, host);
        // A part of what there is, to a question for everything (RFC 8482, 4.1).
        match said.answering {
            Answering::Empty if self.query.query_type == RecordType::ANY => {
                ask(world, Question::V6, host)
            }
            _ => said,
        }
    }

    /// Puts in what is said.
    fn fill(
        &self,
        reply: &mut Message,
        world: &Tracked<'_, World>,
        host: &HostName,
        said: &ResolverAnswer,
    ) {
        let name = &self.query.name;
        reply.metadata.authoritative = said.basis == Basis::Override;
        let ttl = if said.basis == Basis::Override { 0 } else { TTL };
        let is_of_names = said.basis == Basis::Names && said.answering != Answering::NameError;
        let mut behind = if is_of_names { behind(world, host) } else { Vec::new() };
        let is_alone = !behind.is_empty() && ALIAS_ALONE.contains(&self.query.query_type);
        if is_alone {
            behind.truncate(1);
        }
        let (aliases, owner) = chain(name, &behind);
        reply.add_answers(aliases);
        if is_alone {
            return;
        }
        let host = behind.last().unwrap_or(host);
        let record = |ip: &IpAddr| Record::from_rdata(owner.clone(), ttl, RData::from(*ip));
        reply.add_answers(said.ips.iter().map(record));
        let is_there = || {
            let is_of_names = said.basis == Basis::Names;
            is_of_names && (host.as_str().is_empty() || has_names_below(world, host))
        };
        let code = match said.answering {
            Answering::Records | Answering::Empty => ResponseCode::NoError,
            Answering::NameError if is_there() => ResponseCode::NoError,
            Answering::NameError => ResponseCode::NXDomain,
            Answering::ServerFailure => ResponseCode::ServFail,
            Answering::Refused | Answering::Silence => ResponseCode::Refused,
        };
        reply.metadata.response_code = code;
        if !matches!(said.answering, Answering::Empty | Answering::NameError) {
            return;
        }
        let Some(authority) = authority(world, host) else { return };
        if self.query.query_type == RecordType::SOA && authority.name == *name {
            reply.add_answer(authority);
        } else {
            // By which its time to live is known (RFC 2308, 3).
            reply.add_authority(authority);
        }
    }

    /// The largest answer, in bytes.
    fn limit(&self) -> usize {
        match self.over {
            Transport::Udp => self.message.max_payload().min(UDP_BYTES_MAX).into(),
            Transport::Tcp => u16::MAX.into(),
        }
    }

    fn shown(&self) -> String {
        let over = if self.over == Transport::Tcp { " over TCP" } else { "" };
        format!("{} {}{over}", self.query.query_type, self.query.name)
    }
}

/// The start of authority of the zone that a name is in: a forwarded one, else the registered domain of names that there are
/// (†: two labels), else the root.
fn authority(world: &Tracked<'_, World>, host: &HostName) -> Option<Record> {
    if let Some(zone) = forwarded_zone(world, host) {
        return start_of_authority(zone.as_str(), &PRIVATE);
    }
    let domain = registered_domain(host).filter(|domain| has_names_below(world, domain));
    match domain {
        Some(domain) => start_of_authority(domain.as_str(), &PUBLIC),
        None => start_of_authority("", &ROOT),
    }
}

fn registered_domain(host: &HostName) -> Option<HostName> {
    let labels: Vec<&str> = host.as_str().rsplitn(3, '.').collect();
    match labels.as_slice() {
        [last, before, ..] => Some(HostName::new(format!("{before}.{last}"))),
        _ => None,
    }
}

/// A zone's primary server, its administrator, serial number, refresh, retry, expire and minimum.
type Authority = (&'static str, &'static str, u32, [i32; 3], u32);

fn start_of_authority(zone: &str, of: &Authority) -> Option<Record> {
    let (primary, administrator, serial, [refresh, retry, expire], minimum) = *of;
    let name = |text: &str| Name::from_str(&format!("{text}.")).ok();
    let (primary, administrator) = (name(primary)?, name(administrator)?);
    let soa = SOA::new(primary, administrator, serial, refresh, retry, expire, minimum);
    Some(Record::from_rdata(name(zone)?, minimum, RData::SOA(soa)))
}

/// The records of an alias: each name, and what is behind it. And the last name.
fn chain(alias: &Name, behind: &[HostName]) -> (Vec<Record>, Name) {
    let mut owner = alias.clone();
    let names = behind.iter().filter_map(|name| Name::from_str(&format!("{name}.")).ok());
    let record = |name: Name| {
        let data = RData::CNAME(CNAME(name.clone()));
        Record::from_rdata(mem::replace(&mut owner, name), TTL, data)
    };
    let records = names.map(record).collect();
    (records, owner)
}

fn size(reply: &Message) -> usize {
    reply.to_vec().map_or(usize::MAX, |bytes| bytes.len())
}

fn reply_with(reply: &Message, question: String, seconds: u32) -> Reaction {
    // What was read can be written.
    let Ok(bytes) = reply.to_vec() else { return Reaction::Silence };
    let cut = if reply.metadata.truncation { " (cut)" } else { "" };
    let addresses = reply.answers.iter().filter_map(|it| it.data.ip_addr());
    let addresses: String = addresses.map(|ip| format!(" {ip}")).collect();
    let said = format!("{:?}{addresses}{cut}", reply.metadata.response_code);
    Reaction::Reply { bytes, seconds, shown: [question, said] }
}

/// The part of every message in front of its questions (RFC 1035, 4.1.1).
const HEADER_BYTES: usize = 12;

/// Bits of the third byte.
const IS_RESPONSE: u8 = 0x80;
const RECURSION_DESIRED: u8 = 0x01;

/// What servers send without fragments (DNS flag day 2020).
const UDP_BYTES_MAX: u16 = 1_232;

const TTL: u32 = 300;

/// Questions that an alias answers itself: for what it is an alias of (RFC 1034, 3.6.2), and for a part of what there is
/// (RFC 8482, 4.1).
const ALIAS_ALONE: [RecordType; 2] = [RecordType::CNAME, RecordType::ANY];

/// As Azure DNS makes public zones ("DNS zones and records", Microsoft), and as it makes private ones ("What is an Azure private
/// DNS zone", Microsoft; the serial number is †).
const PUBLIC: Authority =
    ("ns1-01.azure-dns.com", "azuredns-hostmaster.microsoft.com", 1, [3600, 300, 2_419_200], 300);
const PRIVATE: Authority =
    ("azureprivatedns.net", "azureprivatedns-host.microsoft.com", 1, [3600, 300, 2_419_200], 10);

/// The root zone's own, with a serial number of the lab's.
const ROOT: Authority =
    ("a.root-servers.net", "nstld.verisign-grs.com", 1, [1800, 900, 604_800], 86_400);

#[cfg(test)]
mod tests;
