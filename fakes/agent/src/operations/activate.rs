//! activate: prepares the scratch folder and completes the registration (mars-facts E5).

use super::{Agent, Failure};
use crate::config::ACTIVATED;
use crate::engine;
use crate::items;
use crate::messages::Message;
use crate::places::{CONFIG_KEY, set};
use crate::scratch;
use crate::step_error::StepError;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), Failure> {
    let host = agent.host;
    engine::reach(host).map_err(Failure::engine)?;
    let machine = agent.registration()?;
    engine::start(host, &agent.places).map_err(Failure::connection)?;
    prepare(agent).map_err(|error| Failure::new(Message::ActivationFailed, error))?;
    let activated = agent.service(&machine).await?.activate(&machine.machine_id).await;
    activated.map_err(|error| Failure::refused(Message::ActivationFailed, error))?;
    set(host, CONFIG_KEY, ACTIVATED, 1);
    Ok(())
}

/// Checks the scratch folder and the key in it, and reserves the space that a backup will need.
fn prepare(agent: &Agent<'_>) -> Result<(), StepError> {
    let host = agent.host;
    let folder = scratch::agreed(host)?;
    scratch::key(host, &folder)?;
    let bytes = items::estimate(host);
    scratch::prepare(host, &folder, scratch::share(bytes, agent.limits.scratch_percent))?;
    scratch::write_settings(host, &folder)
}
