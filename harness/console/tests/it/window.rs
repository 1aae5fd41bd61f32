//! A console before a machine in memory.

use async_trait::async_trait;
use marslab_base::{ADMIN, MACHINE, healthy};
use marslab_console::{Agent, Console, Machine, Printed, Typed};
use marslab_live::{Fidelity, Live, StartOptions, start_time};
use marslab_model::host::Account;
use marslab_model::world::{Language, Machine as MachineWorld};
use marslab_model::{Name, Operation, Outcome, World};

/// A live machine and a window on it.
pub(crate) struct Window {
    pub(crate) live: Live,
    pub(crate) console: Console,
}

impl Window {
    /// Before the healthy machine, after a change of its world; SYSTEM sits there.
    pub(crate) fn after(change: impl FnOnce(&mut World)) -> Self {
        let mut world = healthy(start_time(Fidelity::Memory));
        change(&mut world);
        let live = Live::start(world, &StartOptions::new(Fidelity::Memory, 1)).unwrap();
        Self { live, console: Console::new(Account::System) }
    }

    /// The same after a change of the machine, with its administrator.
    pub(crate) fn with(change: impl FnOnce(&mut MachineWorld)) -> Self {
        let mut window = Self::after(|world| change(of(world)));
        window.console = Console::new(Account::User(Name::new(ADMIN)));
        window
    }

    /// The same in a language.
    pub(crate) fn speaking(language: Language) -> Self {
        Self::with(|machine| machine.language = language)
    }

    /// Runs a line.
    pub(crate) async fn run(&mut self, line: &str) -> Printed {
        let agent = Operating(&self.live);
        self.console.run(Machine { host: self.live.host(), agent: &agent }, line).await
    }

    /// What a line prints, which must succeed.
    pub(crate) async fn text(&mut self, line: &str) -> String {
        let printed = self.run(line).await;
        assert_eq!(printed.code, 0, "{line}: {}", printed.text);
        printed.text
    }

    /// What a line prints that fails with this code.
    pub(crate) async fn failure(&mut self, line: &str, code: u32) -> String {
        let printed = self.run(line).await;
        assert_eq!(printed.code, code, "{line}: {}", printed.text);
        printed.text
    }

    /// The machine, as it is now.
    pub(crate) fn machine(&self) -> MachineWorld {
        of(&mut self.live.snapshot().unwrap()).clone()
    }
}

/// The machine of a world.
pub(crate) fn of(world: &mut World) -> &mut MachineWorld {
    world.machines.get_mut(&Name::new(MACHINE)).unwrap()
}

struct Operating<'a>(&'a Live);

#[async_trait]
impl Agent for Operating<'_> {
    async fn operate(&self, operation: Operation, typed: Typed) -> Outcome {
        let mut intent = self.0.intent().clone();
        intent.passphrase = typed.passphrase.unwrap_or(intent.passphrase);
        intent.credentials = typed.credentials;
        self.0.operate_as(operation, &intent).await
    }
}
