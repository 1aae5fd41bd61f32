//! A proxy that looks into TLS, with certificates of an authority that the machine does not trust: all that is asked through it
//! has a certificate of one issuer, which is no documented one.

use marslab_model::{Address, Finding};
use marslab_wire::http::Scheme;

use super::root_missing::missing_roots;
use super::{EVERYTHING, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::{Refusal, Survey};

pub(super) const RULE: Rule = Rule { during: EVERYTHING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some((proxy, authority)) = inspector(scene) else { return RuleOutput::default() };
    let found = Finding::cause("inspection-untrusted", "import-root-certificate");
    let found = found
        .with_about(authority)
        .with_evidence(format!("whatever the proxy {proxy} leads to has a certificate of it"))
        .with_evidence("it is not among the machine's trusted roots");
    let mut seen = RuleOutput::from(found);
    for refusal in &scene.network.refusals {
        seen.unchecked.extend(refusal.unasked(scene.operation, INSPECTED).unchecked);
    }
    seen
}

/// The proxy that looks into TLS, and the authority of its certificates.
pub(super) fn inspector<'a>(scene: &'a Scene<'_>) -> Option<(&'a Address, &'a str)> {
    let refusals = &scene.network.refusals;
    let (proxy, authority) =
        refusals.iter().find_map(|it| Some((it.via.as_ref()?, it.issuer()?)))?;
    let asked = asked_through(&scene.network, proxy);
    let is_of_it = |it: &&Refusal| it.via.as_ref() == Some(proxy) && it.issuer() == Some(authority);
    let is_inspected = asked > 1 && refusals.iter().filter(is_of_it).count() == asked;
    let is_documented = missing_roots(scene).iter().any(|(_, root)| *root == authority);
    (is_inspected && !is_documented).then_some((proxy, authority))
}

/// How many places the proxy leads to by TLS.
fn asked_through(network: &Survey, proxy: &Address) -> usize {
    let through = network.tried().filter(|it| it.via.as_ref() == Some(proxy));
    through.filter(|it| it.place.url.scheme == Scheme::Https && it.blocker().is_none()).count()
}

/// What such a host says cannot be asked.
const INSPECTED: &str =
    "the proxy looks into the connection, with a certificate that is not trusted";

#[cfg(test)]
mod tests;
