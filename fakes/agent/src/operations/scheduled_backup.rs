//! scheduled-backup: task, PowerShell, module, cmdlet, job (mars-facts E7). What stands before the cmdlet is for Windows
//! to do; this looks at what came of it.

use marslab_model::host::{Account, Cmdlet};
use marslab_model::{Act, Name};

use super::backup;
use super::{Agent, Failure};
use crate::config::Registration;
use crate::engine;
use crate::log::{AgentEvent, Level};
use crate::messages::Message;
use crate::trouble::Trouble;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), Failure> {
    let ran = agent.host.let_tasks_run().await;
    let mut started = false;
    for cmdlet in ran.iter().filter(|cmdlet| cmdlet.name.eq_ignore_ascii_case("Start-OBBackup")) {
        match initialise(agent.host, cmdlet) {
            Ok(machine) => {
                started = true;
                backup::job(agent, &machine).await?;
            }
            Err(trouble) => {
                AgentEvent::ScheduledBackupFailed.record(agent.host);
                let now = agent.now();
                agent.log.note(now, "schedule", Level::Warning, &format!("Failed: {trouble}"));
            }
        }
    }
    if started { Ok(()) } else { Err(Failure::new(Message::ScheduleNotStarted, Trouble::NoJob)) }
}

/// What the cmdlet does before there is a job.
fn initialise(host: &dyn Act, cmdlet: &Cmdlet) -> Result<Registration, Trouble> {
    if !may_call_engine(host, &cmdlet.who) {
        return Err(Trouble::EngineUnreachable);
    }
    engine::reach(host)?;
    Registration::read(host).ok_or(Trouble::NotRegistered)
}

/// The engine takes calls of SYSTEM and of local administrators (mars-facts E7, cause 3).
fn may_call_engine(host: &dyn Act, who: &Account) -> bool {
    let Account::User(name) = who else { return true };
    let account = host.account(name);
    account.is_some_and(|account| account.groups.contains(&Name::new("Administrators")))
}
