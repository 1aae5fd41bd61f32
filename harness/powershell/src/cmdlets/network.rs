//! Names, connections, web pages.

use std::net::IpAddr;

use async_trait::async_trait;
use marslab_model::host::{RegistryValue, TlsClient};
use marslab_model::{Address, DialError, HostName, KeyPath, Name};
use marslab_shell::web;
use marslab_wire::http::{HttpError, Request, Response, Route, Scheme, Url};

use crate::cmdlet::{Call, Cmdlet, Spec};
use crate::failure::Failure;
use crate::value::{Object, Value};

/// The cmdlets of this file.
pub(crate) const ALL: &[&dyn Cmdlet] = &[&TestNetConnection, &ResolveDnsName, &InvokeWebRequest];

struct TestNetConnection;
struct ResolveDnsName;
struct InvokeWebRequest;

#[async_trait]
impl Cmdlet for TestNetConnection {
    fn spec(&self) -> Spec {
        Spec::new("Test-NetConnection", "Test-NetConnection")
            .also(&["tnc"])
            .since(4, 0)
            .takes(&[
                "ComputerName=RemoteAddress",
                "CommonTCPPort",
                "…",
                "Port=RemotePort",
                "InformationLevel",
            ])
            .lacks(&[
                "TraceRoute",
                "Hops",
                "DiagnoseRouting",
                "ConstrainInterface",
                "ConstrainSourceAddress",
            ])
    }

    /// A direct connection, whatever proxies are set. Without a port Windows only sends a ping; the lab's networks have none, so
    /// that is said to fail.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let name = call
            .arguments
            .text("ComputerName")
            .unwrap_or_else(|| "internetbeacon.msedge.net".to_owned());
        let port = port(call)?;
        let addresses = addresses(call, &name).await;
        if let Err(error) = &addresses {
            call.notes = match error {
                DialError::TimedOut => format!("WARNING: Name resolution of {name} timed out\n"),
                _ => format!("WARNING: Name resolution of {name} failed\n"),
            };
        }
        let remote = addresses.ok().and_then(|it| it.into_iter().next());
        let is_open = match (port, remote) {
            (Some(port), Some(_)) => {
                let to = Address::new(&name, port);
                call.host().dial(call.who, &to).await.is_ok()
            }
            _ => false,
        };
        if let (Some(port), Some(remote), false) = (port, remote, is_open) {
            let warning = format!("WARNING: TCP connect to ({remote} : {port}) failed\n");
            call.notes += &warning;
        }
        if call
            .arguments
            .text("InformationLevel")
            .is_some_and(|it| it.eq_ignore_ascii_case("Quiet"))
        {
            call.put(is_open);
            return Ok(());
        }
        let mut object = Object::new("TestNetConnectionResult")
            .with("ComputerName", name)
            .with("RemoteAddress", remote.map(|it| it.to_string()));
        if let Some(port) = port {
            object = object.with("RemotePort", i64::from(port)).with("TcpTestSucceeded", is_open);
        } else {
            object = object.with("PingSucceeded", false);
        }
        call.put(object);
        Ok(())
    }
}

/// The port that is meant, if one is.
fn port(call: &Call<'_>) -> Result<Option<u16>, Failure> {
    let common = call.arguments.one_of("CommonTCPPort", &["HTTP", "RDP", "SMB", "WINRM"])?;
    let port = match (call.arguments.number("Port")?, common) {
        (Some(port), _) => Some(port),
        (None, Some(common)) => Some(match common {
            "HTTP" => 80,
            "RDP" => 3389,
            "SMB" => 445,
            _ => 5985,
        }),
        (None, None) => None,
    };
    Ok(port.and_then(|port| u16::try_from(port).ok()))
}

/// The addresses of a name, or of an address itself.
async fn addresses(call: &Call<'_>, name: &str) -> Result<Vec<IpAddr>, DialError> {
    match name.parse() {
        Ok(address) => Ok(vec![address]),
        Err(_) => call.host().resolve(&HostName::new(name)).await,
    }
}

