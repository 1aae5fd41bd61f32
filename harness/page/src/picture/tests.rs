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

/// A row: to whom, what, the answer; the proxy and the part of the cloud that it reached or meant, whether it came past the firewall.
type Row<'a> = (&'a str, &'a str, &'a str, Option<usize>, Option<Place>, bool, Ending);

#[tokio::test]
async fn an_exchange_goes_where_its_entry_says() {
    let session = testing::session("proxy-authentication-required").await;
    let world = session.live().snapshot().unwrap();
    let proxies = [world.network.proxies.keys().next().unwrap().to_string()];
    let login = "login.windows.net";
    let (_, ips) = world.network.names.iter().find(|(name, _)| name.as_str() == login).unwrap();
    let (ip, dial) = (ips[0].to_string(), format!("dial {}:443", ips[0]));
    let (connect, get) =
        ("CONNECT login.windows.net:443", "GET http://www.msftncsi.com:80/ncsi.txt");
    let (proxy, sign_in, other) = (proxies[0].as_str(), Some(Place::SignIn), Some(Place::Other));
    let rows: [Row<'_>; 10] = [
        (proxy, connect, "407 (no credentials)", Some(0), None, false, Ending::Demand),
        (proxy, connect, "200", Some(0), sign_in, true, Ending::Good),
        (proxy, get, "200", Some(0), other, true, Ending::Good),
        (proxy, connect, "403", Some(0), None, false, Ending::Bad),
        (login, "GET /common", "200", None, sign_in, true, Ending::Good),
        (login, "resolve", "no such host", None, sign_in, false, Ending::Bad),
        (&ip, &dial, "connected", None, sign_in, true, Ending::Good),
        (&ip, &dial, "timed out", None, sign_in, false, Ending::Bad),
        ("10.0.0.5", "dial 10.0.0.5:8080", "connected", Some(0), None, false, Ending::Good),
        ("192.0.2.7", "dial 192.0.2.7:443", "refused", None, other, false, Ending::Bad),
    ];
    for (to, what, answer, proxy, place, passed, ending) in rows {
        let entry = entry(to, what, answer);
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
