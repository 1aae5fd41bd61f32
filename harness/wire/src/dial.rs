//! Opening connections over the simulated network.

use async_trait::async_trait;
use marslab_model::host::{Account, Network};
use marslab_model::{Address, Connection, DialError};

/// Opens connections, as one program on one machine does.
#[async_trait]
pub trait Dial: Send + Sync {
    /// Opens a connection to `to`.
    async fn dial(&self, to: &Address) -> Result<Connection, DialError>;
}

/// Dials through the host port as one account.
///
/// A `&dyn HostRead` or `&dyn HostControl` coerces to the `&dyn Network` that is wanted here.
pub struct AccountDialer<'a> {
    /// The machine.
    pub host: &'a dyn Network,
    /// As whom.
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
