//! `shutdown`: only the restart is in the lab; a machine that is off answers nobody.

use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Shutdown;

#[async_trait]
impl Program for Shutdown {
    fn name(&self) -> &'static str {
        "shutdown"
    }

    fn about(&self) -> &'static str {
        "restarts Windows"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["/r [/t SECONDS]"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (switches, words) = call.switches();
        let has = |switch: &str| switches.iter().any(|it| it == switch);
        let known = ["/r", "/g", "/s", "/p", "/h", "/l", "/a", "/t", "/f", "/c", "/d"];
        if switches.is_empty() || switches.iter().any(|it| !known.contains(&it.as_str())) {
            return Printed::failed(
                1,
                "Usage: shutdown [/i | /l | /s | /sg | /r | /g | /a | /p | /h | /e | /o] [/f] [/t xxx] [/c \"comment\"]\n",
            );
        }
        if has("/a") {
            let none =
                "Unable to abort the system shutdown because no shutdown was in progress.(1116)\n";
            return Printed::failed(1116, none);
        }
        if !has("/r") && !has("/g") {
            return Printed::failed(1, "shutdown: only a restart (/r) is part of the lab.\n");
        }
        if !call.is_administrator() {
            return Printed::failed(5, "Access is denied.(5)\n");
        }
        let after = words.iter().find_map(|word| word.parse().ok());
        call.host().wait(after.unwrap_or(DELAY_SECONDS).min(DELAY_MAX));
        call.host().restart();
        *call.window = call.window.restarted();
        Printed::default()
    }
}

/// For how long Windows waits if nothing else is said, and at most.
const DELAY_SECONDS: u32 = 30;
const DELAY_MAX: u32 = 600;
