//! scheduled-backup: task, PowerShell, module, cmdlet, job (mars-facts E7). Windows runs everything up to the cmdlet.

use marslab_model::host::{Account, Cmdlet, RpcError};
use marslab_model::{HostControl, Name};

use super::backup;
use super::{Agent, Failure};
use crate::config::Registration;
use crate::engine;
use crate::events::AgentEvent;
use crate::items;
use crate::messages::Message;
use crate::step::Step;
use crate::step_error::StepError;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), Failure> {
    let (mut started, mut left) = (false, DAY_SECONDS);
    // Where Windows runs the cmdlet, the schedule stops where the cmdlet did.
    let mut stopped_at = Step::WaitForSchedule;
    agent.enter(Step::WaitForSchedule);
    while let Some(due) = agent.host.let_tasks_run(left).await {
        left = left.saturating_sub(due.waited);
        let is_ours = |cmdlet: &&Cmdlet| cmdlet.name.eq_ignore_ascii_case("Start-OBBackup");
        // The first job that starts in a minute is still running when the next one starts.
        let mut is_busy = false;
        for cmdlet in due.ran.iter().filter(is_ours) {
            match initialise(agent, cmdlet) {
                Ok(_) if is_busy => return Err(backup::refuse(agent)),
                Ok(machine) => {
                    (started, is_busy) = (true, true);
                    backup::job(agent, &machine).await?;
                }
                Err(error) => {
                    stopped_at = agent.steps.current().unwrap_or(stopped_at);
                    AgentEvent::ScheduledBackupFailed.record(agent.host);
                    agent.report(&error);
                }
            }
        }
        agent.enter(Step::WaitForSchedule);
    }
    if started {
        return Ok(());
    }
    Err(Failure::new(Message::ScheduleNotStarted, StepError::NoJob).at(stopped_at))
}

/// The cmdlet's work before the job (event 18, mars-facts 5.5: "failed in initialization phase").
fn initialise(agent: &Agent<'_>, cmdlet: &Cmdlet) -> Result<Registration, StepError> {
    let host = agent.host;
    agent.enter(Step::CallEngine);
    if !may_call_engine(host, &cmdlet.who) {
        return Err(RpcError::AccessDenied.into());
    }
    engine::reach(host)?;
    agent.enter(Step::ReadRegistration);
    let machine = Registration::read(host).ok_or(StepError::NotRegistered)?;
    agent.enter(Step::TakeSnapshot);
    host.take_snapshot(&items::volumes(host))?;
    Ok(machine)
}

/// Whether an account may call the engine: SYSTEM and local administrators may (mars-facts E7, cause 3).
fn may_call_engine(host: &dyn HostControl, who: &Account) -> bool {
    let Account::User(name) = who else { return true };
    let account = host.account(name).ok().flatten();
    account.is_some_and(|account| account.groups.contains(&Name::new("Administrators")))
}

/// A schedule has one backup a day.
const DAY_SECONDS: u32 = 24 * 60 * 60;
