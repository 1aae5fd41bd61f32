//! The live picture: the server, its proxies, the firewall and the cloud, and where the last exchange between them went.
//!
//! It is drawn from the journal and the names of what is there. A connection that did not come about ends at the firewall's
//! line: who stands before it sees no more than that.

use std::net::IpAddr;

use marslab_model::world::Role;
use marslab_model::{HostName, World};
use marslab_state::JournalEntry;
use maud::{Markup, html};

use crate::texts::Texts;

mod layout;

use layout::{Direction, Layout, Line, Rect};

/// A part of the cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The login service.
    SignIn,
    /// The portal and the resource manager.
    Management,
    /// The vault's own services.
    Backup,
    /// Storage accounts.
    Storage,
    /// Everything else.
    Other,
}

impl Place {
    const ALL: [Self; 5] =
        [Self::SignIn, Self::Management, Self::Backup, Self::Storage, Self::Other];

    const fn of(role: Role) -> Self {
        match role {
            Role::Discovery | Role::Login => Self::SignIn,
            Role::Management | Role::Graph => Self::Management,
            Role::Backup | Role::Recovery => Self::Backup,
            Role::Storage => Self::Storage,
            Role::Probe | Role::Web | Role::Authority => Self::Other,
        }
    }
}

/// How an exchange ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// With what was asked for.
    Good,
    /// With a demand: credentials, another address.
    Demand,
    /// With an error.
    Bad,
}

/// Where an exchange went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Trip {
    /// The proxy that it went to, by number.
    proxy: Option<usize>,
    /// The part of the cloud; none if it ended at the proxy.
    place: Option<Place>,
    /// Whether it came past the firewall.
    passed: bool,
    ending: Ending,
}

/// A picture of a world at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    machine: String,
    proxies: Vec<String>,
    last: Option<(Trip, JournalEntry)>,
}

impl Picture {
    /// The picture after an exchange.
    pub(crate) fn of(world: &World, machine: &str, last: Option<&JournalEntry>) -> Self {
        let names = world.network.proxies.keys().take(PROXIES_MAX);
        let proxies: Vec<String> = names.map(ToString::to_string).collect();
        let last = last.map(|entry| (trip(world, &proxies, entry), entry.clone()));
        Self { machine: machine.to_owned(), proxies, last }
    }

    /// The picture, for wide and for narrow windows, with a caption.
    pub(crate) fn markup(&self, texts: &Texts) -> Markup {
        html! {
            (self.drawing(texts, Direction::Right))
            (self.drawing(texts, Direction::Down))
            p.caption {
                @match &self.last {
                    Some((trip, entry)) => {
                        span class={ "dot " (class(trip.ending)) } aria-hidden="true" {}
                        code { (entry.to) } " " (entry.what) " → " strong { (entry.answer) }
                    }
                    None => (texts.no_traffic),
                }
            }
        }
    }

    fn drawing(&self, texts: &Texts, direction: Direction) -> Markup {
        let layout = Layout::new(direction, self.proxies.len());
        let (width, height) = layout.size;
        let lines = self.last.as_ref().map(|(trip, _)| (trip, self.lines(&layout, trip)));
        html! {
            svg class={ "picture " (layout.class()) } role="img" aria-label=(texts.picture)
                viewBox={ "0 0 " (width) " " (height) } {
                @for line in self.ways(&layout) { path.way d=(line.path(direction)) {} }
                @if let Some((trip, lines)) = &lines {
                    @for line in lines {
                        path class={ "trip " (class(trip.ending)) } d=(line.path(direction)) pathLength="100" {}
                    }
                    @if let Some(end) = lines.last().filter(|_| trip.ending == Ending::Bad) {
                        (cross(end))
                    }
                }
                (node(layout.machine, "machine", texts.server, &self.machine))
                @for (name, at) in self.proxies.iter().zip(&layout.proxies) {
                    (node(*at, "proxy", texts.proxy, name))
                }
                (node(layout.firewall, "firewall", texts.firewall, ""))
                (node(layout.cloud, "cloud", texts.cloud, ""))
                @for (place, at) in Place::ALL.iter().zip(&layout.places) {
                    @let reached = lines.as_ref().is_some_and(|(trip, _)| trip.passed && trip.place == Some(*place));
                    g class={ "place" @if reached { " reached" } } {
                        rect x=(at.x) y=(at.y) width=(at.width) height=(at.height) rx="4" {}
                        text x=(at.x + 10) y=(at.y + at.height / 2 + 4) { (texts.place(*place)) }
                    }
                }
            }
        }
    }

