//! What a survey may have seen.

use std::net::IpAddr;

use marslab_model::world::TlsVersion;
use marslab_model::{Address, DialError};

use crate::facts::clouds::PUBLIC;
use crate::proxy::{Proxy, Source};
use crate::survey::{
    Access, Bypassed, Distrust, Elsewhere, Naming, Needs, Place, Probe, Reach, Refusal, Survey,
    VersionRefusal, of_agent, of_portal,
};

/// What an agent needs that is registered in Japan East, and has not backed up yet.
pub(crate) fn needs() -> Needs {
    Needs { service: Some("pod01-manag1.jpe.backup.windowsazure.com".into()), ..Needs::default() }
}

/// The proxy of the tests.
pub(crate) const PROXY: &str = "10.0.0.5:8080";

/// A survey of the agent's places.
pub(crate) struct SurveyFixture {
    probes: Vec<Probe>,
    proxy: Option<Proxy>,
    elsewhere: Vec<Elsewhere>,
}

impl SurveyFixture {
    /// Everything passes, without a proxy.
    pub(crate) fn direct() -> Self {
        Self::of(of_agent(&needs()), None)
    }

    /// The same, and what is backed up goes to these hosts.
    pub(crate) fn storing(hosts: &[&str], source: Option<Source>) -> Self {
        let storage = hosts.iter().map(|host| (*host).into()).collect();
        Self::of(of_agent(&Needs { storage, ..needs() }), source)
    }

    /// Everything passes the proxy, set by `source`.
    pub(crate) fn proxied(source: Source) -> Self {
        Self::of(of_agent(&needs()), Some(source))
    }

    /// Everything that the portal needs passes, without a proxy.
    pub(crate) fn portal() -> Self {
        Self::of(of_portal(&PUBLIC), None)
    }

    fn of(places: Vec<Place>, source: Option<Source>) -> Self {
        let address: Address = PROXY.parse().unwrap();
        let via = source.as_ref().map(|_| address.clone());
        let probe = |place| Probe::by_name(place, via.clone(), Reach::Passed);
        Self {
            probes: places.into_iter().map(probe).collect(),
            proxy: source.map(|source| Proxy::plain(address, source)),
            elsewhere: Vec::new(),
        }
    }

    /// The place of this name came to that by its name.
    pub(crate) fn name(mut self, name: &str, reach: Reach) -> Self {
        let mut probes = self.probes.iter_mut();
        probes.find(|probe| probe.place.name == name).unwrap().by_name = reach;
        self
    }

    /// The name of this place has no address, while others have.
    pub(crate) fn unresolved(mut self, name: &str) -> Self {
        let mut probes = self.probes.iter_mut();
        probes.find(|probe| probe.place.name == name).unwrap().naming = Naming::NoAddress;
        self
    }

    /// The place of this name was tried without the proxy, by an exception, and only the proxy leads there.
    pub(crate) fn bypassed(mut self, name: &str, exception: &str) -> Self {
        let bypassed = Bypassed { exception: exception.to_owned(), proxy: PROXY.parse().unwrap() };
        let mut probes = self.probes.iter_mut();
        let probe = probes.find(|probe| probe.place.name == name).unwrap();
        (probe.via, probe.by_name, probe.bypassed) = (None, DROPPED, Some(bypassed));
        self
    }

    /// The place of this name came to that by its address.
    pub(crate) fn address(mut self, name: &str, ip: &str, reach: Reach) -> Self {
        let ip: IpAddr = ip.parse().unwrap();
        let mut probes = self.probes.iter_mut();
        probes.find(|probe| probe.place.name == name).unwrap().by_address = Some((ip, reach));
        self
    }

    /// Every place came to that.
    pub(crate) fn everything(mut self, reach: Reach) -> Self {
        for probe in &mut self.probes {
            probe.by_name = reach;
        }
        self
    }

    /// Somebody else's proxy answers, and lets hosts pass or not.
    pub(crate) fn elsewhere(mut self, source: Source, reach: Reach) -> Self {
        let address = Address::new("10.0.0.9", 3128);
        self.elsewhere.push(Elsewhere { source, address, passes: reach == Reach::Passed });
        self
    }

    /// The survey, in which the certificates of these hosts chain to no trusted root, and who issued them.
    pub(crate) fn untrusted(self, seen: &[(&str, &str)]) -> Survey {
        let root = |issuer: &str| Distrust::Root { issuer: issuer.to_owned(), lost: None };
        self.refused(seen.iter().map(|seen| (seen.0, root(seen.1))))
    }

    /// The survey, in which the certificates of these hosts are refused, and why.
    pub(crate) fn refused<'a>(self, seen: impl IntoIterator<Item = (&'a str, Distrust)>) -> Survey {
        let via = self.proxy.as_ref().map(|_| PROXY.parse::<Address>().unwrap());
        let refusal = |(host, why): (&str, _)| {
            let url = format!("https://{host}/").parse().unwrap();
            Refusal { url, via: via.clone(), why }
        };
        let refusals = seen.into_iter().map(refusal).collect();
        Survey { refusals, ..self.survey() }
    }

    /// The survey, in which these hosts take nothing of what the agent offers, but these versions.
    pub(crate) fn taking(self, seen: &[(&str, &[TlsVersion])]) -> Survey {
        let via = self.proxy.as_ref().map(|_| PROXY.parse::<Address>().unwrap());
        let refusal = |(host, takes): &(&str, &[TlsVersion])| VersionRefusal {
            url: format!("https://{host}/").parse().unwrap(),
            via: via.clone(),
            takes: takes.iter().copied().collect(),
        };
        let version_refusals = seen.iter().map(refusal).collect();
        Survey { version_refusals, ..self.survey() }
    }

    /// The survey.
    pub(crate) fn survey(self) -> Survey {
        Survey {
            proxy: self.proxy,
            access: Access::Probed(self.probes),
            elsewhere: self.elsewhere,
            ..Survey::default()
        }
    }
}

/// A connection that is dropped on its way.
pub(crate) const DROPPED: Reach = Reach::Failed(DialError::TimedOut);
