//! The product's messages, and which of them it shows where: the tables of the catalogue, as the agent has them.

use std::sync::{Arc, OnceLock};

pub use marslab_agent::product::*;
use marslab_model::world::Cast;
use marslab_scenarios::catalogue::{MESSAGES, SHOWN};

/// The product that this build was made with.
#[expect(clippy::expect_used, reason = "a unit test reads the embedded tables")]
pub fn embedded() -> &'static Arc<Product> {
    static EMBEDDED: OnceLock<Arc<Product>> = OnceLock::new();
    EMBEDDED.get_or_init(|| {
        let tables = [MESSAGES, SHOWN].into_iter().map(|text| {
            toml::from_str::<Additions>(text).expect("the embedded tables can be read")
        });
        let add = |product: Product, more| {
            product.with(more).expect("the embedded tables have no mistakes")
        };
        Arc::new(tables.fold(Product::default(), add))
    })
}

/// A product for a world: the calls of its preconditions name what differs from world to world by roles, as in `{data}`.
pub(crate) fn in_world(
    product: &Arc<Product>,
    cast: &Cast,
) -> Result<Arc<Product>, serde_json::Error> {
    if product.preconditions().is_empty() {
        return Ok(Arc::clone(product));
    }
    let filled = product.try_map_preconditions(|precondition| {
        let mut written = serde_json::to_value(precondition)?;
        cast.fill_json(&mut written);
        serde_json::from_value(written)
    });
    filled.map(Arc::new)
}

#[cfg(test)]
mod tests;
