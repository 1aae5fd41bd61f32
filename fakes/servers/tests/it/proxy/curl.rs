//! A client that is not ours: curl, against the proxy on loopback. The outcomes are those that the same commands had against
//! Squid 5.7 with the same schemes (measured; NTLM with a helper that really verifies).

use marslab_model::Name;
use marslab_model::world::Scheme;
use tokio::process::Command;

use super::{PROBE, PROXY, Site, proxy, with};
use marslab_network::{Fidelity, Listener};

/// What curl prints: the status of the last answer, and that of the last CONNECT.
async fn curl(site: &Site, flags: &[&str]) -> Option<String> {
    let listeners = site.network.listeners().await;
    let socket = listeners[&Listener::Proxy(Name::new(PROXY))];
    let mut command = Command::new("curl");
    command.args([
        "-s",
        "-o",
        "-",
        "-m",
        "20",
        "--noproxy",
        "none",
        "-w",
        "%{http_code} %{http_connect}",
    ]);
    command.args(["-x", &format!("http://{socket}")]).args(flags).arg(PROBE);
    let output = command.output().await.ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    // Behind the body, which is the probe's or a page.
    Some(text.chars().rev().take(7).collect::<Vec<_>>().into_iter().rev().collect())
}

async fn has_ntlm() -> bool {
    let output = Command::new("curl").arg("--version").output().await;
    output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("NTLM"))
}

#[tokio::test]
async fn curl_sees_what_it_sees_of_squid() {
    if !has_ntlm().await {
        eprintln!(
            "NOT CHECKED: there is no curl with NTLM on this machine, so no foreign client was tried"
        );
        return;
    }
    use Scheme::{Basic, Digest, Negotiate, Ntlm};
    let all = [Negotiate, Ntlm, Digest, Basic];
    for (asks, how, passes) in [
        (&all[..], "--proxy-basic", true),
        (&all, "--proxy-digest", true),
        (&all, "--proxy-ntlm", true),
        // It takes the best that is offered, has no ticket, and does not fall back.
        (&all, "--proxy-anyauth", false),
        (&all, "--proxy-negotiate", false),
        (&[Ntlm, Digest, Basic], "--proxy-anyauth", true),
        (&[Digest, Basic], "--proxy-anyauth", true),
        (&[Scheme::DigestSha256], "--proxy-digest", true),
        (&[Digest], "--proxy-basic", false),
        (&[Basic], "--proxy-ntlm", false),
    ] {
        let site = Site::new(Fidelity::Loopback, with(&proxy(asks, &[]))).await;
        for (login, is_right) in [
            ("CORP\\backup:p:ss", true),
            ("CORP\\backup:wrong", false),
            ("CORP\\other:p:ss", false),
        ] {
            let expected =
                if passes && is_right { ["200 000", "200 200"] } else { ["407 000", "000 407"] };
            let seen = [
                curl(&site, &[how, "-U", login]).await.unwrap(),
                curl(&site, &[how, "-U", login, "--proxytunnel"]).await.unwrap(),
            ];
            assert_eq!(seen, expected, "{asks:?} {how} {login}\n{}", site.said().join("\n"));
        }
        assert_eq!(curl(&site, &[]).await.unwrap(), "407 000", "{asks:?} without credentials");
    }
}
