//! Digest: nonces, and answers made over them, with Squid's defaults (proxy-wire 7.3): a nonce is good for 30 minutes and
//! for 50 uses.
//!
//! A nonce carries its time and an authentication code of this proxy, so that unused ones cost no memory. A foreign nonce
//! is treated like an expired one.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use http::Method;
use marslab_model::world::Scheme;
use marslab_wire::digest::{Algorithm, Response};
use ring::hmac;

use super::{Attempt, AuthContext, AuthOutcome, AuthState, Challenges};

/// The nonces of one proxy.
#[derive(Default)]
pub(in super::super) struct Nonces {
    /// Made when it is first needed.
    key: OnceLock<hmac::Key>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    /// How many were made.
    made: u32,
    /// Those that were used, oldest first.
    used: BTreeMap<String, Uses>,
}

/// What was done with a nonce.
#[derive(Clone, Copy, Default)]
struct Uses {
    /// The highest count that a client has named.
    count: u32,
    /// Whether it may not be used again.
    spent: bool,
}

/// Whether a nonce is good.
enum Nonce {
    Good,
    /// It is, and its successor should be told.
    Last,
    Stale,
}

impl Nonces {
    /// A new nonce: time, number and code, 32 hexadecimal digits like Squid's.
    pub(super) fn make(&self, context: &AuthContext<'_, '_>) -> String {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.made = inner.made.wrapping_add(1);
        // 32 bits of seconds are enough for 136 years from 1970.
        let second = u32::try_from(context.stamp.as_second()).unwrap_or(0);
        let begin = format!("{second:08x}{:08x}", inner.made);
        let code = self.code(context, &begin);
        begin + &code
    }

    fn code(&self, context: &AuthContext<'_, '_>, begin: &str) -> String {
        let key = self.key.get_or_init(|| {
            let mut secret = [0; 16];
            context.running.random(&mut secret);
            hmac::Key::new(hmac::HMAC_SHA256, &secret)
        });
        let code = hmac::sign(key, begin.as_bytes());
        code.as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Notes a use.
    ///
    /// Squid 5.7 lets a nonce pass once more with the use that spends it, by a count that was there before or by one too
    /// many (measured with `nonce_max_count 3`).
    fn use_one(&self, nonce: &str, count: Option<u32>) -> Nonce {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.used.len() >= NONCES_MAX {
            inner.used.pop_first();
        }
        let uses = inner.used.entry(nonce.to_owned()).or_default();
        if uses.spent {
            return Nonce::Stale;
        }
        let count = count.unwrap_or(uses.count + 1);
        uses.spent = (count <= uses.count && uses.count > 0) || count > NONCE_USES_MAX;
        uses.count = uses.count.max(count);
        if uses.count + 1 >= NONCE_USES_MAX { Nonce::Last } else { Nonce::Good }
    }
}

impl AuthContext<'_, '_> {
    pub(super) fn digest(&self, value: &str, method: &Method, asks: &[Scheme]) -> AuthOutcome {
        let answer = Response::parse(value).filter(|answer| {
            let scheme = match answer.algorithm {
                Algorithm::Md5 => Scheme::Digest,
                Algorithm::Sha256 => Scheme::DigestSha256,
            };
            asks.contains(&scheme)
        });
        let Some(answer) = answer else {
            return AuthOutcome::new(AuthState::Rejected, "Digest: unreadable");
        };
        let count = answer.client_nonce.as_ref().map(marslab_wire::digest::ClientNonce::number);
        let scheme = match answer.algorithm {
            Algorithm::Md5 => Scheme::Digest,
            Algorithm::Sha256 => Scheme::DigestSha256,
        };
        let without_backslashes = answer.raw_user.replace('\\', "");
        let names = match answer.algorithm {
            Algorithm::Md5 if self.product.loses_backslashes => vec![&without_backslashes],
            _ => vec![&answer.user, &answer.raw_user],
        };
        let known = names.into_iter().find_map(|user| Some((user, self.password(user)?)));
        // A hash over another realm proves nothing here.
        let known = known.filter(|_| answer.realm == self.realm());
        let is_right = known.map(|(user, password)| answer.verify(user, password, method.as_str()));
        // With a foreign nonce the answer does not say whether the password was right.
        if !self.nonces.knows(self, &answer.nonce) {
            return AuthOutcome::new(AuthState::Rejected, "Digest: nonce unknown or too old")
                .with_challenges(Challenges::AllStale);
        }
        match is_right {
            None => AuthOutcome::new(AuthState::Rejected, "Digest: user unknown")
                .with_challenges(Challenges::Scheme(scheme)),
            Some(false) => {
                AuthOutcome::new(AuthState::Rejected, "Digest: user known, password wrong")
                    .with_challenges(Challenges::Scheme(scheme))
            }
            Some(true) => self.admit(&answer.nonce, count),
        }
    }

    fn admit(&self, nonce: &str, count: Option<u32>) -> AuthOutcome {
        let right =
            AuthOutcome::new(AuthState::Authenticated, "Digest: user known, password right");
        if self.attempt == Attempt::Retry {
            return right;
        }
        match self.nonces.use_one(nonce, count) {
            Nonce::Good => right,
            Nonce::Last => {
                let next = self.nonces.make(self);
                let line = format!("Proxy-Authentication-Info: nextnonce=\"{next}\"");
                AuthOutcome { extra_header: Some(line), ..right }
            }
            Nonce::Stale => AuthOutcome::new(AuthState::Rejected, "Digest: nonce used up")
                .with_challenges(Challenges::AllStale),
        }
    }
}

impl Nonces {
    /// Whether the proxy has made this nonce, and not too long ago.
    fn knows(&self, context: &AuthContext<'_, '_>, nonce: &str) -> bool {
        let Some((begin, code)) = nonce.split_at_checked(16) else { return false };
        let made = begin.get(..8).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let now = context.world.clone().now().get().as_second();
        let age = now - i64::from(made.unwrap_or(0));
        code == self.code(context, begin) && age <= NONCE_SECONDS_MAX
    }
}

/// Squid's `nonce_max_duration`.
const NONCE_SECONDS_MAX: i64 = 30 * 60;

/// Squid's `nonce_max_count`.
const NONCE_USES_MAX: u32 = 50;

/// So many nonces in use are remembered; of more, the oldest are forgotten, and may be used anew.
const NONCES_MAX: usize = 4_096;
