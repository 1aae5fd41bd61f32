//! Requests to a session in another process.

use jiff::Timestamp;
use marslab_engine::local_server::Loopback;
use marslab_wire::http::{Client, HttpError, Request, Url};
use marslab_wire::tls::TlsConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

use super::message::{Failed, Key};

/// Why a request to a session failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CallError {
    /// The session does not exist (any more).
    #[error("the session at {at} is not responding: {error}")]
    Unreachable {
        /// Its address.
        at: String,
        /// The error.
        error: HttpError,
    },
    /// The session refused the request.
    #[error("{error}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Why.
        error: String,
    },
    /// The session file contains an address other than loopback.
    #[error("`{0}` is not a loopback address")]
    NotLoopback(String),
}

/// Sends a GET to a path of a session.
pub async fn get<T: DeserializeOwned>(key: &Key, path: &str) -> Result<T, CallError> {
    send(key, Request::get(url(key, path)?)).await
}

/// Sends a POST to a path of a session.
pub async fn post<T: DeserializeOwned>(
    key: &Key,
    path: &str,
    body: &impl Serialize,
) -> Result<T, CallError> {
    let body = serde_json::to_vec(body).unwrap_or_default();
    send(key, Request::post(url(key, path)?, "application/json", body)).await
}

async fn send<T: DeserializeOwned>(key: &Key, request: Request) -> Result<T, CallError> {
    // Nothing here speaks TLS.
    let tls = TlsConfig { roots: Vec::new(), now: Timestamp::now(), versions: Vec::new() };
    let client = Client { dial: &Loopback, proxy: None, tls };
    let unreachable = |error| CallError::Unreachable { at: key.control.clone(), error };
    let bearer = format!("Bearer {}", key.token);
    let request = request.with_header("Authorization", &bearer);
    let response = client.send(&request).await.map_err(unreachable)?;
    if response.is_success() {
        return response.json().map_err(unreachable);
    }
    let error = match response.json::<Failed>() {
        Ok(failed) => failed.error,
        Err(_) => format!("the session answered {}", response.status),
    };
    Err(CallError::Refused { status: response.status, error })
}

fn url(key: &Key, path: &str) -> Result<Url, CallError> {
    let url = format!("http://{}{path}", key.control).parse::<Url>();
    url.map_err(|_no_url| CallError::NotLoopback(key.control.clone()))
}
