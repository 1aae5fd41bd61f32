//! A proxy that does not answer: its port is wrong, its address is wrong, or there is none at all.

use marslab_model::{DialError, Finding};

use super::{AGENT, Rule};
use crate::facts::areas;
use crate::proxy::Source;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::{Access, Death, Without};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Access::ProxyDead { proxy, death, without } = &scene.network.access else {
        return RuleOutput::default();
    };
    let is_agents = scene.network.proxy.iter().any(|proxy| proxy.source == Source::Agent);
    let (cause, of_agent, of_system) = judge(*death, *without);
    let seen = match death {
        Death::Dial(error) => format!("connecting to {proxy}: {error}"),
        Death::NoHttp => format!("what listens at {proxy} is not a proxy"),
    };
    let found = Finding::cause(cause, if is_agents { of_agent } else { of_system });
    let about = (cause != NO_INTERNET).then(|| proxy.to_string());
    let found = Finding { about, ..found }.with_evidence(seen);
    let direct = match without {
        Without::Works => "without a proxy the required hosts are reached",
        Without::NeedsAnother => {
            "without a proxy none of the required hosts is reached; another proxy answers"
        }
        Without::Fails => {
            "without a proxy none of the required hosts is reached; no other proxy answers"
        }
    };
    RuleOutput::from(found.with_evidence(direct))
        .with_unchecked(areas::REQUIRED_HOSTS, scene.network.obstacle())
}

/// The cause, the remedy for the agent's own setting, and that for SYSTEM's.
///
/// A refusal, or an answer in another protocol, shows that the host is there and the port is wrong. Where nothing is
/// there, a network that works without a proxy has none, and one with another proxy has it elsewhere. Where there is neither,
/// nothing tells whether the network has a proxy: it ends before.
fn judge(death: Death, without: Without) -> (&'static str, &'static str, &'static str) {
    match (death, without) {
        (Death::NoHttp | Death::Dial(DialError::Refused), _) => {
            ("proxy-port-wrong", "set-agent-proxy", "correct-system-proxy")
        }
        (Death::Dial(_), Without::Works) => {
            ("proxy-set-without-proxy", "unselect-agent-proxy", "remove-system-proxy")
        }
        (Death::Dial(_), Without::NeedsAnother) => {
            ("proxy-ip-wrong", "set-agent-proxy", "correct-system-proxy")
        }
        (Death::Dial(_), Without::Fails) => {
            (NO_INTERNET, "restore-internet-access", "restore-internet-access")
        }
    }
}

const NO_INTERNET: &str = "no-internet";

#[cfg(test)]
mod tests;
