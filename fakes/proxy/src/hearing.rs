//! What the world says to a request, from its credentials to where it leads: all of it of one world.

use std::sync::PoisonError;

use http::{Method, Request};
use jiff::Timestamp;
use marslab_model::world::{Manners, Proxy};
use marslab_model::{Address, Name, Tracked};
use marslab_wire::raw_http::{AfterReply, Reply, is_persistent};

use super::Seat;
use super::admission::{Admission, admit, destination};
use super::credentials::{Counter, Hearing, Judgement, Shown, Standing};
use super::page::{Context, Details};
use super::product::{Product, Situation};

/// What the proxy's settings say to a request.
pub(super) struct Judged {
    /// When it was heard.
    pub(super) began: Timestamp,
    pub(super) to: Address,
    /// Of which world it is.
    pub(super) version: u64,
    /// What the journal tells of the credentials.
    pub(super) note: &'static str,
    /// A header line for the answer.
    pub(super) also: Option<String>,
    pub(super) manner: Manner,
}

/// How the proxy answers a request, whatever it answers.
pub(super) struct Manner {
    pub(super) product: &'static Product,
    pub(super) manners: Manners,
    pub(super) keeps: bool,
    /// Whether the connection ends all the same, whatever the answer says.
    pub(super) ends: bool,
    pub(super) method: Method,
}

impl Seat {
    /// What the world says now to a request; the answer where that is all there is to say.
    pub(super) fn hear(&self, head: &Request<()>) -> Result<(Judged, Admission), Reply> {
        if let Some(script) = self.script(head) {
            self.running.say(self.name.as_str(), "GET the configuration script", "200");
            return Err(script);
        }
        let to = self.inside.clone().map_or_else(|| destination(head), Ok);
        match to {
            Ok(to) => Ok(self.judge(head, &to, Hearing::First)),
            Err(situation) => {
                let manner = self.running.look(|world| {
                    let proxy = world.network().proxies().at(&self.name);
                    Manner::of(proxy.as_ref(), head)
                });
                let (reply, status) = self.page(&manner, situation, &Details::default());
                self.running.say(self.name.as_str(), "an unusable request", &status);
                Err(reply)
            }
        }
    }

    /// Judges a request by what the world says now.
    pub(super) fn judge(
        &self,
        head: &Request<()>,
        to: &Address,
        hearing: Hearing,
    ) -> (Judged, Admission) {
        let began = self.running.stamp();
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        self.running.look(|world| {
            let judged = |manner, note, also| {
                let version = self.running.version();
                Judged { began, to: to.clone(), version, note, also, manner }
            };
            let Some(proxy) = world.clone().network().proxies().at(&self.name) else {
                return (judged(Manner::of(None, head), "", None), Admission::Cut);
            };
            let mut manner = Manner::of(Some(&proxy), head);
            if self.inside.is_some() {
                // Whoever opened the tunnel has said who they are.
                return (judged(manner, "", None), admit(&proxy, &world, head, to));
            }
            let shown =
                Shown { method: head.method(), headers: head.headers(), keeps: manner.keeps };
            let (nonces, running, stamp) = (&self.memory.nonces, &*self.running, began);
            let counter = Counter { proxy: &proxy, world: &world, nonces, running, stamp, hearing };
            let Judgement { standing, note, ask, also, ends } = counter.judge(&shown, &mut session);
            manner.ends = ends;
            let asking = match standing {
                Standing::Welcome => None,
                Standing::Stranger => Some(Situation::Unknown),
                Standing::Impostor => Some(Situation::Wrong),
                Standing::Halfway => Some(Situation::Leg),
            };
            let admission = match asking {
                Some(asking) => {
                    Admission::answered(asking, counter.challenges(&ask, manner.product))
                }
                None => admit(&proxy, &world, head, to),
            };
            (judged(manner, note, also), admission)
        })
    }

    /// The configuration script, where that is what is asked for. Nobody is asked for credentials before it: a client
    /// has none until it knows its proxy.
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

    /// Whether the world was changed since a request was judged.
    pub(super) fn is_overtaken(&self, judged: &Judged) -> bool {
        self.running.version() != judged.version
    }
}

impl Manner {
    /// How a proxy is set up, if there is one.
    pub(super) fn of(proxy: Option<&Tracked<'_, Proxy>>, head: &Request<()>) -> Self {
        let unknown = Name::new("");
        let product = proxy.map_or(&unknown, |proxy| proxy.clone().product().get());
        Self {
            product: Product::named(product),
            manners: proxy.map(|proxy| proxy.clone().manners().get().clone()).unwrap_or_default(),
            keeps: is_persistent(head),
            ends: false,
            method: head.method().clone(),
        }
    }

    pub(super) fn context<'a>(&'a self, address: &'a str, date: &'a str) -> Context<'a> {
        let Self { product, manners, keeps, ends, method } = self;
        Context { address, product, manners, date, method, keeps: *keeps, ends: *ends }
    }
}

/// Where a proxy serves its script. The place is the lab's own; products have one like it.
const SCRIPT_PATH: &str = "/proxy.pac";

/// The media type by which clients know a configuration script.
const SCRIPT_TYPE: &str = "application/x-ns-proxy-autoconfig";
