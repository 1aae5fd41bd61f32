//! What remedies do by hand: changes, services, and operations of the agent.

use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_live::Live;
use marslab_model::host::HostControl as _;
use marslab_model::world::SubscriptionState;
use marslab_model::{Change, Field, Name, Operation, Outcome, World};

/// Makes changes, as the administrator.
pub(crate) fn make(live: &Live, changes: &[Change]) -> Result<(), RemedyError> {
    Ok(live.apply_all(changes)?)
}

/// Starts a service of Windows.
pub(crate) fn start_service(live: &Live, name: &str) -> Result<(), RemedyError> {
    let service = Name::new(name);
    let started = live.host().start_service(&service);
    started.map_err(|error| RemedyError::Service { doing: "start", service, error })
}

/// Stops a service of Windows and starts it.
pub(crate) fn restart_service(live: &Live, name: &str) -> Result<(), RemedyError> {
    let service = Name::new(name);
    let stopped = live.host().stop_service(&service);
    stopped.map_err(|error| RemedyError::Service { doing: "stop", service, error })?;
    start_service(live, name)
}

/// Lets the administrator do an operation of the agent, which must succeed.
pub(crate) async fn succeed(live: &Live, operation: Operation) -> Result<(), RemedyError> {
    match live.operate(operation).await {
        Outcome::Succeeded => Ok(()),
        Outcome::Failed(symptom) => Err(RemedyError::OperationFailed { operation, symptom }),
    }
}

/// The full name of the machine that complains.
pub(crate) fn full_name(live: &Live, world: &World) -> Result<Name, RemedyError> {
    let domain = &edit::machine(world)?.domain;
    Ok(Name::new(format!("{}.{domain}", live.machine_name())))
}

/// Enables the subscription again, in the portal.
pub(crate) fn enable_subscription(live: &Live) -> Result<(), RemedyError> {
    let name = live.snapshot()?.cast.subscription.clone();
    let subscription = Field::world().cloud().subscriptions().at(name);
    make(live, &[subscription.state().set(SubscriptionState::Enabled)])
}