#[async_trait]
impl Cmdlet for ResolveDnsName {
    fn spec(&self) -> Spec {
        Spec::new("Resolve-DnsName", "Microsoft.DnsClient.Commands.ResolveDnsName")
            .since(3, 0)
            .takes(&["Name", "Type", "…", "DnsOnly!"])
            .lacks(&["Server", "CacheOnly", "NoHostsFile", "TcpOnly", "LlmnrOnly", "QuickTimeout"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let kind = call.arguments.one_of("Type", &["A_AAAA", "A", "AAAA"])?.unwrap_or("A_AAAA");
        for name in call.needed("Name", "Name")? {
            let found = call.host().resolve(&HostName::new(&name)).await;
            let takes = |it: &IpAddr| match kind {
                "A" => it.is_ipv4(),
                "AAAA" => it.is_ipv6(),
                _ => true,
            };
            match found {
                Ok(addresses) => {
                    for address in addresses.iter().filter(|it| takes(it)) {
                        let object = Object::new("Microsoft.DnsClient.Commands.DnsRecord")
                            .with("Name", name.as_str())
                            .with("Type", Value::text(if address.is_ipv4() { "A" } else { "AAAA" }))
                            .with("TTL", Value::text("300"))
                            .with("Section", Value::text("Answer"))
                            .with("IPAddress", address.to_string());
                        call.put(object);
                    }
                }
                Err(DialError::TimedOut) => {
                    let message = format!(
                        "{name} : This operation returned because the timeout period expired"
                    );
                    let failure = Failure::new("OperationTimeout", "ERROR_TIMEOUT", message);
                    call.fail(failure.about(&name, "String").of("Win32Exception"));
                }
                Err(_) => {
                    let message = format!("{name} : DNS name does not exist");
                    let failure =
                        Failure::new("ResourceUnavailable", "DNS_ERROR_RCODE_NAME_ERROR", message);
                    call.fail(failure.about(&name, "String").of("Win32Exception"));
                }
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for InvokeWebRequest {
    fn spec(&self) -> Spec {
        Spec::new("Invoke-WebRequest", "Microsoft.PowerShell.Commands.InvokeWebRequestCommand")
            .also(&["iwr", "wget"])
            .since(3, 0)
            .takes(&[
                "Uri",
                "…",
                "Proxy",
                "Method",
                "TimeoutSec",
                "OutFile",
                "UserAgent",
                "UseBasicParsing!",
            ])
            .lacks(&[
                "Body",
                "Headers",
                "Credential",
                "ProxyCredential",
                "WebSession",
                "InFile",
                "ContentType",
            ])
    }

    /// Asks as programs on .NET do: with the TLS versions of SCHANNEL and .NET, and through the proxy of the account's internet
    /// settings. A configuration script is not followed.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let uri = call.needed_text("Uri")?;
        let full = if uri.contains("://") { uri.clone() } else { format!("http://{uri}") };
        let mut url: Url = full.parse().map_err(|_not_a_url| {
            Failure::new(
                "InvalidArgument",
                "System.UriFormatException",
                "Invalid URI: The URI could not be parsed.",
            )
            .of("UriFormatException")
        })?;
        call.arguments.one_of("Method", &["Get", "Default"])?;
        for _ in 0..REDIRECTIONS_MAX {
            let route = route(call, &url)?;
            let request = Request::get(url.clone());
            let sent = web::send(call.host(), call.who, TlsClient::Managed, &request, route).await;
            let response = sent.map_err(|error| unreachable(&url, &error))?;
            let next =
                response.header("location").filter(|_| (300..400).contains(&response.status));
            let Some(next) = next.and_then(|next| next.parse().ok()) else {
                return answered(call, &response);
            };
            url = next;
        }
        Err(web_exception("Too many automatic redirections were attempted."))
    }
}

/// The proxy that `-Proxy` names, or that of the account's internet settings for this URL.
fn route(call: &Call<'_>, url: &Url) -> Result<Option<Route>, Failure> {
    let to = |text: &str| {
        let bare = text.trim().trim_end_matches('/');
        let bare = bare.split_once("://").map_or(bare, |(_, bare)| bare);
        let address = bare.parse::<Address>().ok();
        address.map(|address| Route { address, credentials: None })
    };
    if let Some(proxy) = call.arguments.text("Proxy") {
        let route = to(&proxy);
        return route
            .map(Some)
            .ok_or_else(|| web_exception("Invalid URI: The URI could not be parsed."));
    }
    let key = KeyPath::new(INTERNET_KEY);
    let value =
        |name: &str| call.host().registry_value(call.who, &key, &Name::new(name)).ok().flatten();
    let text = |name: &str| match value(name) {
        Some(RegistryValue::Text(text)) => text,
        _ => String::new(),
    };
    if !matches!(value("ProxyEnable"), Some(RegistryValue::Number(1..))) {
        return Ok(None);
    }
    let host = url.host.to_string();
    let is_bypassed =
        text("ProxyOverride").split(';').map(str::trim).any(|pattern| match pattern {
            "<local>" => !host.contains('.'),
            pattern => crate::cmdlet::is_like(&host, pattern),
        });
    let server = text("ProxyServer");
    let scheme = format!("{}=", if url.scheme == Scheme::Https { "https" } else { "http" });
    let entry = server.split(';').map(str::trim).find_map(|entry| {
        if entry.contains('=') { entry.strip_prefix(&scheme) } else { Some(entry) }
    });
    Ok(entry.filter(|_| !is_bypassed).and_then(to))
}

/// Hands on a page, or fails as .NET does where its status is an error.
fn answered(call: &mut Call<'_>, response: &Response) -> Result<(), Failure> {
    let status = response.status;
    let name = reason(status);
    if status >= 400 {
        return Err(web_exception(&format!(
            "The remote server returned an error: ({status}) {name}."
        )));
    }
    if let Some(file) = call.arguments.text("OutFile") {
        let path = call.path(&file);
        let size = u64::try_from(response.body.len()).unwrap_or(u64::MAX);
        let written = call.host().write_file(call.who, &path, &response.body, size);
        return written.map_err(|error| {
            Failure::new("WriteError", "System.IO.IOException", error.to_string()).of("IOException")
        });
    }
    let length = i64::try_from(response.body.len()).unwrap_or(i64::MAX);
    let object = Object::new("Microsoft.PowerShell.Commands.HtmlWebResponseObject")
        .with("StatusCode", i64::from(status))
        .with("StatusDescription", name)
        .with("Content", response.text().into_owned())
        .with("RawContentLength", length);
    call.put(object);
    Ok(())
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        407 => "Proxy Authentication Required",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Server Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}

/// What .NET says of a server that cannot be had.
fn unreachable(url: &Url, error: &HttpError) -> Failure {
    let host = &url.host;
    web_exception(&match error {
        HttpError::Dial { error: DialError::NoSuchHost, .. } => {
            format!("The remote name could not be resolved: '{host}'")
        }
        HttpError::ProxyDial { error: DialError::NoSuchHost, proxy } => {
            format!("The remote name could not be resolved: '{}'", proxy.host)
        }
        HttpError::Dial { .. } | HttpError::ProxyDial { .. } => {
            "Unable to connect to the remote server".to_owned()
        }
        HttpError::ProxyRefused { status, .. } => {
            format!("The remote server returned an error: ({status}) {}.", reason(*status))
        }
        HttpError::Tls(_) => "The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure \
                              channel."
            .to_owned(),
        HttpError::Closed => "The underlying connection was closed: An unexpected error occurred on a receive.".to_owned(),
        HttpError::Malformed { .. } | HttpError::TooLarge { .. } => {
            "The server committed a protocol violation.".to_owned()
        }
    })
}

fn web_exception(message: &str) -> Failure {
    Failure::new("InvalidOperation", "WebCmdletWebResponseException", message)
        .about("System.Net.HttpWebRequest", "HttpWebRequest")
        .of("WebException")
}

/// WinINET's settings of an account (mars-facts 5.8).
const INTERNET_KEY: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

/// Fewer than .NET follows.
const REDIRECTIONS_MAX: usize = 10;
