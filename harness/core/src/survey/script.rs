//! Following what internet settings say, to the script that they may name.

use marslab_wire::http::Url;

use crate::proxy::script::{Answer, Otherwise, answer};
use crate::proxy::{Proxy, Setting};
use crate::web::Web;

/// The proxy that a setting comes to, and the script that was of no use, if there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Followed {
    /// The proxy; `None` if none is used.
    pub(crate) proxy: Option<Proxy>,
    /// Where a script should be that could not be had, or is more than the core reads.
    pub(crate) lost_script: Option<String>,
}

/// Follows a setting as the account that asks.
pub(crate) async fn follow(web: &Web<'_>, setting: Setting) -> Followed {
    let (url, source, beside) = match setting {
        Setting::Direct => return Followed::default(),
        Setting::Proxy(proxy) => return Followed { proxy: Some(proxy), lost_script: None },
        Setting::Script { url, source, beside } => (url, source, beside),
    };
    let Some(script) = fetch(web, &url).await else {
        return Followed { proxy: beside, lost_script: Some(url) };
    };
    match answer(&script, source) {
        None => Followed { proxy: None, lost_script: Some(url) },
        Some(Answer::Direct) => Followed::default(),
        Some(Answer::Proxy { proxy, otherwise }) => {
            let is_used = otherwise == Otherwise::Nothing || is_there(web, &proxy).await;
            Followed { proxy: Some(proxy).filter(|_| is_used), lost_script: None }
        }
    }
}

/// A script is asked for directly: before it is read, no proxy is known.
async fn fetch(web: &Web<'_>, url: &str) -> Option<String> {
    let url: Url = url.parse().ok()?;
    let answer = web.get(&url, None).await.ok()?;
    answer.is_success().then(|| answer.text().into_owned())
}

async fn is_there(web: &Web<'_>, proxy: &Proxy) -> bool {
    let Some(address) = proxy.address() else { return false };
    web.host.dial(&web.who, address).await.is_ok()
}
