//! Answers, each with the headers that keep a page to itself.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use hyper::body::{Body, Frame, SizeHint};
use maud::Markup;
use tokio::sync::mpsc;

/// What an answer carries.
#[derive(Debug)]
pub(crate) enum Content {
    /// All of it.
    Whole(Option<Bytes>),
    /// What comes, as it comes.
    Stream(mpsc::Receiver<Bytes>),
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut *self {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|it| Ok(Frame::data(it)))),
            Self::Stream(coming) => {
                coming.poll_recv(context).map(|it| it.map(|bytes| Ok(Frame::data(bytes))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                let length = bytes.as_ref().map_or(0, Bytes::len);
                SizeHint::with_exact(u64::try_from(length).unwrap_or(u64::MAX))
            }
            Self::Stream(_) => SizeHint::default(),
        }
    }
}

/// An answer of the page.
pub(crate) type Reply = Response<Content>;

/// A page.
pub(crate) fn page(markup: Markup) -> Reply {
    whole(StatusCode::OK, HTML, markup.into_string())
}

/// A plain text.
pub(crate) fn plain(status: StatusCode, text: impl Into<Bytes>) -> Reply {
    whole(status, "text/plain; charset=utf-8", text)
}

/// A file of the page's own.
pub(crate) fn file(media_type: &'static str, text: &'static str) -> Reply {
    whole(StatusCode::OK, media_type, text)
}

/// Events, as they come.
pub(crate) fn events(coming: mpsc::Receiver<Bytes>) -> Reply {
    of(StatusCode::OK, "text/event-stream", Content::Stream(coming))
}

/// Sends the browser to a path of the page, with a GET.
pub(crate) fn see(path: &str) -> Reply {
    let mut reply = plain(StatusCode::SEE_OTHER, "");
    // A path of the page's own; what cannot stand in a header leads to its start.
    let path = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    reply.headers_mut().insert(header::LOCATION, path);
    reply
}

fn whole(status: StatusCode, media_type: &'static str, content: impl Into<Bytes>) -> Reply {
    of(status, media_type, Content::Whole(Some(content.into())))
}

fn of(status: StatusCode, media_type: &'static str, content: Content) -> Reply {
    let mut reply = Response::new(content);
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    for (name, value) in GUARDING {
        headers.insert(name, HeaderValue::from_static(value));
    }
    reply
}

const HTML: &str = "text/html; charset=utf-8";

/// What each answer carries. The page's own forms need its `Origin`, which browsers leave out under `no-referrer`; its address
/// holds no secret, and other sites are never told of it.
pub(crate) const GUARDING: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];
