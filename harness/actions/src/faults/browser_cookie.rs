//! Fault `browser-cookie`: the browser keeps the cookie of a session that never was, or is long forgotten.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<BrowserCookie>(
    "browser-cookie",
    "the browser of the administrator keeps a cookie of the portal that the login service does not know",
    r#"{ session = "left-over" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct BrowserCookie {
    /// The cookie's value. None that a scenario can name is known to the service.
    session: String,
}

impl Fault for BrowserCookie {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        Ok(vec![edit::browser(world)?.portal_session().set(self.session.as_str())])
    }
}
