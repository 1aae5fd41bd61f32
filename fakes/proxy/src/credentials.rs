//! Who may use a proxy: its challenges, and what an answer to them is worth.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `digest` | nonces, and answers made over them |
//! | `handshake` | NTLM and Negotiate, which are bound to a connection |
//!
//! How wrong and broken answers are met is as Squid 5.7 does it, measured with helpers that really verify: the full list of
//! challenges in every case but two, a wrong digest (only the digest challenge) and a first NTLM message (only the second).
//! Passwords are compared here and go nowhere else.

mod digest;
mod handshake;

use http::header::PROXY_AUTHORIZATION;
use http::{HeaderMap, Method};
use jiff::Timestamp;
use marslab_model::world::{Proxy, Scheme};
use marslab_model::{Name, Tracked, World};
use marslab_state::Running;
use marslab_wire::basic;
use marslab_wire::digest::{Algorithm, Challenge};

use super::product::Product;
pub(super) use digest::Nonces;
pub(super) use handshake::Session;

/// Whether a client may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It may.
    Welcome,
    /// It must say who it is.
    Stranger,
    /// It has said who it is, and that is not so.
    Impostor,
    /// It is half way through saying who it is.
    Halfway,
}

/// What a request's credentials are worth.
pub(super) struct Judgement {
    pub(super) standing: Standing,
    /// What the journal may tell of it.
    pub(super) note: &'static str,
    /// What the client is asked, where it may not go on.
    pub(super) ask: Ask,
    /// A header line for the answer of somebody who may go on.
    pub(super) also: Option<String>,
    /// Whether the connection ends after the answer.
    pub(super) ends: bool,
}

/// What a client is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// Everything that the proxy offers.
    All,
    /// The same, with the remark that only the nonce was too old.
    AllStale,
    /// Everything but what needs a connection that is kept.
    Unbound,
    /// Only this scheme again.
    Again(Scheme),
    /// Only this.
    Only(String),
}

impl Judgement {
    const fn new(standing: Standing, note: &'static str) -> Self {
        Self { standing, note, ask: Ask::All, also: None, ends: false }
    }

    fn asking(self, ask: Ask) -> Self {
        Self { ask, ..self }
    }
}

/// The proxy, as somebody meets it who shows credentials.
pub(super) struct Counter<'a, 'w> {
    pub(super) proxy: &'a Tracked<'w, Proxy>,
    pub(super) world: &'a Tracked<'w, World>,
    pub(super) nonces: &'a Nonces,
    /// For what is random. The world is held while credentials are judged, and is not to be asked of it.
    pub(super) running: &'a Running,
    /// The time that is written on what the proxy hands out.
    pub(super) stamp: Timestamp,
    /// Whether the request was judged before.
    pub(super) hearing: Hearing,
}

/// How often a request is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hearing {
    /// For the first time.
    First,
    /// Again, because the world is now another: its credentials were used already, and once only.
    Again,
}

/// A request, as far as it tells who sends it.
pub(super) struct Shown<'a> {
    pub(super) method: &'a Method,
    pub(super) headers: &'a HeaderMap,
    /// Whether the client means to keep the connection.
    pub(super) keeps: bool,
}

