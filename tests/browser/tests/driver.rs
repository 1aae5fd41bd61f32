//! chromedriver and its browser: started for one test, and ended with it.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::HOST;
use http::{HeaderValue, Request, Response, Uri};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::error::{WebDriverError, WebDriverResult};
use thirtyfour::session::http::{Body, HttpClient};
use thirtyfour::{Capabilities, WebDriver};

use crate::tool;

/// Why no browser can be driven here.
pub(crate) fn missing() -> Option<String> {
    ["chromedriver", "chromium"].iter().find_map(|it| tool::said(it, "--version").err())
}

/// chromedriver, which ends its browser when it is dropped.
pub(crate) struct Chromedriver {
    process: Child,
    /// It would end if nobody could read what it prints.
    _lines: BufReader<ChildStdout>,
    port: u16,
    /// All that the browser writes.
    home: TempDir,
}

impl Chromedriver {
    pub(crate) fn start() -> Self {
        // The port that it draws for one family of addresses may be taken in the other; then it ends.
        (0..STARTS_MAX).find_map(|_| Self::try_start()).unwrap()
    }

    #[expect(clippy::disallowed_methods, reason = "no subject is started here")]
    fn try_start() -> Option<Self> {
        let home = tempfile::tempdir().unwrap();
        let mut command = Command::new("chromedriver");
        for variable in ["HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
            command.env(variable, home.path());
        }
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let Some(port) = port(&mut lines) else {
            drop(process.wait());
            return None;
        };
        Some(Self { process, _lines: lines, port, home })
    }

    /// A window of the browser, which can reach nothing but this machine.
    pub(crate) async fn window(&self) -> WebDriver {
        let Value::Object(capabilities) = capabilities(self.home.path()) else { unreachable!() };
        let address = format!("http://127.0.0.1:{}", self.port);
        let client = WebDriver::builder(address, Capabilities::from(capabilities)).client(Loopback);
        let driver = client.await.unwrap();
        // chromedriver ends it.
        driver.clone().leak().unwrap();
        driver
    }
}

/// The port that chromedriver was given: `ChromeDriver was started successfully on port 37613.` Nothing if it ended.
fn port(lines: &mut impl BufRead) -> Option<u16> {
    let port = |line: String| {
        let (_, port) = line.rsplit_once("successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    };
    lines.lines().map_while(Result::ok).find_map(port)
}

fn capabilities(home: &Path) -> Value {
    let profile = format!("--user-data-dir={}", home.join("profile").display());
    json!({
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": { "args": [
            "--headless=new",
            // Where the tests are run by root, or in a container, there is no sandbox. Only the lab's own page is opened.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--no-proxy-server",
            "--hide-scrollbars",
            "--lang=en-US",
            "--window-size=1280,900",
            profile,
        ] },
    })
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // A killed chromedriver would leave its browser behind. It ends both when it is asked to.
        drop(shut_down(self.port));
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn shut_down(port: u16) -> std::io::Result<()> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(ANSWER_TIME_MAX))?;
    write!(
        stream,
        "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )?;
    stream.read_to_end(&mut Vec::new()).map(drop)
}

/// HTTP to this machine, without TLS.
struct Loopback;

#[async_trait]
impl HttpClient for Loopback {
    async fn send(&self, request: Request<Body<'_>>) -> WebDriverResult<Response<Bytes>> {
        let answer = tokio::time::timeout(ANSWER_TIME_MAX, exchange(request)).await;
        let answer = answer.map_err(|elapsed| WebDriverError::Timeout(elapsed.to_string()))?;
        answer.map_err(|error| WebDriverError::HttpError(error.to_string()))
    }

    async fn new(&self) -> Arc<dyn HttpClient> {
        Arc::new(Self)
    }
}

async fn exchange(
    request: Request<Body<'_>>,
) -> Result<Response<Bytes>, Box<dyn std::error::Error + Send + Sync>> {
    let (mut head, body) = request.into_parts();
    let body = match body {
        Body::Empty => Bytes::new(),
        Body::Json(json) => serde_json::to_vec(json)?.into(),
    };
    let host = head.uri.authority().map_or("", |it| it.as_str()).to_owned();
    let path = head.uri.path_and_query().map_or("/", |it| it.as_str());
    head.uri = path.parse::<Uri>()?;
    head.headers.insert(HOST, HeaderValue::from_str(&host)?);
    let stream = TokioIo::new(tokio::net::TcpStream::connect(host).await?);
    let (mut sender, connection) = http1::handshake(stream).await?;
    tokio::spawn(connection);
    let answer = sender.send_request(Request::from_parts(head, Full::new(body))).await?;
    let (head, body) = answer.into_parts();
    Ok(Response::from_parts(head, body.collect().await?.to_bytes()))
}

/// As many as hardly ever all fail.
const STARTS_MAX: usize = 5;

/// A browser may take long to start on a busy machine.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(90);
