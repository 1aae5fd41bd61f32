//! Fault `resolver-answers`: the DNS server does not say what addresses a name has.

use marslab_model::world::Answering;
use marslab_model::{Change, Field, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::error::NotApplicable;
use crate::fault::Fault;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ResolverAnswers>(
    "resolver-answers",
    "the DNS server answers questions for IPv4 or IPv6 addresses with none, an error, or not at all",
    r#"{ aaaa = "name-error" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ResolverAnswers {
    /// What it says when it is asked for the IPv4 addresses of a name.
    #[serde(default)]
    a: Answering,
    /// What it says when it is asked for the IPv6 addresses of a name.
    #[serde(default)]
    aaaa: Answering,
}

impl Fault for ResolverAnswers {
    fn changes(&self, _world: &World) -> Result<Vec<Change>, NotApplicable> {
        if [self.a, self.aaaa] == [Answering::Records; 2] {
            return Err(NotApplicable("such a resolver answers as it should".to_owned()));
        }
        let resolver = Field::world().network().resolver();
        Ok(vec![resolver.clone().a().set(self.a), resolver.aaaa().set(self.aaaa)])
    }
}
