use std::str::FromStr;

use hickory_proto::op::{Edns, Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::{DNSClass, Name, RecordType};
use jiff::Timestamp;
use marslab_model::tracked::Reads;
use marslab_model::world::{Answering, Delivery, ForwardedZone, Override};
use marslab_model::{Tracked, World};
use proptest::prelude::*;

use super::{Reaction, Transport, UDP_BYTES_MAX, answer};

/// A name with both kinds of addresses.
const BOTH: &str = "dns.msftncsi.com.";
const LOGIN: &str = "login.windows.net.";
const NOBODY: &str = "nobody.example.";

fn world(change: impl FnOnce(&mut World)) -> World {
    let mut world = marslab_base::healthy(Timestamp::UNIX_EPOCH);
    change(&mut world);
    world
}

fn question(name: &str, of: RecordType) -> Message {
    let mut message = Message::new(4711, MessageType::Query, OpCode::Query);
    message.metadata.recursion_desired = true;
    message.add_query(Query::query(Name::from_str(name).unwrap(), of));
    message
}

fn react(world: &World, bytes: &[u8], over: Transport) -> Reaction {
    let reads = Reads::default();
    answer(bytes, &Tracked::new(world, &reads), over)
}

fn reply(world: &World, message: &Message, over: Transport) -> Message {
    match react(world, &message.to_vec().unwrap(), over) {
        Reaction::Reply { bytes, .. } => Message::from_vec(&bytes).unwrap(),
        other => panic!("{other:?}"),
    }
}

/// What is told of a reply: its code, the addresses, and the zone in whose name it is negative.
fn told(world: &World, name: &str, of: RecordType) -> (ResponseCode, Vec<String>, String) {
    let reply = reply(world, &question(name, of), Transport::Udp);
    assert_eq!(reply.metadata.id, 4711);
    let addresses = reply.answers.iter().filter_map(|it| it.data.ip_addr());
    let zone = reply.authorities.first().map(|it| it.name.to_string()).unwrap_or_default();
    (reply.metadata.response_code, addresses.map(|ip| ip.to_string()).collect(), zone)
}

#[test]
fn names_and_types() {
    use RecordType::{A, AAAA, ANY, MX, NS, PTR, SOA, TXT, Unknown};
    use ResponseCode::{NXDomain, NoError};
    let world = world(|_| {});
    for (name, of, code, addresses, zone) in [
        (BOTH, A, NoError, &["131.107.255.255"][..], ""),
        (BOTH, AAAA, NoError, &["fd3e:4f5a:5b81::1"], ""),
        ("DNS.MsftNCSI.com.", A, NoError, &["131.107.255.255"], ""),
        (BOTH, ANY, NoError, &["131.107.255.255"], ""),
        (LOGIN, AAAA, NoError, &[], "windows.net."),
        (LOGIN, TXT, NoError, &[], "windows.net."),
        (LOGIN, MX, NoError, &[], "windows.net."),
        (LOGIN, NS, NoError, &[], "windows.net."),
        (LOGIN, SOA, NoError, &[], "windows.net."),
        (LOGIN, Unknown(65_280), NoError, &[], "windows.net."),
        // Of this name nothing is known but that there are names below it.
        ("windows.net.", A, NoError, &[], "windows.net."),
        ("net.", A, NoError, &[], "."),
        (".", NS, NoError, &[], "."),
        ("nobody.windows.net.", A, NXDomain, &[], "windows.net."),
        (NOBODY, A, NXDomain, &[], "."),
        (NOBODY, TXT, NXDomain, &[], "."),
        ("10.129.190.20.in-addr.arpa.", PTR, NXDomain, &[], "."),
        ("ogin.windows.net.", A, NXDomain, &[], "windows.net."),
    ] {
        let expected = (code, addresses.iter().map(ToString::to_string).collect(), zone.to_owned());
        assert_eq!(told(&world, name, of), expected, "{name} {of}");
    }
    // Of a zone itself, its start of authority is an answer.
    let soa = reply(&world, &question("windows.net.", SOA), Transport::Udp);
    assert_eq!((soa.answers.len(), soa.authorities.len()), (1, 0));
}

/// The records of an answer: owner, and what it leads to.
fn records(world: &World, name: &str, of: RecordType) -> Vec<String> {
    let reply = reply(world, &question(name, of), Transport::Udp);
    assert_eq!(reply.metadata.response_code, ResponseCode::NoError, "{name} {of}");
    reply.answers.iter().map(|it| format!("{} {}", it.name, it.data)).collect()
}

#[test]
fn an_alias_shows_what_is_behind_it() {
    use RecordType::{A, AAAA, ANY, CNAME, MX};
    const SIGN_IN: &str = "login.microsoftonline.com.";
    let plain = world(|_| {});
    let chain = [
        "login.microsoftonline.com. login.mso.msidentity.com.",
        "login.mso.msidentity.com. ak.privatelink.msidentity.com.",
        "ak.privatelink.msidentity.com. www.tm.ak.prd.aadg.trafficmanager.net.",
        "www.tm.ak.prd.aadg.trafficmanager.net. 40.126.1.10",
    ];
    assert_eq!(records(&plain, SIGN_IN, A), chain);
    assert_eq!(records(&plain, SIGN_IN, CNAME), chain[..1]);
    assert_eq!(records(&plain, SIGN_IN, ANY), chain[..1]);
    for of in [AAAA, MX] {
        assert_eq!(records(&plain, SIGN_IN, of), chain[..3]);
        assert_eq!(told(&plain, SIGN_IN, of).2, "trafficmanager.net.");
    }
    // The names behind are names, too.
    assert_eq!(records(&plain, "login.mso.msidentity.com.", A), chain[1..]);
    assert_eq!(records(&plain, "www.tm.ak.prd.aadg.trafficmanager.net.", A), chain[3..]);
    assert_eq!(told(&plain, "msidentity.com.", A).0, ResponseCode::NoError);
    assert_eq!(told(&plain, "nobody.msidentity.com.", A).0, ResponseCode::NXDomain);
    assert_eq!(records(&plain, LOGIN, CNAME), [""; 0]);
    let overridden = world(|world| {
        let with = vec!["10.9.9.9".parse().unwrap()];
        let it = Override { of: "*.microsoftonline.com".parse().unwrap(), with };
        world.network.resolver.overrides.insert("1".into(), it);
    });
    assert_eq!(records(&overridden, SIGN_IN, A), ["login.microsoftonline.com. 10.9.9.9"]);
    let private = world(|world| {
        let mut zone = ForwardedZone::answering(Answering::Records);
        zone.records.insert("login.microsoftonline.com".into(), vec![[10, 0, 0, 4].into()]);
        world.network.resolver.zones.insert("microsoftonline.com".into(), zone);
    });
    assert_eq!(records(&private, SIGN_IN, A), ["login.microsoftonline.com. 10.0.0.4"]);
}

#[test]
fn flags_are_those_of_a_resolver() {
    let world = world(|world| {
        let with = vec!["10.9.9.9".parse().unwrap()];
        let it = Override { of: "*.windows.net".parse().unwrap(), with };
        world.network.resolver.overrides.insert("1".into(), it);
    });
    for (name, recursion, is_own, ttl) in [(BOTH, true, false, 300), (LOGIN, false, true, 0)] {
        let mut asked = question(name, RecordType::A);
        asked.metadata.recursion_desired = recursion;
        asked.metadata.checking_disabled = recursion;
        let reply = reply(&world, &asked, Transport::Udp);
        let flags = reply.metadata;
        assert_eq!(flags.message_type, MessageType::Response);
        assert!(flags.recursion_available && !flags.authentic_data && !flags.truncation);
        assert_eq!((flags.recursion_desired, flags.checking_disabled), (recursion, recursion));
        assert_eq!(flags.authoritative, is_own, "{name}");
        assert_eq!(reply.queries, asked.queries);
        assert_eq!(reply.answers.first().map(|it| it.ttl), Some(ttl));
        assert!(reply.edns.is_none());
    }
}

/// What the resolver says by itself, or by the server of a zone.
#[test]
fn states_of_the_resolver_and_of_a_zone() {
    use ResponseCode::{NXDomain, NoError, Refused, ServFail};
    for (answers, code, zone) in [
        (Answering::Empty, NoError, true),
        (Answering::NameError, NXDomain, true),
        (Answering::ServerFailure, ServFail, false),
        (Answering::Refused, Refused, false),
    ] {
        let everywhere = world(|world| {
            (world.network.resolver.a, world.network.resolver.aaaa) = (answers, answers);
        });
        let of_zone = world(|world| {
            let zone = ForwardedZone::answering(answers);
            world.network.resolver.zones.insert("windows.net".into(), zone);
        });
        for of in [RecordType::A, RecordType::AAAA, RecordType::TXT] {
            let zone = |name: &str| if zone { name.to_owned() } else { String::new() };
            let expected = (code, Vec::new(), zone("windows.net."));
            assert_eq!(told(&everywhere, LOGIN, of), expected, "{answers:?} {of}");
            assert_eq!(told(&of_zone, LOGIN, of), expected, "{answers:?} {of}");
            // Also the zone itself, below which there are names.
            assert_eq!(told(&of_zone, "windows.net.", of), expected, "{answers:?} {of}");
            assert_eq!(told(&everywhere, BOTH, of).0, code);
            assert_eq!(told(&of_zone, BOTH, of).0, NoError);
        }
    }
    let silent = world(|world| {
        let zone = ForwardedZone::answering(Answering::Silence);
        world.network.resolver.zones.insert("windows.net".into(), zone);
    });
    let asked = question(LOGIN, RecordType::A).to_vec().unwrap();
    for over in [Transport::Udp, Transport::Tcp] {
        assert_eq!(react(&silent, &asked, over), Reaction::Silence);
    }
}

#[test]
fn an_answer_arrives_as_its_delivery_says() {
    let delivery =
        |seconds, whole_over_udp, over_tcp| Delivery { seconds, whole_over_udp, over_tcp };
    for (given, udp, tcp) in [
        (delivery(0, true, true), Some((0, false)), Some((0, false))),
        (delivery(7, true, true), Some((7, false)), Some((7, false))),
        (delivery(0, false, true), Some((0, true)), Some((0, false))),
        (delivery(0, true, false), Some((0, false)), None),
        (delivery(2, false, false), Some((2, true)), None),
    ] {
        let world = world(|world| {
            let zone = ForwardedZone::answering(Answering::Records);
            let zone = ForwardedZone { delivery: given.clone(), ..zone };
            world.network.resolver.zones.insert("windows.net".into(), zone);
        });
        let asked = question(LOGIN, RecordType::A).to_vec().unwrap();
        for (over, expected) in [(Transport::Udp, udp), (Transport::Tcp, tcp)] {
            let seen = match react(&world, &asked, over) {
                Reaction::Reply { bytes, seconds, .. } => {
                    let reply = Message::from_vec(&bytes).unwrap();
                    let is_cut = reply.metadata.truncation;
                    assert_eq!(reply.answers.is_empty(), is_cut);
                    Some((seconds, is_cut))
                }
                Reaction::Reset => None,
                Reaction::Silence => panic!("{given:?}"),
            };
            assert_eq!(seen, expected, "{given:?} {over:?}");
        }
    }
}

/// The limit of a datagram is the smaller one of what either side takes.
#[test]
fn what_does_not_fit_into_a_datagram_is_cut() {
    let world = world(|world| {
        let many = |n: u8| (0..n).map(|it| [10, 0, 0, it].into()).collect();
        world.network.names.insert("few.example".into(), many(25));
        world.network.names.insert("some.example".into(), many(60));
        world.network.names.insert("many.example".into(), many(200));
    });
    for (name, payload, is_cut) in [
        ("few.example.", None, false),
        ("some.example.", None, true),
        ("some.example.", Some(1_232), false),
        ("some.example.", Some(100), true),
        ("many.example.", Some(1_232), true),
        ("many.example.", Some(65_535), true),
    ] {
        let mut asked = question(name, RecordType::A);
        if let Some(payload) = payload {
            asked.set_edns(Edns::new()).edns.as_mut().unwrap().set_max_payload(payload);
        }
        let udp = reply(&world, &asked, Transport::Udp);
        assert_eq!(udp.metadata.truncation, is_cut, "{name} {payload:?}");
        assert_eq!(udp.edns.is_some(), payload.is_some());
        let tcp = reply(&world, &asked, Transport::Tcp);
        assert!(!tcp.metadata.truncation && tcp.answers.len() >= 25);
    }
}

#[test]
fn what_is_not_a_question_for_addresses() {
    use ResponseCode::{BADVERS, FormErr, NotImp, Refused};
    // The two have one number.
    let is_bad_version = |code| u16::from(code) == u16::from(BADVERS);
    let world = world(|_| {});
    let with = |change: &dyn Fn(&mut Message)| {
        let mut message = question(LOGIN, RecordType::A);
        change(&mut message);
        reply(&world, &message, Transport::Udp).metadata.response_code
    };
    for class in [DNSClass::CH, DNSClass::HS, DNSClass::ANY, DNSClass::NONE] {
        let is_of = |message: &mut Message| message.queries[0].query_class = class;
        assert_eq!(with(&is_of), Refused, "{class}");
    }
    for transfer in [RecordType::AXFR, RecordType::IXFR] {
        assert_eq!(with(&|it| it.queries[0].query_type = transfer), Refused);
    }
    for code in [OpCode::Status, OpCode::Notify, OpCode::Update, OpCode::Unknown(6)] {
        assert_eq!(with(&|it| it.metadata.op_code = code), NotImp, "{code}");
    }
    assert_eq!(with(&|it| it.queries.clear()), FormErr);
    assert_eq!(with(&|it| it.queries.push(it.queries[0].clone())), FormErr);
    let newer = |it: &mut Message| {
        it.set_edns(Edns::new()).edns.as_mut().unwrap().set_version(1);
    };
    assert!(is_bad_version(with(&newer)));
}

#[test]
fn what_is_no_message_is_a_format_error_or_ignored() {
    let world = world(|_| {});
    let whole = question(LOGIN, RecordType::A).to_vec().unwrap();
    for length in 0..whole.len() {
        let reaction = react(&world, &whole[..length], Transport::Udp);
        if length < 12 {
            assert_eq!(reaction, Reaction::Silence);
            continue;
        }
        let Reaction::Reply { bytes, .. } = reaction else { panic!("{reaction:?}") };
        let reply = Message::from_vec(&bytes).unwrap();
        assert_eq!(reply.metadata.response_code, ResponseCode::FormErr, "{length}");
        assert_eq!((reply.metadata.id, reply.metadata.recursion_desired), (4711, true));
    }
    // An answer is not answered.
    let answer = Message::new(1, MessageType::Response, OpCode::Query).to_vec().unwrap();
    assert_eq!(react(&world, &answer, Transport::Udp), Reaction::Silence);
}

proptest! {
    /// Whatever is sent, a reply has the number of what was sent and fits its way.
    #[test]
    fn whatever_is_sent(
        head in prop::collection::vec(any::<u8>(), 12),
        rest in prop::collection::vec(any::<u8>(), 0..80),
        small in any::<bool>(),
    ) {
        let world = world(|_| {});
        let mut bytes = [head, rest].concat();
        if small {
            // One question and nothing else, so that parsing gets somewhere.
            bytes[2..12].copy_from_slice(&[1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        }
        for over in [Transport::Udp, Transport::Tcp] {
            if let Reaction::Reply { bytes: said, .. } = react(&world, &bytes, over) {
                prop_assert_eq!(&said[..2], &bytes[..2]);
                prop_assert!(said[2] & 0x80 != 0);
                let is_datagram = over == Transport::Udp;
                prop_assert!(!is_datagram || said.len() <= usize::from(UDP_BYTES_MAX));
            }
        }
    }

    /// Every name of the world resolves to what it has, however it is written.
    #[test]
    fn every_name_of_the_world(at in any::<prop::sample::Index>(), upper in any::<bool>()) {
        let world = world(|_| {});
        let (name, ips) = world.network.names.iter().nth(at.index(world.network.names.len())).unwrap();
        let name = if upper { name.as_str().to_uppercase() } else { name.to_string() };
        let mut heard = told(&world, &format!("{name}."), RecordType::A).1;
        heard.extend(told(&world, &format!("{name}."), RecordType::AAAA).1);
        prop_assert_eq!(heard, ips.iter().map(ToString::to_string).collect::<Vec<_>>());
    }
}
