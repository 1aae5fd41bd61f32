use http::{HeaderMap, HeaderName, HeaderValue};

use super::{Guard, TurnedAway};

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
    }
    headers
}

#[test]
fn only_the_own_host_and_port() {
    let guard = Guard::new(4711);
    for (hosts, expected) in [
        (&["127.0.0.1:4711"][..], Ok(())),
        (&["localhost:4711"], Ok(())),
        (&["127.0.0.1"], Err(TurnedAway::Host)),
        (&["127.0.0.1:80"], Err(TurnedAway::Host)),
        (&["127.0.0.2:4711"], Err(TurnedAway::Host)),
        (&["[::1]:4711"], Err(TurnedAway::Host)),
        (&["evil.example:4711"], Err(TurnedAway::Host)),
        (&["127.0.0.1.evil.example:4711"], Err(TurnedAway::Host)),
        (&["127.0.0.1:4711", "evil.example"], Err(TurnedAway::Host)),
        (&[], Err(TurnedAway::Host)),
    ] {
        let given: Vec<_> = hosts.iter().map(|host| ("host", *host)).collect();
        assert_eq!(guard.check_host(&headers(&given)), expected, "{hosts:?}");
    }
}

#[test]
fn only_the_own_origin() {
    let guard = Guard::new(4711);
    let host = ("host", "127.0.0.1:4711");
    for (given, expected) in [
        (vec![host, ("origin", "http://127.0.0.1:4711")], Ok(())),
        (vec![("host", "localhost:4711"), ("origin", "http://localhost:4711")], Ok(())),
        (vec![host], Err(TurnedAway::Origin)),
        (vec![host, ("origin", "null")], Err(TurnedAway::Origin)),
        (vec![host, ("origin", "http://localhost:4711")], Err(TurnedAway::Origin)),
        (vec![host, ("origin", "https://127.0.0.1:4711")], Err(TurnedAway::Origin)),
        (vec![host, ("origin", "http://127.0.0.1:4712")], Err(TurnedAway::Origin)),
        (vec![host, ("origin", "http://evil.example")], Err(TurnedAway::Origin)),
    ] {
        assert_eq!(guard.check_origin(&headers(&given)), expected, "{given:?}");
    }
}

#[test]
fn a_link_works_once_and_its_cookie_leads_to_its_visit() {
    let guard = Guard::new(4711);
    let token = |link: String| link.rsplit_once('=').unwrap().1.to_owned();
    let (first, second) = (token(guard.invite(0).unwrap()), token(guard.invite(7).unwrap()));
    assert_eq!(guard.enter("").unwrap(), Err(TurnedAway::Unknown));
    let cookie = guard.enter(&second).unwrap().unwrap();
    assert_eq!(guard.enter(&second).unwrap(), Err(TurnedAway::Unknown), "used");
    assert!(cookie.starts_with("marslab-4711="), "{cookie}");
    assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/"), "{cookie}");
    let pair = cookie.split_once(';').unwrap().0;
    let with = |cookie: &str| guard.visitor(&headers(&[("cookie", cookie)]));
    assert_eq!(with(pair), Ok(7));
    assert_eq!(with(&format!("other=1; {pair}")), Ok(7));
    assert_eq!(with(&format!("marslab-4711=stale; {pair}")), Ok(7));
    assert_eq!(with(&format!("marslab-4711={first}")), Err(TurnedAway::Unknown), "not a cookie");
    assert_eq!(with(&pair.replace("4711", "4712")), Err(TurnedAway::Unknown), "another page's");
    assert_eq!(guard.visitor(&headers(&[])), Err(TurnedAway::Unknown));
}
