//! Opening connections on the simulated network.

use async_trait::async_trait;
use marslab_model::host::{Account, Network};
use marslab_model::{Address, Connection, DialError};

/// Opens connections like one program on one machine.
#[async_trait]
pub trait Dial: Send + Sync {
    /// Opens a connection to `to`, whose host may be a name.
    async fn dial(&self, to: &Address) -> Result<Connection, DialError>;
}

/// Dials through the host port as one account.
///
/// A `&dyn HostRead` or `&dyn HostControl` coerces to the `&dyn Network` that this takes.
pub struct AccountDialer<'a> {
    /// The machine.
    pub host: &'a dyn Network,
    /// The account.
    pub who: Account,
}

#[async_trait]
impl Dial for AccountDialer<'_> {
    async fn dial(&self, to: &Address) -> Result<Connection, DialError> {
        self.host.dial(&self.who, to).await
    }
}

#[cfg(test)]
mod tests;