impl Counter<'_, '_> {
    /// What the credentials of a request are worth, on a connection with such a past.
    pub(super) fn judge(&self, shown: &Shown<'_>, session: &mut Session) -> Judgement {
        let asks = self.proxy.clone().asks().get();
        if asks.is_empty() {
            return Judgement::new(Standing::Welcome, "");
        }
        if let Session::Known(note) = session {
            return Judgement::new(Standing::Welcome, note);
        }
        // Of several headers the first counts.
        let header = shown.headers.get(PROXY_AUTHORIZATION);
        let header = header.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let (scheme, value) = header.split_once(' ').unwrap_or((header, ""));
        let value = value.trim();
        let asked = asks.iter().find(|asked| name(**asked).eq_ignore_ascii_case(scheme));
        // Whoever has begun to say who they are has to go on with it, or the connection ends.
        let ends = session.is_left_by(asked.copied());
        let judgement = match asked {
            None if header.is_empty() => Judgement::new(Standing::Stranger, "no credentials"),
            None => Judgement::new(Standing::Impostor, "a scheme that was not offered"),
            Some(Scheme::Basic) => self.basic(value),
            Some(Scheme::Digest | Scheme::DigestSha256) => self.digest(value, shown.method, asks),
            Some(Scheme::Ntlm) => self.handshake(Scheme::Ntlm, value, shown, session),
            Some(Scheme::Negotiate) => self.handshake(Scheme::Negotiate, value, shown, session),
        };
        Judgement { ends: ends || judgement.ends, ..judgement }
    }

    /// RFC 7617. Anything but a known user with the right password is answered alike.
    fn basic(&self, value: &str) -> Judgement {
        let Some((user, password)) = basic::parse(value) else {
            return Judgement::new(Standing::Impostor, "Basic: unreadable");
        };
        match self.password(&user) {
            None => Judgement::new(Standing::Impostor, "Basic: user unknown"),
            Some(expected) if *expected == password => {
                Judgement::new(Standing::Welcome, "Basic: user known, password right")
            }
            Some(_) => Judgement::new(Standing::Impostor, "Basic: user known, password wrong"),
        }
    }

    /// The password of a user.
    fn password(&self, user: &str) -> Option<&str> {
        let known = self.proxy.clone().users().at(&Name::new(user))?;
        Some(known.get().as_str())
    }

    /// What a client is asked, one challenge after another, in the proxy's order.
    pub(super) fn challenges(&self, ask: &Ask, product: &Product) -> Vec<String> {
        let offered = self.proxy.clone().asks().get().iter().copied();
        let wanted: Vec<Scheme> = match ask {
            Ask::All | Ask::AllStale => offered.collect(),
            Ask::Unbound => offered.filter(|scheme| !is_bound(*scheme)).collect(),
            Ask::Again(scheme) => vec![*scheme],
            Ask::Only(challenge) => return vec![challenge.clone()],
        };
        let mut challenges = Vec::with_capacity(wanted.len());
        for scheme in wanted {
            match scheme {
                Scheme::Negotiate if !product.negotiate().is_empty() => {
                    challenges.extend_from_slice(product.negotiate());
                }
                Scheme::Ntlm | Scheme::Negotiate => challenges.push(name(scheme).to_owned()),
                Scheme::Basic => {
                    challenges.push(format!("Basic realm=\"{}\"", self.realm(product)));
                }
                Scheme::Digest => {
                    challenges.push(self.digest_challenge(Algorithm::Md5, ask, product));
                }
                Scheme::DigestSha256 => {
                    challenges.push(self.digest_challenge(Algorithm::Sha256, ask, product));
                }
            }
        }
        challenges
    }

    fn digest_challenge(&self, algorithm: Algorithm, ask: &Ask, product: &Product) -> String {
        let nonce = self.nonces.make(self);
        let stale = *ask == Ask::AllStale;
        Challenge { realm: self.realm(product), nonce, algorithm, stale }.to_string()
    }

    /// Without what would end the quotes around it, or the line.
    fn realm(&self, product: &Product) -> String {
        let set = self.proxy.clone().realm().get();
        let realm = if set.is_empty() { &product.realm } else { set };
        realm.chars().filter(|c| !matches!(c, '"' | '\\') && !c.is_control()).collect()
    }
}

/// Whether a scheme needs a connection that is kept.
fn is_bound(scheme: Scheme) -> bool {
    matches!(scheme, Scheme::Ntlm | Scheme::Negotiate)
}

fn name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Basic => "Basic",
        Scheme::Digest | Scheme::DigestSha256 => "Digest",
        Scheme::Ntlm => "NTLM",
        Scheme::Negotiate => "Negotiate",
    }
}
