//! Name resolution, firewall and proxies.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::map::Map;
use crate::names::{HostName, Name};
use crate::net::Target;
use crate::tracked::{leaf, record};
use crate::world::{Impairment, Resolver};

record! {
    /// What lies between the machines and the cloud.
    pub struct Network {
        /// The names that exist and their addresses. A name that is not here does not exist.
        pub names: Map<HostName, Vec<IpAddr>>,
        /// The names that are aliases (CNAME), and the names behind each, in order. The addresses are those of the last one; in
        /// `names` they stand under the alias.
        pub aliases: Map<HostName, Vec<HostName>>,
        /// What tells machines and proxies of them.
        pub resolver: Resolver,
        /// The rules by name; the first in order of the names that matches decides, else a connection passes.
        pub firewall: Map<Name, Rule>,
        /// The forward proxies by address and port (`10.0.0.5:8080`).
        pub proxies: Map<Name, Proxy>,
        /// The captive portals by address (`10.0.0.1`).
        pub portals: Map<Name, Portal>,
    }

    /// One firewall rule for outgoing connections.
    pub struct Rule {
        /// Whose connections the rule is for.
        pub from: Origin,
        /// Where to.
        pub to: Target,
        /// To which port; to all if `None`.
        pub port: Option<u16>,
        /// What it does to the connection.
        pub action: Action,
    }

    /// A captive portal: it answers for every server, on ports 80 and 443, until a client has signed in.
    pub struct Portal {
        /// Its own name, which is in its certificate.
        pub host: HostName,
        /// The status of its answers.
        pub status: u32,
        /// The URL to which it redirects; empty: it does not redirect.
        pub location: String,
        /// Its page.
        pub page: String,
    }

    /// A forward proxy.
    pub struct Proxy {
        /// What program it is, and so what its answers look like: a name such as `squid-5`.
        pub product: Name,
        /// The authentication schemes that it offers, in order; empty: it requires no authentication.
        pub asks: Vec<Scheme>,
        /// The realm of the challenges; empty: the product's own.
        pub realm: String,
        /// The Windows domain to which it belongs, which NTLM challenges name; its users' domain where they name none.
        pub domain: String,
        /// That domain's `LmCompatibilityLevel`: at 5 it accepts nothing older than NTLMv2.
        pub lm_compatibility_level: u32,
        /// Users, as they write themselves (`backup`, `CORP\backup`), and their passwords.
        pub users: Map<Name, String>,
        /// What it refuses to connect to (403).
        pub refuses: Vec<Target>,
        /// Exceptions, to which it connects all the same.
        pub allows: Vec<Target>,
        /// How it refuses.
        pub denial: Denial,
        /// The configuration script (PAC) that it serves at `/proxy.pac`; empty: it serves none.
        pub script: String,
        /// How its administrator has set up its answers.
        pub response_options: ResponseOptions,
        /// The root certification authority in whose name it opens tunnels to look into them; empty: it opens none.
        pub inspects_as: Name,
        /// The impairments of its clients' connections; the first that applies to a connection decides.
        pub impairments: Vec<Impairment>,
    }
}

impl Proxy {
    /// A proxy of this product that requires no authentication and refuses nothing.
    pub fn open(product: &str) -> Self {
        Self {
            product: Name::new(product),
            asks: Vec::new(),
            realm: String::new(),
            domain: "CORP".to_owned(),
            lm_compatibility_level: LM_COMPATIBILITY_LEVEL,
            users: Map::new(),
            refuses: Vec::new(),
            allows: Vec::new(),
            denial: Denial::Page,
            script: String::new(),
            response_options: ResponseOptions::default(),
            inspects_as: Name::new(""),
            impairments: Vec::new(),
        }
    }
}

/// Windows' default ("Network security: LAN Manager authentication level", Microsoft).
pub const LM_COMPATIBILITY_LEVEL: u32 = 3;

/// How a proxy refuses to connect to a destination (Squid's `deny_info`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Denial {
    /// With the product's page.
    #[default]
    Page,
    /// With a reset of the connection.
    Reset,
    /// With a redirection to this URL; `%u` in it stands for the requested URL.
    Redirect(String),
}

/// What an administrator can set of a proxy's answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ResponseOptions {
    /// All challenges are in one header line, separated by commas, instead of one line each.
    pub challenges_in_one_line: bool,
    /// The connection is closed after every answer of the proxy's own (Squid's `error_pconns off`).
    pub closes_after_pages: bool,
    /// The reason phrase of the proxy's own answers; empty: the product's.
    pub reason: String,
    /// The least size of a page of the proxy's own, in bytes.
    pub page_bytes: u32,
    /// Header lines of the answer that opens a tunnel, such as `Content-Length: 5`; most products send none.
    pub tunnel_head: Vec<String>,
    /// The shape of the NTLM challenges.
    pub ntlm_challenge: NtlmChallenge,
}

/// What an NTLM challenge (type 2) tells.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum NtlmChallenge {
    /// Domain and server, their DNS names and the time, as a member of a domain.
    #[default]
    Domain,
    /// Nothing but the challenge itself.
    Bare,
    /// A target name that lies outside the message, as Squid's `ntlm_fake_auth` sends it (proxy-wire 7.3).
    OutOfRange,
}

/// Who opens a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Any machine.
    Machines,
    /// Any proxy.
    Proxies,
    /// Everyone.
    Anyone,
}

/// What a firewall, or whatever else lies on the way, does with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Lets it pass.
    Allow,
    /// Answers nothing; the caller waits until it gives up.
    Drop,
    /// Answers with a reset: the caller sees a refused connection.
    Reset,
    /// Answers that the host is unreachable.
    Unreachable,
    /// Hands the connection to the network's captive portal, where there is one.
    Divert,
    /// Lets it pass impaired.
    Impair(Impairment),
}

/// An HTTP authentication scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// RFC 7617.
    Basic,
    /// RFC 7616 with MD5, as most products have it.
    Digest,
    /// RFC 7616 with SHA-256.
    DigestSha256,
    /// NTLM in the clear (MS-NTHT).
    Ntlm,
    /// SPNEGO (RFC 4559), in which NTLM is spoken.
    Negotiate,
}

leaf!(
    Target,
    Origin,
    Action,
    Denial,
    ResponseOptions,
    Option<u16>,
    Vec<HostName>,
    Vec<Target>,
    Vec<Scheme>
);
