use jiff::Timestamp;
use marslab_model::World;
use marslab_state::JournalEntry;

use super::{Ending, Picture, Place, Trip};
use crate::testing;
use crate::texts::Texts;
use marslab_model::world::Language;

fn entry(to: &str, what: &str, answer: &str) -> JournalEntry {
    let [to, what, answer] = [to, what, answer].map(str::to_owned);
    JournalEntry { at: Timestamp::UNIX_EPOCH, to, what, answer, exchange: None }
}

#[expect(clippy::too_many_lines, reason = "a table")]
#[tokio::test]
async fn an_exchange_goes_where_its_entry_says() {
    let session = testing::session("proxy-authentication-required").await;
    let world = session.live().snapshot().unwrap();
    let proxy = world.network.proxies.keys().next().unwrap().to_string();
    let login = "login.windows.net";
    let ip = world.network.names.iter().find(|(name, _)| name.as_str() == login).unwrap().1[0]
        .to_string();
    let (direct, proxied) = (None, Some(0));
    for (entry, proxy, place, passed, ending) in [
        (
            entry(&proxy, "CONNECT login.windows.net:443", "407 (no credentials)"),
            proxied,
            None,
            false,
            Ending::Demand,
        ),
        (
            entry(&proxy, "CONNECT login.windows.net:443", "200"),
            proxied,
            Some(Place::SignIn),
            true,
            Ending::Good,
        ),
        (
            entry(&proxy, "GET http://www.msftncsi.com:80/ncsi.txt", "200"),
            proxied,
            Some(Place::Other),
            true,
            Ending::Good,
        ),
        (entry(&proxy, "CONNECT login.windows.net:443", "403"), proxied, None, false, Ending::Bad),
        (entry(login, "GET /common", "200"), direct, Some(Place::SignIn), true, Ending::Good),
        (entry(login, "resolve", "no such host"), direct, Some(Place::SignIn), false, Ending::Bad),
        (
            entry(&ip, &format!("dial {ip}:443"), "connected"),
            direct,
            Some(Place::SignIn),
            true,
            Ending::Good,
        ),
        (
            entry(&ip, &format!("dial {ip}:443"), "timed out"),
            direct,
            Some(Place::SignIn),
            false,
            Ending::Bad,
        ),
        (entry("10.0.0.5", "dial 10.0.0.5:8080", "connected"), proxied, None, false, Ending::Good),
        (
            entry("192.0.2.7", "dial 192.0.2.7:443", "refused"),
            direct,
            Some(Place::Other),
            false,
            Ending::Bad,
        ),
    ] {
        let proxies = [world.network.proxies.keys().next().unwrap().to_string()];
        let expected = Trip { proxy, place, passed, ending };
        assert_eq!(super::trip(&world, &proxies, &entry), expected, "{entry:?}");
        assert_is_drawn(&world, &entry);
    }
}

fn assert_is_drawn(world: &World, entry: &JournalEntry) {
    let texts = Texts::of(Language::English);
    let drawn = Picture::of(world, "SRV01", Some(entry)).markup(texts).into_string();
    for part in
        ["SRV01", "10.0.0.5:8080", texts.firewall, texts.sign_in, "class=\"trip ", &entry.answer]
    {
        assert!(drawn.contains(part), "`{part}` is not in {drawn}");
    }
    assert!(!drawn.contains("style="), "the page's policy lets no style in");
}
