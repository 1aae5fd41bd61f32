use super::*;
use crate::http::BODY_BYTES_MAX;
use crate::testing::LAYERS;

#[test]
fn a_request_arrives_complete() {
    for layer in LAYERS {
        let (plain, secure) = (mirror(), mirror());
        let net = Net::new(layer)
            .with_http("a.example:80", plain.clone())
            .with_https("a.example:8443", secure.clone());
        let url = "https://a.example:8443/b?c=d";
        let read = text(send(&net, None, &get(url)));
        assert_eq!(read, "200 GET /b?c=d []", "on {layer:?}");
        let post = Request::post("http://a.example".parse().unwrap(), "text/plain", "hello");
        assert_eq!(text(send(&net, None, &post)), "200 POST / [hello]");
        let put = Request::put("http://a.example/x".parse().unwrap(), "text/plain", "");
        assert_eq!(text(send(&net, None, &put.with_header("Host", "b.example"))), "200 PUT /x []");
        let delete = Request::delete("http://a.example/x".parse().unwrap());
        assert_eq!(text(send(&net, None, &delete.with_header("X-Id", "1"))), "200 DELETE /x []");
        assert_eq!(secure.lines("host"), ["GET /b?c=d a.example:8443"]);
        let hosts = ["POST / a.example", "PUT /x b.example", "DELETE /x a.example"];
        assert_eq!(plain.lines("host"), hosts);
        assert_eq!(plain.lines("content-length"), ["POST / 5", "PUT /x 0", "DELETE /x -"]);
        assert_eq!(plain.lines("content-type")[0], "POST / text/plain");
        assert_eq!(plain.lines("x-id")[2], "DELETE /x 1");
        assert_eq!(net.dialed().len(), 4);
    }
}

#[test]
fn the_length_is_that_of_the_body() {
    let server = mirror();
    let net = Net::new(LAYERS[0]).with_http("a.example:80", server.clone());
    let post = Request::post("http://a.example".parse().unwrap(), "text/plain", "hello")
        .with_header("content-length", "9")
        .with_header("Transfer-Encoding", "chunked");
    assert_eq!(text(send(&net, None, &post)), "200 POST / [hello]");
    assert_eq!(server.lines("content-length"), ["POST / 5"]);
}

#[test]
fn every_framing_of_an_answer_is_read() {
    const TABLE: [(&[&str], &str); 5] = [
        (&["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more"], "200 hello"),
        (&["HTTP/1.0 403 Whatever it says\r\n\r\nuntil it closes"], "403 until it closes"),
        (
            &[
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n1\r\n!\r\n0\r\n\r\n",
            ],
            "200 hi!",
        ),
        (&["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 517 Odd\r\nContent-Length: 0\r\n\r\n"], "517 "),
        (&["HTTP/1.1 204 No Content\r\n\r\n"], "204 "),
    ];
    for (answers, expected) in TABLE {
        let net = Net::new(LAYERS[0]).with_raw("a.example:80", answers);
        assert_eq!(text(send(&net, None, &get("http://a.example/"))), expected);
    }
}

#[test]
fn large_bodies_are_sent_and_read() {
    let echo = Answers::new(|request: &http::Request<Bytes>| {
        Answer::Respond(http::Response::new(request.body().clone()))
    });
    let body: Vec<u8> = (0..=250).cycle().take(BODY_BYTES_MAX).collect();
    for layer in LAYERS {
        let net = Net::new(layer).with_https("a.example:443", echo.clone());
        let url = "https://a.example/".parse().unwrap();
        let post = Request::post(url, "application/octet-stream", body.clone());
        assert!(send(&net, None, &post).unwrap().body == body, "on {layer:?}");
    }
}

#[test]
fn an_answer_is_read_as_json_or_headers() {
    let server = Answers::new(|_: &http::Request<Bytes>| {
        response(200, &[("X-A", "1"), ("X-A", "2")], "{\"a\": [\"secret\"]}")
    });
    let net = Net::new(LAYERS[0]).with_http("a.example:80", server);
    let answer = send(&net, None, &get("http://a.example/")).unwrap();
    assert!(answer.is_success());
    assert_eq!((answer.header("x-a"), answer.header("x-b")), (Some("1"), None));
    assert_eq!(answer.json::<serde_json::Value>().unwrap()["a"][0], "secret");
    let error = answer.json::<Vec<u8>>().unwrap_err().to_string();
    assert_eq!(error, "the response is not the expected JSON, at line 1, column 0");
}
