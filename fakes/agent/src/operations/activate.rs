//! activate: prepares the scratch folder and completes the registration (mars-facts E5).

use super::Agent;
use crate::config::ACTIVATED;
use crate::items;
use crate::places::{CONFIG_KEY, set};
use crate::scratch;
use crate::step::Step;
use crate::step_error::StepError;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), StepError> {
    let host = agent.host;
    agent.call_engine().await?;
    let machine = agent.registration().await?;
    agent.start_engine().await?;
    prepare(agent).await?;
    let service = agent.service(&machine).await?;
    agent.enter(Step::ActivateMachine).await?;
    service.activate(&machine.machine_id).await?;
    set(host, CONFIG_KEY, ACTIVATED, 1);
    Ok(())
}

/// Checks the scratch folder and the key in it, and reserves the space that a backup will need.
async fn prepare(agent: &Agent<'_>) -> Result<(), StepError> {
    let host = agent.host;
    agent.enter(Step::FindScratchFolder).await?;
    let folder = scratch::agreed(host)?;
    agent.enter(Step::OpenKey).await?;
    scratch::key(host, &folder)?;
    agent.enter(Step::ReadItems).await?;
    let data = items::estimate(host);
    agent.enter(Step::ReserveScratchSpace).await?;
    scratch::prepare(host, &folder, scratch::metadata(data, agent.limits))?;
    agent.enter(Step::WriteSettings).await?;
    scratch::write_settings(host, &folder)
}
