//! `curl`: asks a web server, directly or through a proxy. Numbers and texts of its errors are those of curl with Windows' TLS
//! (Schannel).

use async_trait::async_trait;
use marslab_model::host::TlsClient;
use marslab_shell::{Printed, web};
use marslab_wire::http::{Request, Response};

use crate::page::Page;
use crate::program::{Call, Program};

mod errors;
mod options;

use self::options::Options;

pub(super) struct Curl;

#[async_trait]
impl Program for Curl {
    fn name(&self) -> &'static str {
        "curl"
    }

    fn about(&self) -> &'static str {
        "asks a web server"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["[-I] [-v] [-s] [-i] [-L] [-o FILE] [-H HEADER] [-x PROXY] [-U USER:PASSWORD] URL"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let host = call.host();
        let variables = call.window.variables(host).clone();
        let options = match Options::read(&call.args, &variables) {
            Ok(options) => options,
            Err(refused) => return refused,
        };
        ask(call, options).await
    }
}

/// Asks, and follows redirections if that is wanted.
async fn ask(call: &Call<'_>, options: Options) -> Printed {
    let mut page = Page::default();
    let mut url = options.url.clone();
    for _ in 0..=REDIRECTIONS_MAX {
        let mut request = Request::get(url.clone());
        request.method = options.method.clone();
        request.headers.clone_from(&options.headers);
        if options.has("-v") {
            said(&mut page, &request);
        }
        let proxy = options.proxy_for(&url);
        let answer =
            match web::send(call.host(), call.who(), TlsClient::Native, &request, proxy).await {
                Ok(answer) => answer,
                Err(error) => {
                    let (code, text) = errors::of(&error, &url);
                    if options.has("-v") {
                        page.line("* Closing connection 0");
                    }
                    if !options.has("-s") {
                        page.line(format!("curl: ({code}) {text}"));
                    }
                    return Printed::failed(code, page.text());
                }
            };
        let next = answer.header("location").and_then(|to| options::redirected(&url, to));
        match next.filter(|_| options.has("-L") && (300..400).contains(&answer.status)) {
            Some(next) => {
                head(&mut page, &answer, &options);
                url = next;
            }
            None => return shown(call, page, &answer, &options),
        }
    }
    page.line(format!("curl: (47) Maximum ({REDIRECTIONS_MAX}) redirects followed"));
    Printed::failed(47, page.text())
}

/// The request, as `-v` shows it.
fn said(page: &mut Page, request: &Request) {
    let (url, has_agent) =
        (&request.url, request.headers.iter().any(|(name, _)| name == "User-Agent"));
    page.line(format!("* Trying {}...", url.address()));
    page.line(format!("> {} {} HTTP/1.1", request.method, url.path));
    page.line(format!("> Host: {}", url.authority()));
    for (name, value) in &request.headers {
        page.line(format!("> {name}: {value}"));
    }
    if !has_agent {
        page.line("> Accept: */*");
    }
    page.line(">");
}

/// The head of an answer, where it is wanted.
fn head(page: &mut Page, answer: &Response, options: &Options) {
    let sign = match (options.has("-v"), options.has("-i") || options.has("-I")) {
        (true, _) => "< ",
        (false, true) => "",
        (false, false) => return,
    };
    let reason = http::StatusCode::from_u16(answer.status).ok();
    let reason = reason.and_then(|it| it.canonical_reason()).unwrap_or_default();
    page.line(format!("{sign}HTTP/1.1 {} {reason}", answer.status));
    for (name, value) in &answer.headers {
        page.line(format!("{sign}{name}: {}", String::from_utf8_lossy(value.as_bytes())));
    }
    page.line(sign.trim_end());
}

fn shown(call: &Call<'_>, mut page: Page, answer: &Response, options: &Options) -> Printed {
    head(&mut page, answer, options);
    if options.has("-f") && answer.status >= 400 {
        let text = format!("curl: (22) The requested URL returned error: {}", answer.status);
        page.line(text);
        return Printed::failed(22, page.text());
    }
    if options.has("-I") {
        return Printed::ok(page.text());
    }
    let Some(file) = &options.output else {
        let body = answer.text();
        let end = if body.is_empty() || body.ends_with('\n') { "" } else { "\n" };
        return Printed::ok(format!("{}{body}{end}", page.text()));
    };
    if file.eq_ignore_ascii_case("nul") {
        return Printed::ok(page.text());
    }
    let size = u64::try_from(answer.body.len()).unwrap_or(u64::MAX);
    match call.host().write_file(call.who(), &call.path(file), &answer.body, size) {
        Ok(()) => Printed::ok(page.text()),
        Err(_) => {
            page.line("curl: (23) Failure writing output to destination");
            Printed::failed(23, page.text())
        }
    }
}

/// curl's own limit is 50; nothing in the lab needs that many.
const REDIRECTIONS_MAX: u32 = 10;
