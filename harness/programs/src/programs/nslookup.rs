//! `nslookup`: the DNS server's answer, past the hosts file. The server's own name and address the lab has not (`UnKnown`).

use async_trait::async_trait;
use marslab_model::{DialError, HostName};
use marslab_shell::Printed;

use crate::page::Page;

use crate::program::{Call, Program};

pub(super) struct Nslookup;

#[async_trait]
impl Program for Nslookup {
    fn name(&self) -> &'static str {
        "nslookup"
    }

    fn about(&self) -> &'static str {
        "asks the DNS server for a name"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["NAME"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let Some(name) = call.args.iter().find(|it| !it.starts_with('-')).cloned() else {
            return Printed::failed(1, "nslookup: only `nslookup NAME` is part of the lab.\n");
        };
        match call.host().query_dns(&HostName::new(&name)).await {
            Ok(addresses) => {
                let mut page = Page::default();
                page.line("Server:  UnKnown").blank().line("Non-authoritative answer:");
                page.line(format!("Name:    {name}"));
                let label = if addresses.len() == 1 { "Address:  " } else { "Addresses:  " };
                for (index, address) in addresses.iter().enumerate() {
                    let label = if index == 0 { label } else { "          " };
                    page.line(format!("{label}{address}"));
                }
                page.blank();
                Printed::ok(page.text())
            }
            Err(DialError::TimedOut) => Printed::failed(1, TIMED_OUT.to_owned()),
            Err(DialError::NoSuchHost) => Printed::failed(
                1,
                format!("Server:  UnKnown\n\n*** UnKnown can't find {name}: Non-existent domain\n"),
            ),
            Err(_) => Printed::failed(
                1,
                format!("Server:  UnKnown\n\n*** UnKnown can't find {name}: Query refused\n"),
            ),
        }
    }
}

const TIMED_OUT: &str = "DNS request timed out.\n    timeout was 2 seconds.\nServer:  UnKnown\n\n*** Request to UnKnown timed-out\n";
