//! Evaluates a request, from its credentials to its route, against one state of the world.

use std::sync::PoisonError;

use http::{Method, Request, Version};
use jiff::Timestamp;
use marslab_model::world::{Proxy, ResponseOptions};
use marslab_model::{Address, Name, Tracked};
use marslab_wire::raw_http::{AfterReply, Reply, is_persistent};

use super::ProxyConnection;
use super::admission::{Admission, admit, destination};
use super::credentials::{Attempt, AuthContext, AuthOutcome, AuthState, Sender};
use super::language::Language;
use super::page::{Context, Details};
use super::product::{Product, Situation};

/// A request as evaluated against the proxy's settings.
pub(super) struct Evaluated {
    /// When it was evaluated.
    pub(super) began: Timestamp,
    pub(super) to: Address,
    /// The version of the world.
    pub(super) version: u64,
    /// What the journal says about the credentials.
    pub(super) note: &'static str,
    /// A header line for the answer.
    pub(super) extra_header: Option<String>,
    pub(super) style: ResponseStyle,
}

/// How the proxy answers a request, whatever it answers.
pub(super) struct ResponseStyle {
    pub(super) product: &'static Product,
    pub(super) options: ResponseOptions,
    pub(super) keeps: bool,
    /// Whether the connection closes all the same, whatever the answer says.
    pub(super) closes: bool,
    pub(super) method: Method,
    version: Version,
    language: Language,
}

impl ProxyConnection {
    /// Evaluates the head of a request; an error is the answer to a request that needs no evaluation.
    pub(super) fn evaluate_head(
        &self,
        head: &Request<()>,
    ) -> Result<(Evaluated, Admission), Reply> {
        if let Some(script) = self.script(head) {
            self.running.record(self.name.as_str(), "GET the configuration script", "200");
            return Err(script);
        }
        let to = self.inside.clone().map_or_else(|| destination(head), Ok);
        match to {
            Ok(to) => Ok(self.evaluate(head, &to, Attempt::First)),
            Err(situation) => {
                let style = self.running.look(|world| {
                    let proxy = world.network().proxies().at(&self.name);
                    ResponseStyle::of(proxy.as_ref(), head)
                });
                let (reply, status) = self.page(&style, situation, &Details::default());
                self.running.record(self.name.as_str(), "an unusable request", &status);
                Err(reply)
            }
        }
    }

    /// Evaluates a request against the world as it is now.
    pub(super) fn evaluate(
        &self,
        head: &Request<()>,
        to: &Address,
        attempt: Attempt,
    ) -> (Evaluated, Admission) {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        self.running.look_now(|world, began| {
            let evaluated = |style, note, extra_header| {
                let version = self.running.version();
                Evaluated { began, to: to.clone(), version, note, extra_header, style }
            };
            let Some(proxy) = world.clone().network().proxies().at(&self.name) else {
                return (evaluated(ResponseStyle::of(None, head), "", None), Admission::Reset);
            };
            let mut style = ResponseStyle::of(Some(&proxy), head);
            if self.inside.is_some() {
                // The client authenticated when it opened the tunnel.
                return (evaluated(style, "", None), admit((&self.name, &proxy), &world, head, to));
            }
            if !style.product.connects_to(to.port, &style.method) {
                let situation = match style.method {
                    Method::CONNECT => Situation::RefusedTunnel,
                    _ => Situation::Refused,
                };
                let refused = Admission::respond(situation, Vec::new());
                return (evaluated(style, "", None), refused);
            }
            let sender =
                Sender { method: head.method(), headers: head.headers(), keeps: style.keeps };
            let (nonces, running, stamp) = (&self.shared.nonces, &*self.running, began);
            let (proxy, world, product) = (&proxy, &world, style.product);
            let context = AuthContext { proxy, world, product, nonces, running, stamp, attempt };
            let AuthOutcome { state, note, challenges, extra_header, closes } =
                context.evaluate(&sender, &mut session);
            style.closes = closes;
            let asking = match state {
                AuthState::Authenticated => None,
                AuthState::Anonymous => Some(Situation::Unauthenticated),
                AuthState::Rejected => Some(Situation::WrongCredentials),
                AuthState::InProgress => Some(Situation::Handshake),
            };
            let admission = match asking {
                Some(asking) => Admission::respond(asking, context.challenges(&challenges)),
                None => admit((&self.name, proxy), world, head, to),
            };
            (evaluated(style, note, extra_header), admission)
        })
    }

    /// The configuration script, if that is what is asked for. It needs no credentials: a client has none until it
    /// knows its proxy.
    fn script(&self, head: &Request<()>) -> Option<Reply> {
        if head.method() != Method::GET || *head.uri() != SCRIPT_PATH || self.inside.is_some() {
            return None;
        }
        let script = self.running.look(|world| {
            let proxy = world.network().proxies().at(&self.name)?;
            Some(proxy.script().get().clone())
        });
        let script = script.filter(|script| !script.is_empty())?;
        let length = script.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {SCRIPT_TYPE}\r\nContent-Length: {length}\r\n\r\n"
        );
        Some(Reply { bytes: (head + &script).into_bytes(), then: AfterReply::Keep })
    }

    /// Whether the world has changed since a request was evaluated.
    pub(super) fn is_outdated(&self, evaluated: &Evaluated) -> bool {
        self.running.version() != evaluated.version
    }
}

impl ResponseStyle {
    /// How a proxy is set up, if there is one.
    pub(super) fn of(proxy: Option<&Tracked<'_, Proxy>>, head: &Request<()>) -> Self {
        let unknown = Name::new("");
        let product = proxy.map_or(&unknown, |proxy| proxy.clone().product().get());
        let product = Product::named(product);
        let language = match product.speaks_languages {
            true => Language::of(head.headers()),
            false => Language::english(),
        };
        Self {
            product,
            language,
            options: proxy
                .map(|proxy| proxy.clone().response_options().get().clone())
                .unwrap_or_default(),
            keeps: is_persistent(head),
            closes: false,
            method: head.method().clone(),
            version: head.version(),
        }
    }

    pub(super) fn context<'a>(&'a self, address: &'a str, date: &'a str) -> Context<'a> {
        let Self { product, options, keeps, closes, method, version, language } = self;
        let (keeps, closes, version) = (*keeps, *closes, *version);
        Context { address, product, options, date, language, method, version, keeps, closes }
    }
}

/// The path of the script. It is the lab's own; products have similar ones.
const SCRIPT_PATH: &str = "/proxy.pac";

/// The media type by which clients know a configuration script.
const SCRIPT_TYPE: &str = "application/x-ns-proxy-autoconfig";
