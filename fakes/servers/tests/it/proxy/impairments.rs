//! Impaired connections: which, when and how.

use marslab_model::tracked::Field;
use marslab_model::world::{Effect, Impairment, Proxy};

use super::{FIDELITIES, PROBE, PROXY, Site, Talk, proxy, with};

fn impairment(
    from_connection: u64,
    times: Option<u64>,
    after_bytes: u64,
    what: Effect,
) -> Impairment {
    Impairment { from_connection, from_request: None, times, after_bytes, what }
}

fn site(fidelity: marslab_network::Fidelity, impairments: &[Impairment]) -> Site {
    Site::new(fidelity, with(&Proxy { impairments: impairments.to_vec(), ..proxy(&[], &[]) }))
}

/// What comes of one request on a connection of its own: the bytes, and how it ended.
async fn ask(site: &Site) -> (usize, Option<()>) {
    let mut talk = Talk::new(site).await;
    let request = format!("GET {PROBE} HTTP/1.1\r\nConnection: close\r\n\r\n");
    tokio::io::AsyncWriteExt::write_all(&mut talk.0, request.as_bytes()).await.unwrap();
    let mut heard = Vec::new();
    let mut byte = [0];
    let end = loop {
        match tokio::io::AsyncReadExt::read(&mut talk.0, &mut byte).await {
            Ok(1) => heard.push(byte[0]),
            Ok(_) => break Some(()),
            Err(_reset) => break None,
        }
    };
    (heard.len(), end)
}

#[tokio::test]
async fn connections_are_counted() {
    for fidelity in FIDELITIES {
        let third = [impairment(3, Some(1), 0, Effect::Close)];
        let two = [impairment(1, Some(2), 0, Effect::Close)];
        let from_second = [impairment(2, None, 0, Effect::Close)];
        for (impairments, expected) in [
            (&third[..], [true, true, false, true, true]),
            (&two, [false, false, true, true, true]),
            (&from_second, [true, false, false, false, false]),
            (&[], [true; 5]),
        ] {
            let site = site(fidelity, impairments);
            for (number, passes) in expected.into_iter().enumerate() {
                let (bytes, _) = ask(&site).await;
                assert_eq!(bytes > 0, passes, "{fidelity:?} {impairments:?} {number}");
            }
        }
    }
}

#[tokio::test]
async fn counting_begins_when_they_are_set() {
    let site = site(FIDELITIES[0], &[]);
    for _ in 0..5 {
        assert!(ask(&site).await.0 > 0);
    }
    let field = || Field::world().network().proxies().at(PROXY).impairments();
    for _again in 0..2 {
        site.running.apply(&field().set([impairment(2, Some(1), 0, Effect::Close)])).unwrap();
        let passed = [ask(&site).await.0 > 0, ask(&site).await.0 > 0, ask(&site).await.0 > 0];
        assert_eq!(passed, [true, false, true]);
        site.running.apply(&field().set(Vec::new())).unwrap();
        assert!(ask(&site).await.0 > 0);
    }
}

#[tokio::test]
async fn what_happens_happens_at_its_byte() {
    for fidelity in FIDELITIES {
        let whole = ask(&site(fidelity, &[])).await.0;
        for (after, what, bytes, seconds) in [
            (64, Effect::Close, 64, 0),
            (0, Effect::Close, 0, 0),
            (64, Effect::Stall(900), 64, 900),
            (0, Effect::Slow(100), whole, i64::try_from(whole.div_ceil(100)).unwrap()),
            (9_999, Effect::Close, whole, 0),
        ] {
            let site = site(fidelity, &[impairment(1, None, after, what)]);
            let heard = ask(&site).await.0;
            assert_eq!(
                (heard, site.seconds()),
                (bytes, seconds),
                "{fidelity:?} {what:?} after {after}"
            );
        }
        // A reset may take with it what was sent before.
        let site = site(fidelity, &[impairment(1, None, 64, Effect::Reset)]);
        let (heard, end) = ask(&site).await;
        assert!(heard <= 64, "{heard}");
        let has_resets = fidelity == marslab_network::Fidelity::Loopback;
        assert_eq!(end.is_none(), has_resets, "{fidelity:?}");
    }
}

/// By requests: on one kept connection as on many.
#[tokio::test]
async fn requests_are_counted_in_place_of_connections() {
    let request = |from, times, after_bytes, what| Impairment {
        from_request: Some(from),
        ..impairment(1, times, after_bytes, what)
    };
    let get = format!("GET {PROBE} HTTP/1.1\r\nHost: x\r\n\r\n");
    for fidelity in FIDELITIES {
        // A connection that is kept is cut at its third request, and not before.
        let kept = site(fidelity, &[request(3, Some(1), 20, Effect::Close)]);
        let mut talk = Talk::new(&kept).await;
        for _ in 0..2 {
            assert_eq!(talk.say(&get).await.head[0], "HTTP/1.1 200 OK", "{fidelity:?}");
        }
        tokio::io::AsyncWriteExt::write_all(&mut talk.0, get.as_bytes()).await.unwrap();
        let mut heard = Vec::new();
        tokio::io::AsyncReadExt::read_to_end(&mut talk.0, &mut heard).await.unwrap();
        assert_eq!(heard.len(), 20, "{fidelity:?}");
        let mut talk = Talk::new(&kept).await;
        assert_eq!(talk.say(&get).await.head[0], "HTTP/1.1 200 OK", "{fidelity:?}");
        // It fails twice, then it works.
        let twice = site(fidelity, &[request(1, Some(2), 0, Effect::Close)]);
        let mut bytes = Vec::new();
        for _ in 0..3 {
            bytes.push(ask(&twice).await.0 > 0);
        }
        assert_eq!(bytes, [false, false, true], "{fidelity:?}");
        // A slow answer, and one on the same connection that is not.
        let slow = site(fidelity, &[request(1, Some(1), 0, Effect::Slow(100))]);
        let mut talk = Talk::new(&slow).await;
        talk.say(&get).await;
        let seconds = slow.seconds();
        assert!(seconds > 1, "{fidelity:?}");
        talk.say(&get).await;
        assert_eq!(slow.seconds(), seconds, "{fidelity:?}");
    }
}

/// A connection that was opened before is struck, too, and requests of every connection count together.
#[tokio::test]
async fn a_request_on_a_connection_from_before_is_counted() {
    let get = format!("GET {PROBE} HTTP/1.1\r\nHost: x\r\n\r\n");
    let site = site(FIDELITIES[0], &[]);
    let mut talks = [Talk::new(&site).await, Talk::new(&site).await];
    for talk in &mut talks {
        assert_eq!(talk.say(&get).await.head[0], "HTTP/1.1 200 OK");
    }
    let second = Impairment { from_request: Some(2), ..impairment(1, Some(1), 0, Effect::Close) };
    let field = Field::world().network().proxies().at(PROXY).impairments();
    site.running.apply(&field.set([second])).unwrap();
    let [first, other] = &mut talks;
    assert_eq!(first.say(&get).await.head[0], "HTTP/1.1 200 OK");
    tokio::io::AsyncWriteExt::write_all(&mut other.0, get.as_bytes()).await.unwrap();
    assert_eq!(tokio::io::AsyncReadExt::read(&mut other.0, &mut [0; 9]).await.unwrap(), 0);
    assert_eq!(first.say(&get).await.head[0], "HTTP/1.1 200 OK");
}
