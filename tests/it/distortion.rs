//! Hosts that answer as they would to a core that reads a machine in a wrong way.

use jiff::SignedDuration;
use marslab_model::Name;
use marslab_model::host::{Account, Answer, Call, Hook, HostRead, RegistryValue};

/// In what way one looks wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HostDistortion {
    /// Everything is looked at as SYSTEM.
    OneAccount,
    /// What is configured is taken for what runs: services for what they got at boot.
    Configured,
    /// What the clock on the wall says is taken for UTC.
    WallClock,
    /// What is set is taken for switched on.
    Switches,
    /// Free space is free space, on whichever volume.
    OneVolume,
}

impl Hook for HostDistortion {
    fn before(&self, call: &mut Call) {
        if let (Self::OneAccount, Some(who)) = (self, call.account_mut()) {
            *who = Account::System;
        }
    }

    fn after(&self, host: &dyn HostRead, call: &Call, answer: &mut Answer) {
        match (self, call, answer) {
            (Self::Configured, _, Answer::EnvironmentAtBoot(variables)) => {
                *variables = host.environment();
            }
            (Self::WallClock, _, Answer::Now(now)) => {
                let ahead = i64::from(host.zone().utc_offset_minutes) * 60;
                *now += SignedDuration::from_secs(ahead);
            }
            (Self::Switches, Call::RegistryValue { name, .. }, Answer::RegistryValue(value))
                if *name == Name::new("ProxyEnable") =>
            {
                *value = Ok(Some(RegistryValue::Number(1)));
            }
            (Self::OneVolume, _, Answer::Volumes(Ok(volumes))) => {
                let least = volumes.values().map(|volume| volume.free).min().unwrap_or_default();
                volumes.values_mut().for_each(|volume| volume.free = least);
            }
            _ => {}
        }
    }
}
