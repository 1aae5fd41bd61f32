//! NTLM, and Negotiate with NTLM inside: a handshake of three messages on one connection.
//!
//! The first message is answered with a challenge, the third proves the password. A third without a first, one on another
//! connection, and any other message is answered with the full list of challenges, and the handshake starts over.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_model::world::{NtlmChallenge, Scheme};
use marslab_wire::ntlm::{Authenticate, Challenge, Handshake, Negotiate, Target, Version};
use marslab_wire::spnego::{self, Token};

use super::{AuthContext, AuthOutcome, AuthState, Challenges, Sender, name};

/// How far the client of a connection has authenticated.
#[derive(Default)]
pub(in super::super) enum Session {
    /// Nothing.
    #[default]
    Fresh,
    /// An offer without a message of NTLM in it.
    Offered(Scheme),
    /// A first message, which was answered.
    Challenged { scheme: Scheme, handshake: Box<Handshake>, envelope: Envelope },
    /// Everything: until it is closed, the connection is theirs. What the journal may tell of it.
    Known(&'static str),
}

/// In what NTLM's messages lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Envelope {
    Bare,
    Spnego,
}

impl Session {
    fn scheme(&self) -> Option<Scheme> {
        match self {
            Self::Fresh | Self::Known(_) => None,
            Self::Offered(scheme) | Self::Challenged { scheme, .. } => Some(*scheme),
        }
    }

    /// Drops a handshake that a request does not continue. Returns whether there was one.
    pub(super) fn abandon(&mut self, scheme: Option<Scheme>) -> bool {
        let is_left = self.scheme().is_some_and(|begun| Some(begun) != scheme);
        if is_left {
            *self = Self::Fresh;
        }
        is_left
    }
}

impl AuthContext<'_, '_> {
    pub(super) fn handshake(
        &self,
        scheme: Scheme,
        value: &str,
        sender: &Sender<'_>,
        session: &mut Session,
    ) -> AuthOutcome {
        // "NTLM authentication requires a persistent connection", so it is offered only on one.
        if !sender.keeps {
            return AuthOutcome::new(AuthState::Rejected, "a handshake without a kept connection")
                .with_challenges(Challenges::NotConnectionBound);
        }
        let past = std::mem::take(session);
        let token = STANDARD.decode(value).unwrap_or_default();
        let message = match scheme {
            Scheme::Negotiate => spnego::parse(&token),
            _ => Some(Token::RawNtlm(token.as_slice())),
        };
        let (message, envelope) = match message {
            Some(Token::RawNtlm(message)) => (message, Envelope::Bare),
            Some(Token::Init { first: Some(message), .. } | Token::Response(message)) => {
                (message, Envelope::Spnego)
            }
            Some(Token::Init { offers_ntlm: true, first: None }) => {
                *session = Session::Offered(scheme);
                return in_progress(
                    "Negotiate: an offer",
                    scheme,
                    &spnego::accept_incomplete(None),
                );
            }
            Some(Token::Init { offers_ntlm: false, .. }) | None => {
                return AuthOutcome::new(AuthState::Rejected, "a token that is not understood");
            }
        };
        match past {
            Session::Challenged { handshake, envelope, .. } => {
                self.third(scheme, message, (&handshake, envelope), session)
            }
            _ => self.first(scheme, message, envelope, session),
        }
    }

    fn first(
        &self,
        scheme: Scheme,
        message: &[u8],
        envelope: Envelope,
        session: &mut Session,
    ) -> AuthOutcome {
        let Some(offer) = Negotiate::parse(message) else {
            return AuthOutcome::new(AuthState::Rejected, "NTLM: no first message");
        };
        let mut nonce = [0; 8];
        self.running.random(&mut nonce);
        let target = self.target();
        let challenge = match self.proxy.clone().response_options().get().ntlm_challenge {
            NtlmChallenge::Domain => Challenge::new(offer, nonce, Some(&target)).1,
            NtlmChallenge::Bare => Challenge::new(offer, nonce, None).1,
            NtlmChallenge::OutOfRange => Challenge::out_of_range(nonce),
        };
        let token = match envelope {
            Envelope::Bare => challenge.clone(),
            Envelope::Spnego => spnego::accept_incomplete(Some(&challenge)),
        };
        let handshake = Handshake { negotiate: message.to_vec(), challenge, nonce };
        *session = Session::Challenged { scheme, handshake: Box::new(handshake), envelope };
        in_progress("NTLM: a first message", scheme, &token)
    }

    fn third(
        &self,
        scheme: Scheme,
        message: &[u8],
        begun: (&Handshake, Envelope),
        session: &mut Session,
    ) -> AuthOutcome {
        let (handshake, envelope) = begun;
        let Some(answer) = Authenticate::parse(message) else {
            return AuthOutcome::new(AuthState::Rejected, "NTLM: no third message");
        };
        let names = self.names(&answer);
        let Some(password) = names.iter().find_map(|name| self.password(name)) else {
            return AuthOutcome::new(AuthState::Rejected, "NTLM: user unknown");
        };
        let note = match handshake.verify(&answer, password) {
            Some(Version::V2) => "NTLM: user known, password right",
            Some(Version::V1) if self.accepts_v1() => "NTLM: user known, password right (NTLMv1)",
            Some(Version::V1) => {
                return AuthOutcome::new(AuthState::Rejected, "NTLM: NTLMv1 is not accepted");
            }
            None => {
                return AuthOutcome::new(AuthState::Rejected, "NTLM: user known, password wrong");
            }
        };
        *session = Session::Known(note);
        let token = || STANDARD.encode(spnego::accept_completed());
        let extra_header = (envelope == Envelope::Spnego)
            .then(|| format!("Proxy-Authenticate: {} {}", name(scheme), token()));
        AuthOutcome { extra_header, ..AuthOutcome::new(AuthState::Authenticated, note) }
    }

    /// Whether the proxy's domain accepts what is older than NTLMv2.
    fn accepts_v1(&self) -> bool {
        *self.proxy.clone().lm_compatibility_level().get() < V2_ONLY
    }

    /// As whom the proxy may know a user, in the order in which it looks.
    fn names(&self, answer: &Authenticate<'_>) -> Vec<String> {
        let Authenticate { domain, user, .. } = answer;
        let own = self.proxy.clone().domain().get();
        let stated = if domain.is_empty() { own } else { domain };
        let mut names = vec![format!("{stated}\\{user}")];
        // An account without a domain is the proxy's own, or that of a user who writes an address.
        if domain.is_empty() || domain.eq_ignore_ascii_case(own) {
            names.push(user.clone());
        }
        names
    }

    /// Names as a member of the proxy's domain has them; those in DNS are the lab's own.
    fn target(&self) -> Target {
        let domain = self.proxy.clone().domain().get();
        let dns_domain = format!("{}.example", domain.to_lowercase());
        Target {
            dns_server: format!("proxy.{dns_domain}"),
            dns_domain,
            domain: domain.clone(),
            server: "PROXY".to_owned(),
            now: self.stamp,
        }
    }
}

/// From this level on, domain controllers refuse NTLMv1 (and from 4 on LM, which is never accepted here).
const V2_ONLY: u32 = 5;

fn in_progress(note: &'static str, scheme: Scheme, token: &[u8]) -> AuthOutcome {
    let challenge = format!("{} {}", name(scheme), STANDARD.encode(token));
    AuthOutcome::new(AuthState::InProgress, note).with_challenges(Challenges::Literal(challenge))
}
