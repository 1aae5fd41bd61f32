//! activate: prepares the scratch folder and completes the registration (mars-facts E5).

use super::{Agent, Failure};
use crate::config::ACTIVATED;
use crate::items;
use crate::messages::Message;
use crate::places::{CONFIG_KEY, set};
use crate::scratch;
use crate::step::Step;
use crate::step_error::StepError;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), Failure> {
    let host = agent.host;
    agent.call_engine()?;
    let machine = agent.registration()?;
    agent.start_engine().map_err(Failure::connection)?;
    prepare(agent).map_err(|error| Failure::new(Message::ActivationFailed, error))?;
    let service = agent.service(&machine).await?;
    agent.enter(Step::ActivateMachine);
    let activated = service.activate(&machine.machine_id).await;
    activated.map_err(|error| Failure::refused(Message::ActivationFailed, error))?;
    set(host, CONFIG_KEY, ACTIVATED, 1);
    Ok(())
}

/// Checks the scratch folder and the key in it, and reserves the space that a backup will need.
fn prepare(agent: &Agent<'_>) -> Result<(), StepError> {
    let host = agent.host;
    agent.enter(Step::FindScratchFolder);
    let folder = scratch::agreed(host)?;
    agent.enter(Step::OpenKey);
    scratch::key(host, &folder)?;
    agent.enter(Step::ReadItems);
    let bytes = items::estimate(host);
    agent.enter(Step::ReserveScratchSpace);
    scratch::prepare(host, &folder, scratch::share(bytes, agent.limits.scratch_percent))?;
    agent.enter(Step::WriteSettings);
    scratch::write_settings(host, &folder)
}
