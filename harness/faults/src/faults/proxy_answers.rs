//! Fault `proxy-answers`: a proxy is configured to answer differently.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::HostAndPort;
use marslab_model::world::ResponseOptions;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ProxyAnswers>(
    "proxy-answers",
    "the proxy's responses differ in reason phrase, length, closing or tunnel headers",
    r#"{ closes-after-pages = true, page-bytes = 40000 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ProxyAnswers {
    /// Whether the proxy closes the connection after each response of its own.
    #[serde(default)]
    closes_after_pages: bool,
    /// The reason phrase of its own responses. Default: the product's.
    #[serde(default)]
    reason: String,
    /// The minimum size of its own pages, in bytes.
    #[serde(default)]
    page_bytes: u32,
    /// Header lines of the response that opens a tunnel, such as `Content-Length: 5`.
    #[serde(default)]
    tunnel_head: Vec<String>,
    /// The proxy's address. Default: the only proxy.
    proxy: Option<HostAndPort>,
}

impl Fault for ProxyAnswers {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let (field, options) = edit::proxy::response_options(world, self.proxy.as_ref())?;
        let changed = ResponseOptions {
            closes_after_pages: self.closes_after_pages,
            reason: self.reason.clone(),
            page_bytes: self.page_bytes,
            tunnel_head: self.tunnel_head.clone(),
            ..options
        };
        Ok(vec![field.set(changed)])
    }
}
