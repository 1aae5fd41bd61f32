//! A core that knows one cause, checked against the scenario of that cause and against one that it does not know.
//!
//! `cargo run -p marslab --example core`

#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use marslab::blocking::check;
use marslab::model::Name;
use marslab::model::world::ServiceState;
use marslab::{Complaint, Diagnosis, Finding, HostRead, Subject, SubjectError, async_trait};

struct KnowsTheAgent;

#[async_trait]
impl Subject for KnowsTheAgent {
    async fn diagnose(
        &self,
        _: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        let mut diagnosis = Diagnosis::healthy();
        let agent = host.service(&Name::new("obengine")).ok().flatten();
        if agent.is_some_and(|agent| agent.state == ServiceState::Stopped) {
            let finding = Finding::cause("agent-service-stopped", "start-agent-service");
            diagnosis.findings.push(finding.with_about("obengine").with_evidence("it is stopped"));
        }
        Ok(diagnosis)
    }
}

pub(crate) fn main() {
    check("agent-service-stopped", KnowsTheAgent).assert_confirmed();
    // What is printed says what was expected, and what the core said instead.
    println!("{}", check("passphrase-kek-missing", KnowsTheAgent));
}
