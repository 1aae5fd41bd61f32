//! How a DNS server's answers arrive, as a parameter.

use marslab_model::world::Delivery;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::value_types::Whole;

/// How a DNS server's answers arrive. What is left out is as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct DeliveryParameters {
    /// How many seconds an answer takes.
    seconds: Whole<u32, 0, SECONDS_MAX>,
    /// Whether answers over UDP are whole. If not, they are cut to nothing, and the client is told to ask again over TCP.
    whole_over_udp: bool,
    /// Whether queries over TCP are answered.
    over_tcp: bool,
}

impl Default for DeliveryParameters {
    fn default() -> Self {
        let Delivery { whole_over_udp, over_tcp, .. } = Delivery::plain();
        Self { seconds: Whole::default(), whole_over_udp, over_tcp }
    }
}

impl DeliveryParameters {
    /// Whether nothing is unusual about it.
    pub fn is_plain(self) -> bool {
        self == Self::default()
    }

    /// As a DNS server of a World has it.
    pub fn delivery(self) -> Delivery {
        let Self { seconds, whole_over_udp, over_tcp } = self;
        Delivery { seconds: seconds.get(), whole_over_udp, over_tcp }
    }
}

/// Longer than any client waits.
const SECONDS_MAX: i64 = 600;
