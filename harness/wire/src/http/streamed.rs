//! Bodies that are passed on while they come, without holding them.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::sync::mpsc;

use super::exchange::Driven;
use super::{HttpError, Response};

/// An answer whose body is still coming. Its connection goes on only while it is asked for more, so a reader that is slow
/// slows the server down.
pub struct Streamed {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    body: Incoming,
    connection: Driven,
}

impl Streamed {
    pub(super) fn new(answer: http::Response<Incoming>, connection: Driven) -> Self {
        let (head, body) = answer.into_parts();
        Self { status: head.status, headers: head.headers, body, connection }
    }

    /// How many bytes of the body are still to come, if the server has told.
    pub fn length(&self) -> Option<u64> {
        self.body.size_hint().exact()
    }

    /// The next piece of the body; `None` after the last.
    pub async fn next(&mut self) -> Result<Option<Bytes>, HttpError> {
        while let Some(frame) = poll_fn(|cx| Pin::new(&mut *self).poll_frame(cx)).await {
            // Trailers are not passed on.
            if let Ok(data) = frame?.into_data() {
                return Ok(Some(data));
            }
        }
        Ok(None)
    }

    /// What comes of the body up to its end, or until there are more than `most` bytes; and whether that was the end.
    pub async fn first(&mut self, most: usize) -> Result<(Vec<u8>, bool), HttpError> {
        let mut first = Vec::new();
        while let Some(piece) = self.next().await? {
            first.extend_from_slice(&piece);
            if first.len() > most {
                return Ok((first, false));
            }
        }
        Ok((first, true))
    }

    /// The whole answer, with a body of at most `most` bytes.
    pub(super) async fn whole(mut self, most: usize) -> Result<Response, HttpError> {
        match self.first(most).await? {
            (body, true) => {
                let (status, headers) = (self.status.as_u16(), self.headers);
                Ok(Response { status, headers, body })
            }
            (_, false) => Err(HttpError::TooLarge { bytes: most }),
        }
    }
}

impl Body for Streamed {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        let Self { body, connection, .. } = &mut *self;
        let frame = ready!(connection.poll(cx, |cx| Pin::new(&mut *body).poll_frame(cx)));
        Poll::Ready(frame.map(|frame| frame.map_err(HttpError::from)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A body that is sent while it comes, after what has come of it, and where its pieces are put in; with its length, if that
/// is known. No more than one piece waits.
pub fn pipe(first: Bytes, length: Option<u64>) -> (Pipe, Piped) {
    let (sender, pieces) = mpsc::channel(1);
    (Pipe(sender), Piped { first: Some(first), rest: Some(pieces), length })
}

/// Where the pieces of a body are put in.
pub struct Pipe(mpsc::Sender<Option<Bytes>>);

impl Pipe {
    /// Puts in the next piece, or `None` for the end, once there is room. Returns whether anybody wants more.
    pub async fn send(&self, piece: Option<Bytes>) -> bool {
        self.0.send(piece).await.is_ok()
    }
}

/// A body to send. One whose [`Pipe`] is dropped before its end never ends: the server may have answered before it has read
/// all, and the connection is dropped with that answer.
pub struct Piped {
    first: Option<Bytes>,
    rest: Option<mpsc::Receiver<Option<Bytes>>>,
    length: Option<u64>,
}

/// All of a body.
impl From<Bytes> for Piped {
    fn from(all: Bytes) -> Self {
        let length = Some(all.len() as u64);
        Self { first: Some(all).filter(|all| !all.is_empty()), rest: None, length }
    }
}

impl Body for Piped {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        let Some(rest) = &mut self.rest else { return Poll::Ready(None) };
        match ready!(rest.poll_recv(cx)) {
            Some(piece) => Poll::Ready(piece.map(|piece| Ok(Frame::data(piece)))),
            None => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.first.is_none() && self.rest.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
