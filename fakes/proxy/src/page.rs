//! The proxy's own answers, as its product writes them.

use http::header::{CONTENT_LENGTH, PROXY_AUTHORIZATION, TRANSFER_ENCODING};
use http::{Method, Request, StatusCode};
use marslab_model::DialError;
use marslab_model::world::ResponseOptions;
use marslab_wire::raw_http::{AfterReply, Reply, Rest, chunk};

use super::forward::Answer;
use super::language::Language;
use super::product::{AfterAnswer, AnswerTemplate, Line, Placeholder, Product, Situation, Version};

/// The request to answer, and the proxy that answers it.
pub(super) struct Context<'a> {
    /// The proxy's address and port, as the world names it.
    pub(super) address: &'a str,
    /// Its product.
    pub(super) product: &'static Product,
    /// Its settings.
    pub(super) options: &'a ResponseOptions,
    /// The time, as HTTP writes it.
    pub(super) date: &'a str,
    /// The language of its pages.
    pub(super) language: &'a Language,
    /// The method of the request.
    pub(super) method: &'a Method,
    /// Its version.
    pub(super) version: http::Version,
    /// Whether the client keeps the connection.
    pub(super) keeps: bool,
    /// Whether the connection is closed whatever the answer says.
    pub(super) closes: bool,
}

impl Context<'_> {
    /// What happens to the connection after an answer that announces `after`.
    fn after(&self, after: AfterAnswer) -> AfterReply {
        if after == AfterAnswer::Keep && !self.closes {
            AfterReply::Keep
        } else {
            AfterReply::Close
        }
    }
}

/// What differs between answers in the same situation.
#[derive(Default)]
pub(super) struct Details<'a> {
    /// The challenges of the proxy.
    pub(super) challenges: &'a [String],
    /// The URL of a redirection.
    pub(super) location: &'a str,
    /// A further header line.
    pub(super) extra_header: Option<&'a str>,
    /// The body, where it is none of the product's.
    pub(super) body: Option<&'a str>,
    /// Whether a tunnel was admitted before it failed.
    pub(super) tunnel: bool,
}

/// The situation in which a server cannot be reached.
pub(super) fn unreachable(error: DialError) -> Situation {
    match error {
        DialError::NoSuchHost => Situation::NameUnknown,
        DialError::TimedOut => Situation::TimedOut,
        DialError::Refused => Situation::ConnectRefused,
        DialError::Reset => Situation::ConnectReset,
        DialError::Unreachable => Situation::NoRoute,
    }
}

/// No answer: the connection is reset.
pub(super) fn reset() -> Reply {
    Reply { bytes: Vec::new(), then: AfterReply::Reset }
}

/// An answer, and its status for the journal. A product without an answer resets the connection.
pub(super) fn page(
    context: &Context<'_>,
    situation: Situation,
    details: &Details<'_>,
) -> (Reply, String) {
    let template = context.product.answer(situation);
    let Some(template) = template.filter(|template| template.then != AfterAnswer::Reset) else {
        return (reset(), "closed".to_owned());
    };
    let may_keep = context.keeps && !context.options.closes_after_pages;
    let after = if may_keep { template.then } else { AfterAnswer::Close };
    let body = match details.body {
        Some(body) => body.to_owned(),
        None => body(template, context, situation),
    };
    let mut out = Vec::with_capacity(HEAD_BYTES + body.len());
    let number = status_line(&mut out, template, &context.options.reason);
    let tunnel_head = template.tunnel_head.as_deref().filter(|_| details.tunnel);
    let lines = context.product.head(tunnel_head.unwrap_or(&template.head));
    let filled = Filled { context, details, template, length: body.len(), after };
    lines.iter().for_each(|line| filled.write(&mut out, line));
    extra_header(&mut out, details.extra_header);
    out.extend_from_slice(b"\r\n");
    if context.method != Method::HEAD {
        out.extend_from_slice(body.as_bytes());
    }
    let number = number.to_owned();
    // Squid closes after a tunnel that failed, though this head does not say so (measured).
    let after = if tunnel_head.is_some() { AfterAnswer::Close } else { after };
    (Reply { bytes: out, then: context.after(after) }, number)
}

