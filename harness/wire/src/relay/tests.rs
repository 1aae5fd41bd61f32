use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

use super::{BUFFER_BYTES, relay};
use crate::testing::read_all;

#[tokio::test]
async fn a_side_may_answer_after_the_other_has_closed() {
    let (mut client, left) = duplex(64);
    let (right, mut server) = duplex(64);
    let client = async move {
        client.write_all(b"question").await.unwrap();
        client.shutdown().await.unwrap();
        read_all(&mut client).await
    };
    let server = async move {
        let question = read_all(&mut server).await;
        server.write_all(b"answer").await.unwrap();
        question
    };
    let (answer, question, ()) = tokio::join!(client, server, relay(left, right));
    assert_eq!((question.as_str(), answer.as_str()), ("question", "answer"));
}

#[tokio::test]
async fn more_than_the_buffers_hold_goes_through() {
    let (mut client, left) = duplex(64);
    let (right, mut server) = duplex(64);
    let sent = vec![7; 100_000];
    let expected = sent.clone();
    let client = async move { client.write_all(&sent).await.unwrap() };
    let server = async move {
        let mut heard = Vec::new();
        server.read_to_end(&mut heard).await.unwrap();
        heard
    };
    let ((), heard, ()) = tokio::join!(client, server, relay(left, right));
    assert_eq!(heard, expected);
}

#[tokio::test]
async fn a_bulk_transfer_outgrows_the_first_buffer() {
    let (mut client, left) = duplex(BUFFER_BYTES);
    let (right, mut server) = duplex(BUFFER_BYTES);
    let sent: Vec<u8> = (0..=255).cycle().take(5 * BUFFER_BYTES + 1).collect();
    let client = async {
        client.write_all(&sent).await.unwrap();
        client.shutdown().await.unwrap();
        let mut back = Vec::new();
        client.read_to_end(&mut back).await.unwrap();
        back
    };
    let server = async move {
        let mut heard = Vec::new();
        server.read_to_end(&mut heard).await.unwrap();
        server.write_all(&heard).await.unwrap();
    };
    let (back, (), ()) = tokio::join!(client, server, relay(left, right));
    assert!(back == sent, "{} bytes of {}", back.len(), sent.len());
}

#[tokio::test]
async fn a_dropped_side_ends_both() {
    let (client, left) = duplex(64);
    let (right, mut server) = duplex(64);
    drop(client);
    // The server never closes by itself: it writes until that fails.
    let server = async move {
        while server.write_all(b"more").await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(relay(left, right), server);
}
