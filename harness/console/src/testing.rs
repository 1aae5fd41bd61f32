//! A console before a machine in memory.

use async_trait::async_trait;
use marslab_base::healthy;
use marslab_live::{Fidelity, Live, StartOptions, start_time};
use marslab_model::host::Account;
use marslab_model::{Operation, Outcome, World};

use super::{Agent, Console, Machine, Printed};

/// A live machine and a window on it.
pub(crate) struct Window {
    pub(crate) live: Live,
    pub(crate) console: Console,
}

impl Window {
    /// Before the healthy machine, after a change of its world.
    pub(crate) fn after(change: impl FnOnce(&mut World)) -> Self {
        let mut world = healthy(start_time(Fidelity::Memory));
        change(&mut world);
        let live = Live::start(world, &StartOptions::new(Fidelity::Memory, 1)).unwrap();
        Self { live, console: Console::new(Account::System) }
    }

    /// Runs a line.
    pub(crate) async fn run(&mut self, line: &str) -> Printed {
        let agent = Operating(&self.live);
        self.console.run(Machine { host: self.live.host(), agent: &agent }, line).await
    }
}

struct Operating<'a>(&'a Live);

#[async_trait]
impl Agent for Operating<'_> {
    async fn operate(&self, operation: Operation) -> Outcome {
        self.0.operate(operation).await
    }
}