/// A request as its client is told it again (RFC 9110, 9.3.8), without what is secret.
pub(super) fn echo(head: &Request<()>) -> String {
    let path = head.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let mut out = format!("{} {path} HTTP/1.1\r\n", head.method()).into_bytes();
    let shown = head.headers().iter().filter(|(name, _)| **name != PROXY_AUTHORIZATION);
    shown.for_each(|(name, value)| put(&mut out, name.as_str(), value.as_bytes()));
    out.extend_from_slice(b"\r\n");
    String::from_utf8_lossy(&out).into_owned()
}

/// The head of the answer that opens a tunnel.
pub(super) fn established(context: &Context<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    match &context.product.established {
        Some(template) => {
            status_line(&mut out, template, "");
            let details = Details::default();
            let filled = Filled {
                context,
                details: &details,
                template,
                length: 0,
                after: AfterAnswer::Keep,
            };
            let lines = context.product.head(&template.head);
            lines.iter().for_each(|line| filled.write(&mut out, line));
        }
        None => out.extend_from_slice(b"HTTP/1.1 200 Connection established\r\n"),
    }
    context.options.tunnel_head.iter().for_each(|line| extra_header(&mut out, Some(line)));
    out.extend_from_slice(b"\r\n");
    out
}

/// A server's answer as the proxy passes it on: with its own lines below.
pub(super) fn passed(
    context: &Context<'_>,
    answer: Answer,
    further: Option<&str>,
) -> (Reply, StatusCode) {
    let Answer { status, headers, first, length, rest } = answer;
    // To an older client the end of a body without a length is that of the connection.
    let in_chunks = length.is_none() && context.version == http::Version::HTTP_11;
    let is_delimited = length.is_some() || in_chunks;
    let may_keep = context.keeps && is_delimited && !context.product.closes_after_passing;
    let after = if may_keep { AfterAnswer::Keep } else { AfterAnswer::Close };
    let mut out = Vec::with_capacity(HEAD_BYTES + first.len());
    out.extend_from_slice(b"HTTP/1.1 ");
    out.extend_from_slice(status.as_str().as_bytes());
    out.push(b' ');
    out.extend_from_slice(status.canonical_reason().unwrap_or("").as_bytes());
    out.extend_from_slice(b"\r\n");
    let (details, template) = (Details::default(), &PASSED);
    let filled = Filled { context, details: &details, template, length: 0, after };
    context.product.head("passed-above").iter().for_each(|line| filled.write(&mut out, line));
    let told = length.map(|length| length.to_string());
    for (name, value) in &headers {
        let is_length = *name == CONTENT_LENGTH && context.method != Method::HEAD;
        let told = told.as_deref().filter(|_| is_length).map(str::as_bytes);
        put(&mut out, name.as_str(), told.unwrap_or_else(|| value.as_bytes()));
    }
    let may_have_body = ![StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&status);
    match told {
        Some(told) if may_have_body && !headers.contains_key(CONTENT_LENGTH) => {
            put(&mut out, CONTENT_LENGTH.as_str(), told.as_bytes());
        }
        None if in_chunks => put(&mut out, TRANSFER_ENCODING.as_str(), b"chunked"),
        _ => {}
    }
    context.product.head("passed").iter().for_each(|line| filled.write(&mut out, line));
    extra_header(&mut out, further);
    out.extend_from_slice(b"\r\n");
    if in_chunks {
        out.extend_from_slice(&chunk(&first));
    } else if may_have_body {
        out.extend_from_slice(&first);
    }
    let then = match (context.after(after), rest) {
        (then, None) => then,
        (then, Some(answer)) => {
            let keeps = matches!(then, AfterReply::Keep);
            AfterReply::PassOn(Box::new(Rest { answer, in_chunks, keeps }))
        }
    };
    (Reply { bytes: out, then }, status)
}

/// The values for the placeholders of a head.
struct Filled<'a> {
    context: &'a Context<'a>,
    details: &'a Details<'a>,
    template: &'a AnswerTemplate,
    length: usize,
    after: AfterAnswer,
}

