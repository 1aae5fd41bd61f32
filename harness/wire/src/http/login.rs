//! Logging in to a proxy, as WinHTTP does with an account that it was given.
//!
//! The best scheme that the proxy offers is used: Negotiate, NTLM, Digest, Basic, in this order (learn.microsoft.com,
//! "Authentication in WinHTTP"). If it fails, no other is tried.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use jiff::Timestamp;
use md5::{Digest as _, Md5};

use super::challenge::{Challenge, proxy_challenges};
use super::{Credentials, Response};
use crate::{digest, ntlm};

/// The login to one proxy for one request.
pub(super) struct ProxyLogin<'a> {
    credentials: &'a Credentials,
    now: Timestamp,
    state: State,
}

/// What was sent so far.
enum State {
    /// Nothing.
    Start,
    /// A response to a digest challenge.
    SentDigest,
    /// The first message of NTLM, with this scheme.
    SentNegotiate(&'static str),
    /// Everything that there is to send.
    Done,
}

impl<'a> ProxyLogin<'a> {
    pub(super) fn new(credentials: &'a Credentials, now: Timestamp) -> Self {
        Self { credentials, now, state: State::Start }
    }

    /// The `Proxy-Authorization` that answers the challenge in `response`. `request` is the method and target.
    ///
    /// `None` if there is no challenge, or none that can be answered.
    pub(super) fn answer(
        &mut self,
        response: &Response,
        request: (&str, &str),
    ) -> Option<HeaderValue> {
        if response.status != 407 {
            return None;
        }
        let challenges = proxy_challenges(&response.headers);
        let authorization = match self.state {
            State::Start => self.start(&challenges, request),
            State::SentNegotiate(scheme) => self.authenticate(scheme, &challenges),
            State::SentDigest => {
                self.state = State::Done;
                let (authorization, stale) = self.digest(&challenges, request)?;
                stale.then_some(authorization)
            }
            State::Done => None,
        };
        let mut value = HeaderValue::try_from(authorization?).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    fn start(&mut self, challenges: &[Challenge], request: (&str, &str)) -> Option<String> {
        let offers =
            |scheme: &str| challenges.iter().any(|it| it.scheme.eq_ignore_ascii_case(scheme));
        if let Some(scheme) = ["Negotiate", "NTLM"].into_iter().find(|scheme| offers(scheme)) {
            self.state = State::SentNegotiate(scheme);
            return Some(token(scheme, &ntlm::Negotiate::WINDOWS.write()));
        }
        if let Some((authorization, _stale)) = self.digest(challenges, request) {
            self.state = State::SentDigest;
            return Some(authorization);
        }
        self.state = State::Done;
        let Credentials { user, password } = self.credentials;
        offers("Basic").then(|| token("Basic", format!("{user}:{password}").as_bytes()))
    }

    /// The response to the first digest challenge that is supported, and whether that challenge only replaces a nonce.
    fn digest(&self, challenges: &[Challenge], request: (&str, &str)) -> Option<(String, bool)> {
        let mut supported = challenges.iter().filter_map(|challenge| {
            let is_digest = challenge.scheme.eq_ignore_ascii_case("Digest");
            let parameters = digest::parameters(&challenge.rest).filter(|_| is_digest)?;
            digest::Challenge::new(&parameters)
        });
        let challenge = supported.next()?;
        let Credentials { user, password } = self.credentials;
        let cnonce = STANDARD.encode(self.client_nonce(challenge.nonce.as_bytes()));
        let response = digest::Response::new(&challenge, (user, password), request, &cnonce);
        Some((response.to_string(), challenge.stale))
    }

    /// The third message of NTLM, if the proxy has sent the second.
    fn authenticate(&mut self, scheme: &str, challenges: &[Challenge]) -> Option<String> {
        self.state = State::Done;
        let challenge = challenges.iter().find(|it| it.scheme.eq_ignore_ascii_case(scheme))?;
        let challenge = STANDARD.decode(&challenge.rest).ok()?;
        let Credentials { user, password } = self.credentials;
        let (domain, user) = user.split_once('\\').unwrap_or(("", user));
        let account = ntlm::Account { domain, user, password };
        let fresh = (self.now, self.client_nonce(&challenge));
        let negotiate = ntlm::Negotiate::WINDOWS.write();
        Some(token(scheme, &ntlm::authenticate(&account, &negotiate, &challenge, fresh)?))
    }

    /// The client's own nonce. It is derived from the proxy's, which is always a new one, so that runs with the same seed
    /// send the same bytes.
    fn client_nonce(&self, from: &[u8]) -> [u8; 8] {
        let hash = Md5::new().chain_update(from).chain_update(self.now.to_string()).finalize();
        hash.first_chunk().copied().unwrap_or_default()
    }
}

/// Base64 consists of characters that are valid in headers.
fn token(scheme: &str, bytes: &[u8]) -> String {
    format!("{scheme} {}", STANDARD.encode(bytes))
}
