//! Subjects in containers: whatever an image holds looks through the door as any other program does.
//!
//! The image is made here, of one program that needs no other file; nothing is fetched. Where no engine answers, the
//! test says so and is over; with `MARSLAB_ENGINE=required` that is a failure.
//!
//! `cargo test -p marslab-tests --features containers --test containers`
#![expect(clippy::unwrap_used, reason = "a test ends where its preparations fail")]

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use marslab::door::Door;
use marslab::live::Live;
use marslab::play::Options;
use marslab::subject::{HOST_VARIABLE, read_diagnosis};
use marslab::subject_runner::SubjectRunner;
use marslab::verdict::{MismatchKind, Verdict};
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis};
use marslab_tests::{mismatch, play, verdict};
use tempfile::NamedTempFile;
use testcontainers::bollard::Docker;
use testcontainers::core::wait::ExitWaitStrategy;
use testcontainers::core::{Mount, WaitFor};
use testcontainers::runners::{AsyncBuilder as _, AsyncRunner as _};
use testcontainers::{GenericBuildableImage, GenericImage, ImageExt as _};

/// A subject that is started in a container for each question.
struct ContainerSubject {
    image: GenericImage,
    /// The service that it looks at.
    service: &'static str,
}

impl ContainerSubject {
    async fn ask(&self, complaint: &Complaint, live: &Live) -> Result<Vec<u8>, String> {
        let error = |error: &dyn ToString| error.to_string();
        let door = Door::open(live).await.map_err(|it| error(&it))?;
        let complaint = serde_json::to_vec(complaint).map_err(|it| error(&it))?;
        let mut file = NamedTempFile::new().map_err(|it| error(&it))?;
        file.write_all(&complaint).map_err(|it| error(&it))?;
        let image = self.image.clone().with_wait_for(WaitFor::exit(
            ExitWaitStrategy::new().with_exit_code(0).with_poll_interval(POLL),
        ));
        let container = image
            // The door listens on the loopback of this machine.
            .with_network("host")
            .with_mount(read_only(door.path(), "/door.json"))
            .with_mount(read_only(file.path(), "/complaint.json"))
            .with_env_var(HOST_VARIABLE, "/door.json")
            .with_cmd(["/complaint.json", self.service])
            .start()
            .await
            .map_err(|it| error(&it))?;
        container.stdout_to_vec().await.map_err(|it| error(&it))
    }
}

fn read_only(from: &Path, to: &str) -> Mount {
    Mount::bind_mount(from.to_string_lossy(), to)
        .with_access_mode(testcontainers::core::AccessMode::ReadOnly)
}

#[async_trait]
impl SubjectRunner for ContainerSubject {
    fn name(&self) -> String {
        format!("{IMAGE} {}", self.service)
    }

    async fn diagnose(
        &self,
        complaint: &Complaint,
        live: &Live,
    ) -> Result<Diagnosis, SubjectError> {
        let output = self.ask(complaint, live).await.map_err(SubjectError::NotStarted)?;
        read_diagnosis(&output)
    }
}

#[test]
fn a_subject_in_a_container_is_judged_as_any_other() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    if let Err(why) = runtime.block_on(engine()) {
        let is_required = std::env::var_os("MARSLAB_ENGINE").is_some_and(|it| it == "required");
        assert!(!is_required, "no container engine answers: {why}");
        eprintln!("NOT TESTED, because no container engine answers: {why}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let program = compiled(folder.path());
    let image = GenericBuildableImage::new(IMAGE, "test")
        .with_dockerfile_string("FROM scratch\nCOPY subject /subject\nENTRYPOINT [\"/subject\"]\n")
        .with_file(program, "subject");
    let image = runtime.block_on(image.build_image()).unwrap();

    let stopped = play("iscsi-service-stopped");
    let right = ContainerSubject { image: image.clone(), service: "MSiSCSI" };
    assert_eq!(verdict(&stopped, &right, &Options::default()), Verdict::Confirmed);
    let elsewhere = ContainerSubject { image, service: "obengine" };
    let seen = verdict(&stopped, &elsewhere, &Options::default());
    assert_eq!(mismatch(&seen), Some(MismatchKind::NotFound), "{seen}");
}

/// Whether an engine answers, or why not.
async fn engine() -> Result<(), String> {
    let docker = Docker::connect_with_defaults().map_err(|error| error.to_string())?;
    docker.ping().await.map(drop).map_err(|error| error.to_string())
}

/// The subject as a program that needs no other file.
#[expect(clippy::disallowed_methods, reason = "the compiler is no subject")]
fn compiled(folder: &Path) -> std::path::PathBuf {
    let program = folder.join("subject");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("subjects/service.rs");
    let rustc = std::process::Command::new("rustc")
        .args(["--edition", "2024", "-C", "target-feature=+crt-static", "-o"])
        .arg(&program)
        .arg(source)
        .output()
        .unwrap();
    assert!(rustc.status.success(), "{}", String::from_utf8_lossy(&rustc.stderr));
    program
}

const IMAGE: &str = "marslab-subject";

/// The subject is done in a few milliseconds.
const POLL: Duration = Duration::from_millis(5);
