//! A proxy that looks into tunnels.

use marslab_model::Name;
use marslab_model::world::{Proxy, Scheme};
use marslab_network::Fidelity;
use marslab_wire::http::{HttpError, Request, TlsConfig};
use marslab_wire::tls::TlsError;

use super::{FIDELITIES, LOGIN, PROXY, Site, proxy, with};

const AUTHORITY: &str = "Contoso Inspection CA";

fn inspecting(refuses: &[&str]) -> Proxy {
    Proxy {
        inspects_as: Name::new(AUTHORITY),
        product: "data-guard".into(),
        ..proxy(&[Scheme::Basic], refuses)
    }
}

#[tokio::test]
async fn a_client_that_does_not_trust_its_authority_disconnects() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, with(&inspecting(&[])));
        let client = site.client_behind(PROXY, Some(("CORP\\backup", "p:ss")));
        let seen = client.send(&Request::get(LOGIN.parse().unwrap())).await;
        let Err(HttpError::Tls(error)) = seen else { panic!("{fidelity:?}: {seen:?}") };
        let TlsError::UntrustedRoot { issuer, .. } = error else { panic!("{fidelity:?}: {error}") };
        assert!(issuer.ends_with(&format!("CN={AUTHORITY}")), "{issuer}");
        if fidelity == Fidelity::Memory {
            let refused = "the certificate does not chain to a trusted root";
            assert!(site.said().iter().any(|line| line.contains(refused)));
        }
    }
}

#[tokio::test]
async fn a_client_that_trusts_it_is_forwarded_or_refused() {
    for fidelity in FIDELITIES {
        for (refuses, expected) in [(&[][..], (404, false)), (&["login.windows.net"], (200, true))]
        {
            let site = Site::new(fidelity, with(&inspecting(refuses)));
            let mut client = site.client_behind(PROXY, Some(("CORP\\backup", "p:ss")));
            let root = site.root_certificate(&Name::new(AUTHORITY)).unwrap();
            client.tls = TlsConfig { roots: vec![root.into()], ..client.tls };
            let put = Request::put(LOGIN.parse().unwrap(), "text/plain", "a backup");
            let answer = client.send(&put).await.unwrap();
            let held = answer.text().contains("held back");
            assert_eq!((answer.status, held), expected, "{fidelity:?}");
            let said = site.said().join("\n");
            assert!(said.contains("PUT https://login.windows.net:443/nothing"), "{said}");
        }
    }
}
