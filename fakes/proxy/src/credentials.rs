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

/// Whether a client has authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AuthState {
    /// It has, or the proxy requires no authentication.
    Authenticated,
    /// It has sent no credentials.
    Anonymous,
    /// Its credentials are wrong or unreadable.
    Rejected,
    /// It is in the middle of a handshake.
    InProgress,
}

/// What a request's credentials are worth.
pub(super) struct AuthOutcome {
    pub(super) state: AuthState,
    /// What the journal says about it.
    pub(super) note: &'static str,
    /// The challenges for a client that has not authenticated.
    pub(super) challenges: Challenges,
    /// A header line for the answer to a client that has.
    pub(super) extra_header: Option<String>,
    /// Whether the connection is closed after the answer.
    pub(super) closes: bool,
}

/// Which challenges a client gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Challenges {
    /// Everything that the proxy offers.
    All,
    /// The same, with `stale=true`: only the nonce was too old.
    AllStale,
    /// All but those that need a kept connection.
    NotConnectionBound,
    /// Only this scheme.
    Scheme(Scheme),
    /// Only this challenge, such as the second message of a handshake.
    Literal(String),
}

impl AuthOutcome {
    const fn new(state: AuthState, note: &'static str) -> Self {
        Self { state, note, challenges: Challenges::All, extra_header: None, closes: false }
    }

    fn with_challenges(self, challenges: Challenges) -> Self {
        Self { challenges, ..self }
    }
}

/// What a request is authenticated against.
pub(super) struct AuthContext<'a, 'w> {
    pub(super) proxy: &'a Tracked<'w, Proxy>,
    pub(super) world: &'a Tracked<'w, World>,
    pub(super) product: &'static Product,
    pub(super) nonces: &'a Nonces,
    /// The source of random bytes. The world is locked during an evaluation, so it must not be asked for anything else.
    pub(super) running: &'a Running,
    /// The time for nonces and challenges.
    pub(super) stamp: Timestamp,
    /// Whether the request was evaluated before.
    pub(super) attempt: Attempt,
}

/// Whether a request is evaluated for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    /// It is.
    First,
    /// It is evaluated again because the world has changed. Its nonce was counted already.
    Retry,
}

/// What a request says about its sender.
pub(super) struct Sender<'a> {
    pub(super) method: &'a Method,
    pub(super) headers: &'a HeaderMap,
    /// Whether the client means to keep the connection.
    pub(super) keeps: bool,
}

impl AuthContext<'_, '_> {
    /// What the credentials of a request are worth, on a connection with such a past.
    pub(super) fn evaluate(&self, sender: &Sender<'_>, session: &mut Session) -> AuthOutcome {
        let asks = self.proxy.clone().asks().get();
        if asks.is_empty() {
            return AuthOutcome::new(AuthState::Authenticated, "");
        }
        if let Session::Known(note) = session {
            return AuthOutcome::new(AuthState::Authenticated, note);
        }
        // Of several headers the first counts.
        let header = sender.headers.get(PROXY_AUTHORIZATION);
        let header = header.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let (scheme, value) = header.split_once(' ').unwrap_or((header, ""));
        let value = value.trim();
        let asked = asks.iter().find(|asked| name(**asked).eq_ignore_ascii_case(scheme));
        if let Session::Failed = session {
            return AuthOutcome::new(AuthState::Rejected, "after a handshake that failed");
        }
        // A client that has begun a handshake must finish it, or the connection is closed.
        let closes = session.abandon(asked.copied());
        let outcome = match asked {
            None if header.is_empty() => AuthOutcome::new(AuthState::Anonymous, "no credentials"),
            None => AuthOutcome::new(AuthState::Rejected, "a scheme that was not offered"),
            Some(Scheme::Basic) => self.basic(value),
            Some(Scheme::Digest | Scheme::DigestSha256) => self.digest(value, sender.method, asks),
            Some(Scheme::Ntlm) => self.handshake(Scheme::Ntlm, value, sender, session),
            Some(Scheme::Negotiate) => self.handshake(Scheme::Negotiate, value, sender, session),
        };
        AuthOutcome { closes: closes || outcome.closes, ..outcome }
    }

    /// RFC 7617. Anything but a known user with the right password is answered alike.
    fn basic(&self, value: &str) -> AuthOutcome {
        let Some((user, password)) = basic::parse(value) else {
            return AuthOutcome::new(AuthState::Rejected, "Basic: unreadable");
        };
        match self.password(&user) {
            None => AuthOutcome::new(AuthState::Rejected, "Basic: user unknown"),
            Some(expected) if *expected == password => {
                AuthOutcome::new(AuthState::Authenticated, "Basic: user known, password right")
            }
            Some(_) => AuthOutcome::new(AuthState::Rejected, "Basic: user known, password wrong"),
        }
    }

    /// The password of a user.
    fn password(&self, user: &str) -> Option<&str> {
        let known = self.proxy.clone().users().at(&Name::new(user))?;
        Some(known.get().as_str())
    }

    /// The challenges for a client, in the proxy's order.
    pub(super) fn challenges(&self, wanted: &Challenges) -> Vec<String> {
        let offered = self.proxy.clone().asks().get().iter().copied();
        let schemes: Vec<Scheme> = match wanted {
            Challenges::All | Challenges::AllStale => offered.collect(),
            Challenges::NotConnectionBound => {
                offered.filter(|scheme| !is_connection_bound(*scheme)).collect()
            }
            Challenges::Scheme(scheme) => vec![*scheme],
            Challenges::Literal(challenge) => return vec![challenge.clone()],
        };
        let mut challenges = Vec::with_capacity(schemes.len());
        for scheme in schemes {
            match scheme {
                Scheme::Negotiate if !self.product.negotiate().is_empty() => {
                    challenges.extend_from_slice(self.product.negotiate());
                }
                Scheme::Ntlm | Scheme::Negotiate => challenges.push(name(scheme).to_owned()),
                Scheme::Basic => {
                    challenges.push(format!("Basic realm=\"{}\"", self.realm()));
                }
                Scheme::Digest => {
                    challenges.push(self.digest_challenge(Algorithm::Md5, wanted));
                }
                Scheme::DigestSha256 => {
                    challenges.push(self.digest_challenge(Algorithm::Sha256, wanted));
                }
            }
        }
        challenges
    }

    fn digest_challenge(&self, algorithm: Algorithm, wanted: &Challenges) -> String {
        let nonce = self.nonces.make(self);
        let stale = *wanted == Challenges::AllStale;
        Challenge { realm: self.realm(), nonce, algorithm, stale }.to_string()
    }

    /// The realm, without characters that would end its quotes or the line.
    fn realm(&self) -> String {
        let set = self.proxy.clone().realm().get();
        let realm = if set.is_empty() { &self.product.realm } else { set };
        realm.chars().filter(|c| !matches!(c, '"' | '\\') && !c.is_control()).collect()
    }
}

/// Whether a scheme needs a connection that is kept.
fn is_connection_bound(scheme: Scheme) -> bool {
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
