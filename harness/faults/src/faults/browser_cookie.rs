//! Fault `browser-cookie`: the browser keeps the cookie of a session that does not exist (any more).

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<BrowserCookie>(
    "browser-cookie",
    "the administrator's browser sends a portal cookie that the login service does not know",
    r#"{ session = "left-over" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct BrowserCookie {
    /// The cookie's value. The service knows no value that a scenario can choose.
    session: String,
}

impl Fault for BrowserCookie {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        Ok(vec![edit::browser(world)?.portal_session().set(self.session.as_str())])
    }
}
