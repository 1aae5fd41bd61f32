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

/// A recovery point.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Point {
    pub(crate) at: Timestamp,
    pub(crate) id: String,
    pub(crate) bytes: u64,
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

    /// Registers a machine with its certificate; returns the machine's id.
    pub(crate) async fn register(
        &self,
        full_name: &str,
        certificate: &[u8],
        version: &str,
    ) -> Result<String, StepError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Registered {
            machine_id: String,
        }
        let certificate = STANDARD.encode(certificate);
        let body = json!({ "certificate": certificate, "agentVersion": version });
        let request = Request::post(self.url(full_name, "")?, JSON, body.to_string());
        let registered: Registered = self.ask("RegisterMachine", request).await?;
        Ok(registered.machine_id)
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

    /// Backs up, under the machine's present full name.
    pub(crate) async fn back_up(
        &self,
        machine: &str,
        full_name: &Name,
        (bytes, verifier): (u64, &str),
    ) -> Result<(), StepError> {
        let job = json!({ "bytes": bytes, "verifier": verifier, "machine": full_name.as_str() });
        let body = job.to_string();
        let request = Request::post(self.url(machine, "/jobs")?, JSON, body);
        self.send("StartBackup", request).await
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
