//! `ipconfig`. Machines of the lab have no addresses of their own; what is known is shown.

use async_trait::async_trait;
use marslab_model::Name;
use marslab_model::world::{DeviceStatus, ServiceState};
use marslab_shell::Printed;
use marslab_shell::wording::Texts;

use crate::page::Page;

use crate::program::{Call, Program};

pub(super) struct Ipconfig;

#[async_trait]
impl Program for Ipconfig {
    fn name(&self) -> &'static str {
        "ipconfig"
    }

    fn about(&self) -> &'static str {
        "the machine's network settings"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["", "/all", "/flushdns"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let switch = call.arg(0).unwrap_or_default().to_ascii_lowercase();
        match switch.as_str() {
            "" | "/all" => Printed::ok(shown(call, &switch)),
            "/flushdns" => flush(call),
            "/displaydns" => Printed::ok("\nWindows IP Configuration\n\n"),
            _ => Printed::failed(
                1,
                format!(
                    "\nError: unrecognized or incomplete command line.\n\nUSAGE:\n    ipconfig {}\n",
                    self.usage().join(" | ")
                ),
            ),
        }
    }
}

fn shown(call: &Call<'_>, switch: &str) -> String {
    let all = switch == "/all";
    let mut page = Page::default();
    page.blank().line("Windows IP Configuration").blank();
    let full = call.host().full_name();
    let domain = full.as_str().split_once('.').map(|(_, domain)| domain).unwrap_or_default();
    if all {
        page.line(format!(
            "   Host Name . . . . . . . . . . . . : {}",
            call.host().computer_name()
        ));
        page.line(format!("   Primary Dns Suffix  . . . . . . . : {domain}"));
        page.line("   Node Type . . . . . . . . . . . . : Hybrid");
        page.line(format!("   DNS Suffix Search List. . . . . . : {domain}")).blank();
    }
    let devices = call.host().devices().unwrap_or_default();
    let adapters = devices.values().filter(|device| device.class == "Net");
    for (index, adapter) in adapters.enumerate() {
        let number = if index == 0 { String::new() } else { format!(" {}", index + 1) };
        page.line(format!("Ethernet adapter Ethernet{number}:")).blank();
        if adapter.status != DeviceStatus::Started {
            page.line("   Media State . . . . . . . . . . . : Media disconnected");
        }
        page.line(format!("   Connection-specific DNS Suffix  . : {domain}"));
        if all {
            page.line(format!("   Description . . . . . . . . . . . : {}", adapter.name));
        }
        page.blank();
    }
    page.text()
}

/// The DNS Client keeps the cache; it must run.
fn flush(call: &Call<'_>) -> Printed {
    let first = "\nWindows IP Configuration\n\n";
    let client = call.host().service(&Name::new("Dnscache")).ok().flatten();
    if client.is_some_and(|it| it.state == ServiceState::Running) {
        return Printed::ok(format!("{first}{}\n", call.text(&FLUSHED)));
    }
    let failed = "Could not flush the DNS Resolver Cache: Function failed during execution.\n";
    Printed::failed(1, format!("{first}{failed}"))
}

const FLUSHED: Texts = Texts {
    en: "Successfully flushed the DNS Resolver Cache.",
    ja: "DNS リゾルバー キャッシュは正常にフラッシュされました。",
    ko: "DNS 확인자 캐시를 플러시했습니다.",
    zh: "已成功清除 DNS 解析程式快取。",
};
