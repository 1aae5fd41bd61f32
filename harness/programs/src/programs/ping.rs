//! `ping`: the lab carries no ICMP, as the firewalls before Azure carry none: a name resolves, and nothing answers.

use async_trait::async_trait;
use marslab_model::net::Host;
use marslab_shell::Printed;
use marslab_shell::wording::{Texts, fill};

use crate::page::Page;

use crate::program::{Call, Program};

pub(super) struct Ping;

#[async_trait]
impl Program for Ping {
    fn name(&self) -> &'static str {
        "ping"
    }

    fn about(&self) -> &'static str {
        "asks a machine whether it answers"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["HOST"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let Some(host) = call.args.iter().find(|it| !it.starts_with(['-', '/'])).cloned() else {
            return Printed::failed(
                1,
                "\nUsage: ping [-t] [-a] [-n count] [-l size] target_name\n",
            );
        };
        let shown = match Host::new(&host) {
            Host::Ip(ip) => Some(ip.to_string()),
            Host::Name(name) => {
                let found = call.host().resolve(&name).await.unwrap_or_default();
                found.first().map(|ip| format!("{host} [{ip}]"))
            }
        };
        let Some(shown) = shown else {
            return Printed::failed(1, fill(call.text(&UNKNOWN), &[&host]));
        };
        call.host().wait(4 * 4);
        let mut page = Page::default();
        page.blank().line(format!("Pinging {shown} with 32 bytes of data:"));
        for _ in 0..4 {
            page.line(call.text(&TIMED_OUT));
        }
        let address =
            shown.rsplit_once('[').map_or(shown.as_str(), |(_, ip)| ip.trim_end_matches(']'));
        page.blank().line(format!("Ping statistics for {address}:"));
        page.line("    Packets: Sent = 4, Received = 0, Lost = 4 (100% loss),");
        Printed::failed(1, page.text())
    }
}

const TIMED_OUT: Texts = Texts {
    en: "Request timed out.",
    ja: "要求がタイムアウトしました。",
    ko: "요청 시간이 만료되었습니다.",
    zh: "要求等候逾時。",
};

const UNKNOWN: Texts = Texts {
    en: "Ping request could not find host {}. Please check the name and try again.\n",
    ja: "ping 要求ではホスト {} が見つかりませんでした。ホスト名を確認してもう一度実行してください。\n",
    ko: "Ping 요청에서 {} 호스트를 찾을 수 없습니다. 이름을 확인하고 다시 시도하십시오.\n",
    zh: "Ping 要求找不到主機 {}。請檢查該名稱，然後再試一次。\n",
};
