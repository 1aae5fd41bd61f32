//! A subject in a container. The image is made here, of one program that needs no other file; nothing is fetched.

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use marslab::door::Door;
use marslab::play::Options;
use marslab::subject::{HOST_VARIABLE, read_diagnosis};
use marslab::subject_runner::{Isolation, SubjectRunner};
use marslab::trace::TracedLive;
use marslab::verdict::{MismatchKind, Verdict};
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis};
use marslab_tests::{mismatch, play, verdict};
use testcontainers::bollard::Docker;
use testcontainers::core::wait::ExitWaitStrategy;
use testcontainers::core::{Mount, WaitFor};
use testcontainers::runners::{AsyncBuilder as _, AsyncRunner as _};
use testcontainers::{GenericBuildableImage, GenericImage, ImageExt as _};

use crate::tool::output;

/// A subject that is started in a container for each question.
struct ContainerSubject {
    image: GenericImage,
    /// The service that it looks at.
    service: &'static str,
}

impl ContainerSubject {
    async fn ask(&self, complaint: &Complaint, live: &TracedLive<'_>) -> Result<Vec<u8>, String> {
        let error = |error: &dyn ToString| error.to_string();
        let door = Door::open(live).await.map_err(|it| error(&it))?;
        let complaint = serde_json::to_vec(complaint).map_err(|it| error(&it))?;
        let folder = tempfile::tempdir().map_err(|it| error(&it))?;
        let file = folder.path().join("complaint.json");
        std::fs::write(&file, complaint).map_err(|it| error(&it))?;
        let door_file = door.description().write_in(folder.path()).map_err(|it| error(&it))?;
        let image = self.image.clone().with_wait_for(WaitFor::exit(
            ExitWaitStrategy::new().with_exit_code(0).with_poll_interval(POLL),
        ));
        let container = image
            // The door listens on the loopback of this machine.
            .with_network("host")
            .with_mount(read_only(&door_file, "/door.json"))
            .with_mount(read_only(&file, "/complaint.json"))
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

    /// It has files and processes of its own, and the network in which the door is.
    fn isolation(&self) -> Isolation {
        Isolation::Isolated
    }

    async fn diagnose(
        &self,
        complaint: &Complaint,
        live: &TracedLive<'_>,
    ) -> Result<Diagnosis, SubjectError> {
        let output = self.ask(complaint, live).await.map_err(SubjectError::NotStarted)?;
        read_diagnosis(&output)
    }
}

pub(crate) fn is_judged_as_any_other() {
    let runtime = runtime();
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

/// Why no engine answers; nothing where one does.
pub(crate) fn missing() -> Option<String> {
    let answer = runtime().block_on(async { Docker::connect_with_defaults()?.ping().await });
    answer.err().map(|error| format!("no container engine answers: {error}"))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// The subject as a program that needs no other file.
fn compiled(folder: &Path) -> PathBuf {
    let program = folder.join("subject");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("subjects/service.rs");
    let [to, from] = [&program, &source].map(|path| path.to_str().unwrap());
    let flags = ["--edition", "2024", "-C", "target-feature=+crt-static", "-o", to, from];
    let rustc = output("rustc", &flags).unwrap();
    assert!(rustc.status.success(), "{}", String::from_utf8_lossy(&rustc.stderr));
    program
}

const IMAGE: &str = "marslab-subject";

/// The subject is done in a few milliseconds.
const POLL: Duration = Duration::from_millis(5);
