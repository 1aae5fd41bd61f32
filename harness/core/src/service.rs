//! Whether a service works. That it runs is not enough: one whose process hangs still counts as running.

use marslab_model::host::ServiceError;
use marslab_model::world::ServiceState;
use marslab_model::{HostRead, Name};

/// How a service is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Health {
    /// It runs and answers.
    Answers,
    /// It does not run.
    Stopped,
    /// Its state is running, but it did not answer for as long as Windows waits.
    Hangs(ServiceError),
    /// It cannot be determined, for this reason.
    Unknown(String),
}

/// Looks at a service, and calls it if it runs. One that hangs takes its time.
pub(crate) fn health(host: &dyn HostRead, name: &str) -> Health {
    let name = Name::new(name);
    let state = match host.service(&name) {
        Ok(service) => service.map(|service| service.state),
        Err(error) => return Health::Unknown(error.to_string()),
    };
    match state {
        None => Health::Unknown("the service does not exist".to_owned()),
        Some(ServiceState::Stopped) => Health::Stopped,
        Some(ServiceState::Running) => match host.interrogate_service(&name) {
            Ok(_) => Health::Answers,
            Err(error @ ServiceError::RequestTimeout) => Health::Hangs(error),
            Err(error) => Health::Unknown(error.to_string()),
        },
    }
}

#[cfg(test)]
mod tests;
