//! The DNS server of a running World, for programs that are not of the lab: UDP and TCP on 127.0.0.1.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `answer` | [`answer()`]: from a message and a World to what is said, by the wire format |
//! | `server` | [`DnsServer`]: the sockets |
//!
//! What a name resolves to is the network's to say (`marslab_network::ask`), for this server as for the simulated machines and
//! proxies. Absent: asking other servers. A name that is not of the World does not exist.

mod answer;
mod server;

pub use answer::{Reaction, Transport, answer};
pub use server::DnsServer;
