//! `exit`: back to the window below. The outermost stays.

use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Exit;

#[async_trait]
impl Program for Exit {
    fn name(&self) -> &'static str {
        "exit"
    }

    fn about(&self) -> &'static str {
        "closes a window that `psexec -s cmd` has opened"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[""]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        if let Some(who) = call.window.outer.pop() {
            call.window.who = who;
            call.window.environment = None;
        }
        let code = call.args.iter().rev().find_map(|word| word.parse().ok()).unwrap_or(0);
        Printed { text: String::new(), code }
    }
}