    /// All ways that there are.
    fn ways(&self, layout: &Layout) -> Vec<Line> {
        let direct = [layout.direct()];
        let proxied = layout.proxies.iter().flat_map(|at| {
            [layout.between(layout.machine, *at), layout.between(*at, layout.firewall)]
        });
        let onward = layout.places.iter().map(|at| layout.between(layout.firewall, *at));
        direct.into_iter().chain(proxied).chain(onward).collect()
    }

    /// The way that an exchange took.
    fn lines(&self, layout: &Layout, trip: &Trip) -> Vec<Line> {
        let mut lines = Vec::new();
        match trip.proxy.and_then(|number| layout.proxies.get(number)) {
            Some(at) => {
                lines.push(layout.between(layout.machine, *at));
                if trip.place.is_some() {
                    lines.push(layout.between(*at, layout.firewall));
                }
            }
            None => lines.push(layout.direct()),
        }
        let place = trip.place.filter(|_| trip.passed);
        let index = place.and_then(|place| Place::ALL.iter().position(|it| *it == place));
        if let Some(at) = index.and_then(|index| layout.places.get(index)) {
            lines.push(layout.between(layout.firewall, *at));
        }
        lines
    }
}

/// Where an exchange went, as its journal entry tells.
fn trip(world: &World, proxies: &[String], entry: &JournalEntry) -> Trip {
    let ending = ending(&entry.answer);
    let dialled = entry.what.strip_prefix("dial ");
    let by_proxy = dialled.is_some_and(|it| it.ends_with(" for a proxy"));
    let number = |name: &str| {
        proxies.iter().position(|it| it == name || dialled.is_some() && host(it) == host(name))
    };
    if let Some(number) = number(&entry.to) {
        // What a proxy passed on went to the host in the request.
        let is_onward = ending == Ending::Good && dialled.is_none();
        let onward = if is_onward { requested(&entry.what) } else { None };
        let place = onward.map(|host| place(world, host));
        return Trip { proxy: Some(number), place, passed: place.is_some(), ending };
    }
    let passed =
        ending == Ending::Good || entry.exchange.as_ref().is_some_and(|it| it.answer.is_some());
    let proxy = (by_proxy && !proxies.is_empty()).then_some(0);
    Trip { proxy, place: Some(place(world, &entry.to)), passed, ending }
}

/// The host that a proxy is asked for: `CONNECT login.windows.net:443`, `GET http://www.example.com:80/path`.
fn requested(what: &str) -> Option<&str> {
    let (_method, target) = what.split_once(' ')?;
    let target = target.split_once("://").map_or(target, |(_scheme, rest)| rest);
    target.split('/').next().map(host)
}

/// An address without its port.
fn host(address: &str) -> &str {
    address.rsplit_once(':').map_or(address, |(host, _port)| host)
}

fn place(world: &World, host: &str) -> Place {
    let role = |name: &HostName| world.cloud.endpoints.get(name).map(|it| it.role);
    let role = match host.parse::<IpAddr>() {
        Ok(ip) => {
            let named = world.network.names.iter().filter(|(_, ips)| ips.contains(&ip));
            named.map(|(name, _)| name).find_map(role)
        }
        Err(_name) => role(&HostName::new(host)),
    };
    role.map_or(Place::Other, Place::of)
}

fn ending(answer: &str) -> Ending {
    match answer.get(..3).and_then(|it| it.parse::<u16>().ok()) {
        Some(100..=299 | 304) => Ending::Good,
        Some(300..=399 | 401 | 407) => Ending::Demand,
        Some(_) => Ending::Bad,
        None if answer == "connected" => Ending::Good,
        None => Ending::Bad,
    }
}

const fn class(ending: Ending) -> &'static str {
    match ending {
        Ending::Good => "good",
        Ending::Demand => "demand",
        Ending::Bad => "bad",
    }
}

fn node(at: Rect, class: &str, kind: &str, name: &str) -> Markup {
    let middle = at.x + at.width / 2;
    html! {
        g class={ "node " (class) } {
            rect x=(at.x) y=(at.y) width=(at.width) height=(at.height) rx="6" {}
            text.kind x=(middle) y=(at.y + 18) text-anchor="middle" { (kind) }
            @if !name.is_empty() {
                text.name x=(middle) y=(at.y + 38) text-anchor="middle" { (name) }
            }
        }
    }
}

/// Where something ended badly.
fn cross(line: &Line) -> Markup {
    let (x, y) = line.to;
    html! {
        g.cross {
            circle cx=(x) cy=(y) r="8" {}
            path d={ "M" (x - 3) " " (y - 3) "l6 6m0 -6l-6 6" } {}
        }
    }
}

/// More do not fit.
const PROXIES_MAX: usize = 2;

#[cfg(test)]
mod tests;
