//! Saying to a proxy who one is, as WinHTTP does with an account that it was given.
//!
//! Of what the proxy offers the best is taken: Negotiate, NTLM, Digest, Basic (learn.microsoft.com, "Authentication in
//! WinHTTP"). What has failed is not tried in another way.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use jiff::Timestamp;
use md5::{Digest as _, Md5};

use super::challenge::{Offered, proxy_offers};
use super::{Credentials, Response};
use crate::{digest, ntlm};

/// One account at one proxy, for one request.
pub(super) struct Login<'a> {
    credentials: &'a Credentials,
    now: Timestamp,
    state: State,
}

/// What was said so far.
enum State {
    /// Nothing.
    Silent,
    /// An answer to a digest challenge.
    Digested,
    /// The first message of NTLM, under this scheme.
    Begun(&'static str),
    /// Everything.
    Spent,
}

impl<'a> Login<'a> {
    pub(super) fn new(credentials: &'a Credentials, now: Timestamp) -> Self {
        Self { credentials, now, state: State::Silent }
    }

    /// The value of `Proxy-Authorization` that follows an answer to `asked`, a method and a target. Nothing where the
    /// answer is no challenge, or none that leads further.
    pub(super) fn answer(&mut self, answer: &Response, asked: (&str, &str)) -> Option<HeaderValue> {
        if answer.status != 407 {
            return None;
        }
        let offers = proxy_offers(&answer.headers);
        let said = match self.state {
            State::Silent => self.begin(&offers, asked),
            State::Begun(scheme) => self.prove(scheme, &offers),
            State::Digested => {
                self.state = State::Spent;
                self.digest(&offers, asked).filter(|(_, stale)| *stale).map(|(said, _)| said)
            }
            State::Spent => None,
        };
        let mut value = HeaderValue::try_from(said?).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    fn begin(&mut self, offers: &[Offered], asked: (&str, &str)) -> Option<String> {
        let offers_it =
            |scheme: &str| offers.iter().any(|it| it.scheme.eq_ignore_ascii_case(scheme));
        if let Some(scheme) = ["Negotiate", "NTLM"].into_iter().find(|scheme| offers_it(scheme)) {
            self.state = State::Begun(scheme);
            return Some(token(scheme, &ntlm::Negotiate::WINDOWS.write()));
        }
        if let Some((said, _stale)) = self.digest(offers, asked) {
            self.state = State::Digested;
            return Some(said);
        }
        self.state = State::Spent;
        let Credentials { user, password } = self.credentials;
        offers_it("Basic").then(|| token("Basic", format!("{user}:{password}").as_bytes()))
    }

    /// The answer to the first digest challenge that can be answered, and whether it was only repeated.
    fn digest(&self, offers: &[Offered], asked: (&str, &str)) -> Option<(String, bool)> {
        let mut challenges = offers.iter().filter_map(|offered| {
            let is_digest = offered.scheme.eq_ignore_ascii_case("Digest");
            digest::Challenge::new(&digest::parameters(&offered.rest).filter(|_| is_digest)?)
        });
        let challenge = challenges.next()?;
        let Credentials { user, password } = self.credentials;
        let cnonce = STANDARD.encode(self.own_nonce(challenge.nonce.as_bytes()));
        let answer = digest::Response::new(&challenge, (user, password), asked, &cnonce);
        Some((answer.to_string(), challenge.stale))
    }

    /// The third message of NTLM, where the proxy has sent the second.
    fn prove(&mut self, scheme: &str, offers: &[Offered]) -> Option<String> {
        self.state = State::Spent;
        let offered = offers.iter().find(|it| it.scheme.eq_ignore_ascii_case(scheme))?;
        let challenge = STANDARD.decode(&offered.rest).ok()?;
        let Credentials { user, password } = self.credentials;
        let (domain, user) = user.split_once('\\').unwrap_or(("", user));
        let account = ntlm::Account { domain, user, password };
        let made = (self.now, self.own_nonce(&challenge));
        let negotiate = ntlm::Negotiate::WINDOWS.write();
        Some(token(scheme, &ntlm::authenticate(&account, &negotiate, &challenge, made)?))
    }

    /// What the client adds of its own. It follows from what the proxy has sent, which is new each time, so that two runs
    /// with one seed say the same.
    fn own_nonce(&self, from: &[u8]) -> [u8; 8] {
        let hash = Md5::new().chain_update(from).chain_update(self.now.to_string()).finalize();
        hash.first_chunk().copied().unwrap_or_default()
    }
}

/// Base64 has only characters that a header may have.
fn token(scheme: &str, bytes: &[u8]) -> String {
    format!("{scheme} {}", STANDARD.encode(bytes))
}
