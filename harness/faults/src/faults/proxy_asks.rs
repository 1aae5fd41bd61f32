//! Fault `proxy-asks`: the proxy requires authentication.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{HostAndPort, NonEmptyVec};
use marslab_model::world::{NtlmChallenge, ResponseOptions, Scheme};
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ProxyAsks>(
    "proxy-asks",
    "the proxy requires authentication",
    r#"{ schemes = ["basic"], user = 'CORP\backup' }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ProxyAsks {
    /// The authentication schemes offered, in order.
    schemes: NonEmptyVec<Scheme>,
    /// The only user that is accepted. The password is `Let-me-out-17`.
    user: Name,
    /// Whether all challenges are in one header line instead of one each.
    #[serde(default)]
    in_one_line: bool,
    /// What its NTLM challenges contain.
    #[serde(default)]
    ntlm_challenge: NtlmChallenge,
    /// The `LmCompatibilityLevel` of the proxy's domain; at 5, nothing older than NTLMv2 is accepted. Windows has 3.
    lm_compatibility_level: Option<u8>,
    /// The proxy's address. Default: the only proxy.
    proxy: Option<HostAndPort>,
}

impl Fault for ProxyAsks {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let proxy = edit::proxy::field(world, self.proxy.as_ref())?;
        let (field, options) = edit::proxy::response_options(world, self.proxy.as_ref())?;
        let changed = ResponseOptions {
            challenges_in_one_line: self.in_one_line,
            ntlm_challenge: self.ntlm_challenge,
            ..options.clone()
        };
        let mut changes = vec![
            proxy.clone().asks().set(self.schemes.as_slice()),
            proxy.clone().users().at(self.user.clone()).set(PASSWORD),
        ];
        if let Some(level) = self.lm_compatibility_level {
            changes.push(proxy.lm_compatibility_level().set(u32::from(level)));
        }
        if changed != options {
            changes.push(field.set(changed));
        }
        Ok(changes)
    }
}

/// The user's password. A remedy reads it from the world, as an administrator would know it.
const PASSWORD: &str = "Let-me-out-17";

#[cfg(test)]
mod tests {
    use super::*;

    /// A trainer has no other way to the password before the fault is applied.
    #[test]
    fn the_password_is_told() {
        let schema = SPEC.schema(&mut schemars::SchemaGenerator::default());
        assert!(schema.as_value().to_string().contains(PASSWORD));
    }
}
