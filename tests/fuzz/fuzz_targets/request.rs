//! Whatever a client may send to a proxy: it is answered, and the connection ends.
#![no_main]

use std::sync::Arc;

use async_trait::async_trait;
use http::{Method, Request};
use libfuzzer_sys::fuzz_target;
use marslab_model::Connection;
use marslab_model::net::TlsLayer;
use marslab_wire::raw_http::{
    AfterReply, Patience, Reply, RequestBody, RequestError, Responder, is_persistent, serve,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

struct Anybody;

#[async_trait]
impl Responder for Anybody {
    async fn respond_to_head(&self, head: &Request<()>) -> Option<Reply> {
        let then = if is_persistent(head) { AfterReply::Keep } else { AfterReply::Close };
        (head.method() == Method::GET).then(|| Reply { bytes: b"head".to_vec(), then })
    }

    /// Some of the body is read, and the rest skipped.
    async fn respond(&self, _head: Request<()>, mut body: RequestBody<'_>) -> Result<Reply, RequestError> {
        Ok(Reply { bytes: body.first(8).await?, then: AfterReply::Keep })
    }

    fn respond_to_error(&self, _flaw: RequestError) -> Reply {
        Reply { bytes: b"error".to_vec(), then: AfterReply::Keep }
    }
}

fuzz_target!(|said: &[u8]| {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let (near, far) = tokio::io::duplex(1 << 10);
        let far = Connection { stream: Box::new(far), tls: TlsLayer::Records };
        let (mut read, mut write) = tokio::io::split(near);
        let asking = async {
            write.write_all(said).await.ok();
            write.shutdown().await.ok();
        };
        let mut heard = Vec::new();
        let hearing = async { read.read_to_end(&mut heard).await.ok() };
        tokio::join!(serve(far, Arc::new(Anybody), Patience::default()), asking, hearing);
    });
});
