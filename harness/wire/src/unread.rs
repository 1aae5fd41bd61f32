//! Putting back bytes that were read ahead.

use std::io::Cursor;

use marslab_model::net::Stream;
use tokio::io::{AsyncReadExt as _, join, split};

/// A stream that yields `bytes` first, and then what `stream` has.
pub(crate) fn unread(
    bytes: impl AsRef<[u8]> + Send + Unpin + 'static,
    stream: Box<dyn Stream>,
) -> Box<dyn Stream> {
    if bytes.as_ref().is_empty() {
        return stream;
    }
    let (read, write) = split(stream);
    Box::new(join(Cursor::new(bytes).chain(read), write))
}