impl Filled<'_> {
    fn write(&self, out: &mut Vec<u8>, line: &Line) {
        if !line.has(Placeholder::Challenge) {
            return line.write(out, |out, placeholder| self.fill(out, placeholder, ""));
        }
        if self.context.options.challenges_in_one_line && !self.details.challenges.is_empty() {
            let joined = self.details.challenges.join(", ");
            return line.write(out, |out, placeholder| self.fill(out, placeholder, &joined));
        }
        for challenge in self.details.challenges {
            line.write(out, |out, placeholder| self.fill(out, placeholder, challenge));
        }
    }

    fn fill(&self, out: &mut Vec<u8>, placeholder: Placeholder, challenge: &str) {
        let Context { address, date, .. } = self.context;
        let length;
        let text = match placeholder {
            Placeholder::Challenge => challenge,
            Placeholder::Connection if self.after == AfterAnswer::Keep => "keep-alive",
            Placeholder::Connection => "close",
            Placeholder::Date => date,
            Placeholder::Error => &self.template.error,
            Placeholder::Host => address.rsplit_once(':').map_or(*address, |(host, _)| host),
            Placeholder::Address => address,
            Placeholder::Location => self.details.location,
            Placeholder::Language => &self.context.language.tag,
            Placeholder::Length => {
                length = self.length.to_string();
                &length
            }
        };
        out.extend_from_slice(text.as_bytes());
    }
}

/// Writes the status line and returns the status code.
fn status_line<'a>(out: &mut Vec<u8>, template: &'a AnswerTemplate, reason: &str) -> &'a str {
    let (number, usual) = template.status.split_once(' ').unwrap_or((&template.status, ""));
    let version = match template.version {
        Version::Old => "HTTP/1.0 ",
        Version::New => "HTTP/1.1 ",
    };
    for text in [version, number, " ", if reason.is_empty() { usual } else { reason }, "\r\n"] {
        out.extend(text.bytes().filter(|byte| is_written(*byte) || text == "\r\n"));
    }
    number
}

/// A further line, which may come from a world.
fn extra_header(out: &mut Vec<u8>, line: Option<&str>) {
    if let Some(line) = line {
        out.extend(line.bytes().filter(|byte| is_written(*byte)));
        out.extend_from_slice(b"\r\n");
    }
}

/// A text of a world must not begin lines of its own.
fn is_written(byte: u8) -> bool {
    byte == b'\t' || !byte.is_ascii_control()
}

/// The page, in the lab's own words, padded to the length of the product's, or to the one that the administrator has set.
fn body(template: &AnswerTemplate, context: &Context<'_>, situation: Situation) -> String {
    let AnswerTemplate { text, status, .. } = template;
    if text.is_empty() {
        return String::new();
    }
    let text = context.language.text(situation).unwrap_or(text);
    let title = status.split_once(' ').map_or(status.as_str(), |(_, reason)| reason);
    let mut body = format!(
        "<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>\n"
    );
    let wanted = match context.options.page_bytes {
        0 => context.product.page_bytes,
        set => set.min(PAGE_BYTES_MAX),
    };
    let wanted = usize::try_from(wanted).unwrap_or(0);
    body.extend(std::iter::repeat_n(' ', wanted.saturating_sub(body.len())));
    body
}

/// Writes a header of a server, with the usual spelling of its name.
fn put(out: &mut Vec<u8>, name: &str, value: &[u8]) {
    let mut starts = true;
    for byte in name.bytes() {
        out.push(if starts { byte.to_ascii_uppercase() } else { byte });
        starts = byte == b'-';
    }
    out.extend_from_slice(b": ");
    out.extend_from_slice(value);
    out.extend_from_slice(b"\r\n");
}

/// The template of an answer that is passed on: nothing in it is the proxy's own.
static PASSED: AnswerTemplate = AnswerTemplate {
    status: String::new(),
    version: Version::New,
    head: String::new(),
    tunnel_head: None,
    error: String::new(),
    text: String::new(),
    then: AfterAnswer::Keep,
};

/// Room for a head.
const HEAD_BYTES: usize = 1 << 10;

/// The largest padded page, in bytes.
const PAGE_BYTES_MAX: u32 = 1 << 20;
