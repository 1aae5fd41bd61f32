//! NTLM, and Negotiate with NTLM inside: a handshake of three messages on one connection.
//!
//! The first message is answered with a challenge, the third proves the password. A third without a first, one on another
//! connection, and any other message is answered with the full list of challenges. On a connection on which that has happened
//! nobody is let in any more, whatever they say: so does Squid 5.7 (measured), and Chromium asks its user in vain until the
//! connection ends.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_model::world::{NtlmChallenge, Scheme};
use marslab_wire::ntlm::{self, Authenticate, Challenge, Handshake, Negotiate, Target, Version};
use marslab_wire::spnego::{self, Token};

use super::{AuthContext, AuthOutcome, AuthState, Challenges, Sender, name};

/// How far the client of a connection has authenticated.
#[derive(Default)]
pub(in super::super) enum Session {
    /// Nothing.
    #[default]
    Fresh,
    /// An offer without a message of NTLM in it.
    Offered(Scheme, Offer),
    /// A first message, which was answered.
    Challenged { scheme: Scheme, handshake: Box<Handshake>, envelope: Envelope },
    /// A message that was rejected.
    Failed,
    /// Everything: until it is closed, the connection is theirs. What the journal may tell of it.
    Known(&'static str),
}

/// In what NTLM's messages lie.
#[derive(Debug)]
pub(in super::super) enum Envelope {
    Bare,
    Spnego(Offer),
}

/// What a client of SPNEGO has offered.
#[derive(Debug)]
pub(in super::super) struct Offer {
    /// The mechanisms, encoded as they are signed.
    mechanisms: Vec<u8>,
    /// Whether the client must sign them, because it would have preferred another than NTLM.
    must_sign: bool,
}

impl Envelope {
    /// Whether what a third message comes with is right: the signature of what was offered, where there is one or must be.
    fn is_sealed(&self, signature: Option<&[u8]>, session: &ntlm::Session) -> bool {
        match (self, signature) {
            (Self::Bare, _) => true,
            (Self::Spnego(offer), None) => !offer.must_sign,
            (Self::Spnego(offer), Some(signature)) => session
                .client_signature(&offer.mechanisms)
                .is_some_and(|expected| expected == signature),
        }
    }
}

impl Session {
    fn scheme(&self) -> Option<Scheme> {
        match self {
            Self::Fresh | Self::Failed | Self::Known(_) => None,
            Self::Offered(scheme, _) | Self::Challenged { scheme, .. } => Some(*scheme),
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
        let past = std::mem::replace(session, Session::Failed);
        let token = STANDARD.decode(value).unwrap_or_default();
        let token = match scheme {
            Scheme::Negotiate => spnego::parse(&token),
            _ => Some(Token::RawNtlm(token.as_slice())),
        };
        match (past, token) {
            (Session::Challenged { handshake, envelope, .. }, Some(Token::RawNtlm(message))) => {
                self.third(message, None, (&handshake, &envelope), session)
            }
            (
                Session::Challenged { handshake, envelope, .. },
                Some(Token::Response { message, signature }),
            ) => self.third(message, signature, (&handshake, &envelope), session),
            (Session::Offered(_, offer), Some(Token::Response { message, .. })) => {
                self.first(scheme, message, Envelope::Spnego(offer), session)
            }
            (Session::Fresh, Some(Token::RawNtlm(message))) => {
                self.first(scheme, message, Envelope::Bare, session)
            }
            (Session::Fresh, Some(Token::Init { offers_ntlm: true, mechanisms, first })) => {
                let offer = Offer { mechanisms, must_sign: first.is_none() };
                if let Some(message) = first {
                    return self.first(scheme, message, Envelope::Spnego(offer), session);
                }
                *session = Session::Offered(scheme, offer);
                in_progress("Negotiate: an offer", scheme, &spnego::request_signature())
            }
            _ => AuthOutcome::new(AuthState::Rejected, "a token that is not understood"),
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
            Envelope::Spnego(_) => spnego::accept_incomplete(&challenge),
        };
        let handshake = Handshake { negotiate: message.to_vec(), challenge, nonce };
        *session = Session::Challenged { scheme, handshake: Box::new(handshake), envelope };
        in_progress("NTLM: a first message", scheme, &token)
    }

    fn third(
        &self,
        message: &[u8],
        signature: Option<&[u8]>,
        begun: (&Handshake, &Envelope),
        session: &mut Session,
    ) -> AuthOutcome {
        let (handshake, envelope) = begun;
        let rejected = |note| AuthOutcome::new(AuthState::Rejected, note);
        let Some(answer) = Authenticate::parse(message) else {
            return rejected("NTLM: no third message");
        };
        let names = self.names(&answer);
        let Some(password) = names.iter().find_map(|name| self.password(name)) else {
            return rejected("NTLM: user unknown");
        };
        let Some(proof) = handshake.verify(&answer, password) else {
            return rejected("NTLM: user known, password wrong");
        };
        if !envelope.is_sealed(signature, &proof.session) {
            return rejected("Negotiate: the mechanisms are not signed, or not rightly");
        }
        let note = match proof.version {
            Version::V2 => "NTLM: user known, password right",
            Version::V1 if self.accepts_v1() => "NTLM: user known, password right (NTLMv1)",
            Version::V1 => return rejected("NTLM: NTLMv1 is not accepted"),
        };
        *session = Session::Known(note);
        AuthOutcome::new(AuthState::Authenticated, note)
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
