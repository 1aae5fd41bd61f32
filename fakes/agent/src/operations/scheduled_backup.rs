//! scheduled-backup: task, PowerShell, module, cmdlet, job (mars-facts E7). Windows runs everything up to the cmdlet.

use marslab_model::host::{Account, Cmdlet, RpcError};
use marslab_model::{HostControl, Name};

use super::Agent;
use super::backup;
use crate::config::Registration;
use crate::engine;
use crate::events::AgentEvent;
use crate::items;
use crate::step::Step;
use crate::step_error::StepError;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), StepError> {
    let (mut started, mut left) = (false, DAY_SECONDS);
    // Where Windows runs the cmdlet, the schedule stops where the cmdlet did.
    let mut stopped = StepError::NoJob { at: Step::WaitForSchedule };
    agent.enter(Step::WaitForSchedule).await?;
    while let Some(due) = agent.host.let_tasks_run(left).await {
        left = left.saturating_sub(due.waited);
        let is_ours = |cmdlet: &&Cmdlet| cmdlet.name.eq_ignore_ascii_case("Start-OBBackup");
        // The first job that starts in a minute is still running when the next one starts.
        let mut is_busy = false;
        for cmdlet in due.ran.iter().filter(is_ours) {
            match initialise(agent, cmdlet).await {
                Ok(_) if is_busy => return backup::refuse(agent).await,
                Ok(machine) => {
                    (started, is_busy) = (true, true);
                    backup::job(agent, &machine).await?;
                }
                Err(error) => {
                    AgentEvent::ScheduledBackupFailed.record(agent.host);
                    agent.report(&error);
                    stopped = no_job(agent, error);
                }
            }
        }
        agent.enter(Step::WaitForSchedule).await?;
    }
    if started { Ok(()) } else { Err(stopped) }
}

/// How a schedule ends whose cmdlet failed before the job. No console shows that error; of a precondition its author says what
/// the customer sees.
fn no_job(agent: &Agent<'_>, error: StepError) -> StepError {
    let at = agent.stopped_at(&error).unwrap_or(Step::WaitForSchedule);
    if matches!(error, StepError::Precondition(_)) { error } else { StepError::NoJob { at } }
}

/// The cmdlet's work before the job (event 18, mars-facts 5.5: "failed in initialization phase").
async fn initialise(agent: &Agent<'_>, cmdlet: &Cmdlet) -> Result<Registration, StepError> {
    let host = agent.host;
    agent.enter(Step::CallEngine).await?;
    if !may_call_engine(host, &cmdlet.who) {
        return Err(RpcError::AccessDenied.into());
    }
    engine::reach(host)?;
    agent.enter(Step::ReadRegistration).await?;
    let machine = Registration::read(host).ok_or(StepError::NotRegistered)?;
    agent.enter(Step::TakeSnapshot).await?;
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
