//! activate: the scratch folder is prepared and the registration finished (mars-facts E5).

use super::{Agent, Failure};
use crate::config::ACTIVATED;
use crate::engine;
use crate::items;
use crate::messages::Message;
use crate::places::{CONFIG_KEY, set};
use crate::scratch;
use crate::service::Service;
use crate::trouble::Trouble;
use crate::web::Web;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), Failure> {
    let host = agent.host;
    engine::reach(host, agent.limits).map_err(Failure::engine)?;
    let machine = agent.registration()?;
    engine::start(host, &agent.places).map_err(Failure::connection)?;
    prepare(agent).map_err(|trouble| Failure::new(Message::ActivationFailed, trouble))?;
    let web = Web::of_agent(host, agent.limits).map_err(Failure::connection)?;
    let token = agent.connect_machine(&web, &machine).await;
    let token = token.map_err(Failure::connection)?;
    let service = Service::new(&web, &machine.endpoint, token);
    let activated = service.activate(&machine.machine_id).await;
    activated.map_err(|trouble| Failure::refused(Message::ActivationFailed, trouble))?;
    set(host, CONFIG_KEY, ACTIVATED, 1);
    agent.note("activate", "the server was activated");
    Ok(())
}

/// The folder where both keys have it, the key in it, and the space that a backup will need.
fn prepare(agent: &mut Agent<'_>) -> Result<(), Trouble> {
    let host = agent.host;
    let folder = scratch::agreed(host)?;
    scratch::key(host, &folder)?;
    let bytes = items::estimate(host);
    agent.note("activate", &format!("preparing {folder} for {bytes} bytes"));
    scratch::prepare(host, &folder, scratch::share(bytes, agent.limits.scratch_percent))?;
    scratch::write_settings(host, &folder)
}
