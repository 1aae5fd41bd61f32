//! The command line of the session's machine.

use async_trait::async_trait;
use marslab_console::{Agent, Console, Machine, Printed, Typed};
use marslab_model::host::{Account, System as _};
use marslab_model::{Name, Operation, Outcome};

use super::Session;
use marslab_state::pace::Waits;

/// The agent's operations, as the session's administrator does them.
struct Administrator<'a>(&'a Session);

#[async_trait]
impl Agent for Administrator<'_> {
    async fn operate(&self, operation: Operation, typed: Typed) -> Outcome {
        let mut hands = self.0.hands.lock().await;
        let language = self.0.live.host().language();
        let mut intent = self.0.live.intent().clone();
        intent.passphrase = typed.passphrase.unwrap_or(intent.passphrase);
        intent.credentials = typed.credentials;
        self.0.try_operation_as(&intent, &mut hands, (operation, language)).await
    }
}

impl Session {
    /// Runs a line in a window of the machine's command line. What it waits for moves the world's clock.
    pub async fn type_in(&self, console: &mut Console, line: &str) -> Printed {
        let _turn = self.turn.lock().await;
        let machine = Machine { host: self.live().host(), agent: &Administrator(self) };
        Waits::Jump.during(console.run(machine, line)).await
    }

    /// A window in which the administrator is signed in.
    pub fn console(&self) -> Console {
        Console::new(self.administrator())
    }

    /// As whom an administrator is signed in: the first user of the machine who is one.
    pub fn administrator(&self) -> Account {
        let host = self.live().host();
        let administrators = Name::new("Administrators");
        let is_administrator = |name: &Name| {
            let account = host.account(name).ok().flatten();
            account.is_some_and(|it| it.groups.iter().any(|group| *group == administrators))
        };
        let users = host.users().unwrap_or_default();
        let user = users.iter().find(|name| is_administrator(name));
        user.map_or(Account::System, |name| Account::User(name.clone()))
    }
}
