use async_trait::async_trait;
use marslab_live::Fidelity;
use marslab_model::host::HostRead;
use marslab_model::subject::SubjectError;
use marslab_model::world::ServiceState;
use marslab_model::{Complaint, Diagnosis, Field, Finding, Name, Operation, Outcome, Subject};

use super::{blocking, check_file_with, check_with, check_world, healthy_world};
use crate::play::Options;

/// Knows one service.
struct KnowsOneService;

#[async_trait]
impl Subject for KnowsOneService {
    async fn diagnose(
        &self,
        _: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        let service = host.service(&Name::new("obengine"));
        let is_stopped =
            matches!(service, Ok(Some(service)) if service.state == ServiceState::Stopped);
        let found = is_stopped.then(|| {
            Finding::cause("agent-service-stopped", "start-agent-service").with_about("obengine")
        });
        Ok(Diagnosis { findings: found.into_iter().collect(), ..Diagnosis::healthy() })
    }
}

struct Panics;

#[async_trait]
impl Subject for Panics {
    async fn diagnose(&self, _: &Complaint, _: &dyn HostRead) -> Result<Diagnosis, SubjectError> {
        panic!("on purpose")
    }
}

fn memory() -> Options {
    Options { fidelity: Fidelity::Memory, ..Options::default() }
}

const PLAY: &str = "agent-service-stopped";

#[tokio::test]
async fn both_forms_work_within_a_runtime() {
    check_with(PLAY, KnowsOneService, &memory()).await.assert_confirmed();
    blocking::check_with(PLAY, KnowsOneService, &memory()).assert_confirmed();
}

#[tokio::test]
async fn what_is_not_confirmed_is_told() {
    let wrong = check_with("passphrase-kek-missing", KnowsOneService, &memory()).await.to_string();
    assert!(
        wrong.starts_with("`passphrase-kek-missing`: mismatch, not found in beat 3"),
        "{wrong}"
    );
    let failed = check_with(PLAY, Panics, &memory()).await.to_string();
    assert!(failed.contains("on purpose"), "{failed}");
    let unknown = check_with("no-such-play", Panics, &memory()).await.to_string();
    assert_eq!(
        unknown,
        "`no-such-play` cannot be played: unknown play; `marslab list` has them all"
    );
}

#[tokio::test]
async fn a_file_is_played_with_all_its_cases() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let text = marslab_scenario::corpus::text(PLAY).unwrap();
    std::fs::write(&path, text).unwrap();
    let checked = check_file_with(&path, KnowsOneService, &memory()).await;
    checked.assert_confirmed();
    let plays = checked.verdicts.unwrap().len();
    std::fs::write(&path, "title = 1").unwrap();
    let bad = blocking::check_file_with(&path, KnowsOneService, &memory()).to_string();
    assert!(plays > 0 && bad.contains("mine.toml"), "{plays} {bad}");
    let absent = blocking::check_file_with(folder.path().join("absent"), Panics, &memory());
    assert!(absent.to_string().contains("no such file"), "{absent}");
}

#[tokio::test]
async fn a_world_without_a_scenario() {
    let mut world = healthy_world(Operation::Backup, &memory()).await.unwrap();
    let healthy =
        check_world(world.clone(), Operation::Backup, KnowsOneService, &memory()).await.unwrap();
    assert_eq!(healthy.outcome, Outcome::Succeeded);
    healthy.assert_finds([]);
    let machine = Field::world().machines().at(world.cast.machine.clone());
    let service = machine.services().at(Name::new("obengine"));
    world.apply(&service.state().set(ServiceState::Stopped)).unwrap();
    let broken =
        blocking::check_world(world, Operation::Backup, KnowsOneService, &memory()).unwrap();
    assert!(matches!(broken.outcome, Outcome::Failed(_)), "{broken:?}");
    broken.assert_finds(["agent-service-stopped"]);
    assert!(broken.trace.count > 0);
}
