//! What the steps need of servers: an answer in each one's own shape. Nothing is asked for that needs the machine's private key,
//! which no program can read.

use marslab_model::host::Account;
use marslab_wire::http::{Request, Response, Url};
use serde::Deserialize;

use super::Needed;
use super::identity::Identity;
use crate::config::text;
use crate::facts::{NCSI_KEY, NCSI_PROBE};
use crate::login::{self, Asked};
use crate::scene::Scene;
use crate::web::Web;

/// The text that the connectivity probe of Windows promises (mars-facts 5.8).
pub(super) async fn probe(scene: &Scene<'_>) -> Needed {
    let [server, path, content] = NCSI_PROBE
        .map(|(name, usual)| text(scene.host, NCSI_KEY, name).unwrap_or_else(|| usual.to_owned()));
    let url = format!("http://{server}/{}", path.trim_start_matches('/'));
    let answer = get(scene, &url).await?;
    let is_text = answer.is_success() && answer.body == content.as_bytes();
    is_text.then_some(()).ok_or_else(|| format!("{url} does not answer `{content}`"))
}

/// That the login service is known (mars-facts 4.5).
pub(super) async fn discovery(scene: &Scene<'_>, own: &Identity) -> Needed {
    #[derive(Deserialize)]
    struct Discovered {
        #[serde(rename = "tenant_discovery_endpoint")]
        _endpoint: String,
    }
    let Identity { authority, tenant, .. } = own;
    let authority = authority.trim_end_matches('/');
    let [service, _] = scene.cloud().portal;
    let url = format!("{service}{}{authority}/{tenant}/oauth2/authorize", login::DISCOVERY);
    let answer = get(scene, &url).await?;
    let known = answer.is_success() && answer.json::<Discovered>().is_ok();
    known.then_some(()).ok_or_else(|| format!("{authority} is unknown ({})", answer.status))
}

/// That the login service has the application and its certificate (DER). An assertion that nobody has signed is refused for its
/// signature alone: whatever else is said of it holds for one that is signed, too.
pub(super) async fn sign_in(scene: &Scene<'_>, own: &Identity, certificate: &[u8]) -> Needed {
    let asked = Asked { now: scene.now(), valid_seconds: scene.limits.assertion_seconds };
    let request = own.application().unsigned(certificate, asked);
    let request = request.ok_or_else(|| format!("{} is no login service", own.authority))?;
    let answer = send(scene, &request).await?;
    match login::refusal(&answer) {
        Some(said) if said.contains(login::NOT_SIGNED) => Ok(()),
        Some(said) => Err(said),
        None => Err(format!("{} answered {}", request.url, answer.status)),
    }
}

/// That the vault's service wants to know who asks †. It is asked with the agent's own versions of TLS, which the rules do not do.
pub(super) async fn service(scene: &Scene<'_>, own: &Identity) -> Needed {
    let url = format!("{}machines/{}/recoverypoints", own.endpoint, own.machine);
    let answer = get(scene, &url).await?;
    if answer.status == 401 { Ok(()) } else { Err(format!("{url} answered {}", answer.status)) }
}

async fn get(scene: &Scene<'_>, url: &str) -> Result<Response, String> {
    let request = url.parse::<Url>().map_err(|error| format!("{url}: {error}"))?;
    send(scene, &Request::get(request)).await
}

/// Asks as the agent would: by its way, and with its versions of TLS.
async fn send(scene: &Scene<'_>, request: &Request) -> Result<Response, String> {
    let web = Web::new(scene.host, Account::System);
    let web = Web { versions: scene.offer.versions.clone(), ..web };
    let answer = web.send(request, scene.route_to(&request.url)).await;
    answer.map_err(|error| format!("{}: {error}", request.url.host))
}
