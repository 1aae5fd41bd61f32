//! The vault's service. Its requests are the lab's own † (fakes/README.md): no public source shows the real ones.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use marslab_model::{Address, Name};
use marslab_wire::http::{Request, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::step_error::StepError;
use crate::web::{Web, escaped};

/// The service of a vault, with a token for it.
pub(crate) struct Service<'a> {
    web: Web<'a>,
    base: String,
    token: String,
}

/// What the service tells a machine that it has registered: its id, and the storage account of the vault.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Registered {
    pub(crate) machine_id: String,
    pub(crate) blob_endpoint: String,
    pub(crate) queue_endpoint: String,
}

/// A recovery point.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Point {
    pub(crate) at: Timestamp,
    pub(crate) id: String,
    pub(crate) bytes: u64,
}

/// A job that the service has begun: its id, and the URLs for its data and for a note of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Job {
    pub(crate) job: String,
    pub(crate) blob: String,
    pub(crate) queue: String,
}

/// What a job sends: how many bytes, under which key, from the machine of which full name.
pub(crate) struct Data<'a> {
    pub(crate) bytes: u64,
    pub(crate) verifier: &'a str,
    pub(crate) machine: &'a Name,
}

/// The iSCSI target of a mounted recovery point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MountPoint {
    pub(crate) portal: Address,
    pub(crate) target: String,
}

impl<'a> Service<'a> {
    /// The service at a vault's `IdMgmtRestEndpoint` (mars-facts 3.2).
    pub(crate) fn new(web: Web<'a>, endpoint: &str, token: String) -> Self {
        Self { web, base: format!("{}/machines/", endpoint.trim_end_matches('/')), token }
    }

    /// Registers a machine with its certificate.
    pub(crate) async fn register(
        &self,
        full_name: &str,
        certificate: &[u8],
        version: &str,
    ) -> Result<Registered, StepError> {
        let certificate = STANDARD.encode(certificate);
        let body = json!({ "certificate": certificate, "agentVersion": version });
        let request = Request::post(self.url(full_name, "")?, JSON, body.to_string());
        self.ask("RegisterMachine", request).await
    }

    /// Sets the verifier of the passphrase.
    pub(crate) async fn set_key(&self, machine: &str, verifier: &str) -> Result<(), StepError> {
        let body = json!({ "verifier": verifier }).to_string();
        let request = Request::put(self.url(machine, "/key")?, JSON, body);
        self.send("SetEncryptionPassphrase", request).await
    }

    /// Finishes the registration.
    pub(crate) async fn activate(&self, machine: &str) -> Result<(), StepError> {
        let body = json!({}).to_string();
        let request = Request::post(self.url(machine, "/activate")?, JSON, body);
        self.send("ActivateMachine", request).await
    }

    /// Begins a job.
    pub(crate) async fn begin_job(&self, id: &str, data: &Data<'_>) -> Result<Job, StepError> {
        let Data { bytes, verifier, machine } = data;
        let body = json!({ "bytes": bytes, "verifier": verifier, "machine": machine.as_str() });
        let request = Request::post(self.url(id, "/jobs")?, JSON, body.to_string());
        self.ask("StartBackup", request).await
    }

    /// Writes the data of a job to the storage account. A few bytes stand for it.
    pub(crate) async fn upload(&self, job: &Job, data: &Data<'_>) -> Result<(), StepError> {
        let body = data.bytes.to_string();
        let request = Request::put(job.blob.parse()?, "application/octet-stream", body)
            .with_header("x-ms-blob-type", "BlockBlob");
        self.web.fetch("PutBlob", &request).await.map(drop)
    }

    /// Leaves a note of a job in the queue of the storage account †.
    pub(crate) async fn notify(&self, job: &Job) -> Result<(), StepError> {
        let message =
            format!("<QueueMessage><MessageText>{}</MessageText></QueueMessage>", job.job);
        let request = Request::post(job.queue.parse()?, "application/xml", message);
        self.web.fetch("PutMessage", &request).await.map(drop)
    }

    /// Closes a job whose data has arrived.
    pub(crate) async fn close_job(
        &self,
        id: &str,
        job: &Job,
        data: &Data<'_>,
    ) -> Result<(), StepError> {
        let Data { bytes, verifier, machine } = data;
        let machine = machine.as_str();
        let body =
            json!({ "job": job.job, "bytes": bytes, "verifier": verifier, "machine": machine });
        let request = Request::put(self.url(id, "/jobs")?, JSON, body.to_string());
        self.send("CloseBackup", request).await
    }

    /// The recovery points of a machine, or those of another machine of the vault by its full name.
    pub(crate) async fn points(
        &self,
        machine: &str,
        of: Option<&Name>,
    ) -> Result<Vec<Point>, StepError> {
        #[derive(Deserialize)]
        struct Points {
            value: Vec<Point>,
        }
        let of = of.map(|name| format!("?of={}", escaped(name.as_str()))).unwrap_or_default();
        let url = self.url(machine, &format!("/recoverypoints{of}"))?;
        let points: Points = self.ask("GetAllRecoveryPoints", Request::get(url)).await?;
        Ok(points.value)
    }

    /// Has the service offer a recovery point over iSCSI. The verifier proves that the passphrase is known.
    pub(crate) async fn mount(
        &self,
        machine: &str,
        point: &str,
        verifier: &str,
    ) -> Result<MountPoint, StepError> {
        #[derive(Deserialize)]
        struct Offered {
            portal: String,
            target: String,
        }
        let body = json!({ "recoveryPoint": point, "verifier": verifier }).to_string();
        let request = Request::post(self.url(machine, "/mounts")?, JSON, body);
        let Offered { portal, target } = self.ask("MountRecoveryPoint", request).await?;
        let portal = portal.parse().map_err(|_bad| StepError::Portal)?;
        Ok(MountPoint { portal, target })
    }

    fn url(&self, machine: &str, rest: &str) -> Result<Url, StepError> {
        Ok(format!("{}{}{rest}", self.base, escaped(machine)).parse()?)
    }

    async fn send(&self, call: &'static str, request: Request) -> Result<(), StepError> {
        self.web.fetch(call, &self.authorized(request)).await.map(drop)
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        call: &'static str,
        request: Request,
    ) -> Result<T, StepError> {
        self.web.ask(call, &self.authorized(request)).await
    }

    fn authorized(&self, request: Request) -> Request {
        request.with_header("Authorization", &format!("Bearer {}", self.token))
    }
}

const JSON: &str = "application/json";
