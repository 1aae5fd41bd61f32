use std::collections::BTreeSet;

use async_trait::async_trait;
use marslab_model::host::{Account, HostControl, HostRead, Network};
use marslab_model::net::ViaProxy;
use marslab_model::world::TlsVersion;
use marslab_model::{Address, Connection, DialError, HostName};

use super::{AccountDialer, Dial};

struct OnlyAdmin;

#[async_trait]
impl Network for OnlyAdmin {
    async fn resolve(&self, _host: &HostName) -> Result<Vec<std::net::IpAddr>, DialError> {
        Err(DialError::NoSuchHost)
    }

    async fn query_dns(&self, _host: &HostName) -> Result<Vec<std::net::IpAddr>, DialError> {
        Err(DialError::NoSuchHost)
    }

    async fn server_tls_versions(
        &self,
        _who: &Account,
        _to: &Address,
        _proxy: &ViaProxy,
    ) -> Result<BTreeSet<TlsVersion>, DialError> {
        Err(DialError::NoSuchHost)
    }

    async fn dial(&self, who: &Account, _to: &Address) -> Result<Connection, DialError> {
        Err(match who {
            Account::System => DialError::Refused,
            Account::User(_) => DialError::Reset,
        })
    }
}

#[tokio::test]
async fn dials_as_the_account() {
    let to = Address::new("a.example", 80);
    for (who, expected) in
        [(Account::System, DialError::Refused), (Account::User("admin".into()), DialError::Reset)]
    {
        let dialer = AccountDialer { host: &OnlyAdmin, who };
        assert_eq!(dialer.dial(&to).await.unwrap_err(), expected);
    }
}

/// A compile-time test: the larger traits of the host port need no wrapper.
#[test]
fn larger_traits_coerce() {
    fn from_read(host: &dyn HostRead) -> AccountDialer<'_> {
        AccountDialer { host, who: Account::System }
    }
    fn from_control(host: &dyn HostControl) -> AccountDialer<'_> {
        AccountDialer { host, who: Account::System }
    }
    let _: for<'a> fn(&'a dyn HostRead) -> AccountDialer<'a> = from_read;
    let _: for<'a> fn(&'a dyn HostControl) -> AccountDialer<'a> = from_control;
}
