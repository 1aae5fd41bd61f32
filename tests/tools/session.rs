//! Sessions for clients that are not ours.

use std::sync::Arc;

use marslab::corpus;
use marslab::live::{Fidelity, Pace};
use marslab::play::Options;
use marslab::scenario::{Play, parse};
use marslab::session::control::Control;
use marslab::session::message::Description;
use marslab::session::{InitialState, Session};
use tokio::runtime::Runtime;

/// A session of a world with a fault, or of a healthy one. It answers on the runtime's own thread while the caller waits for a
/// client.
pub(crate) fn open(fault: &str, pace: Pace) -> (Runtime, (Control, Description)) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
    let opened = runtime.block_on(async {
        let options = Options { fidelity: Fidelity::Loopback, ..Options::default() };
        let (play, initial) = match fault {
            "" => (play(ANY), InitialState::Healthy),
            fault => (play(fault), InitialState::Broken),
        };
        let session = Session::open(play, &options, initial, pace).await.unwrap();
        let control = Control::open(Arc::new(session)).await.unwrap();
        let description = control.description().await;
        (control, description)
    });
    (runtime, opened)
}

/// A fault for a world in which it is not.
const ANY: &str = "service-stopped = { name = 'MSiSCSI' }";

fn play(fault: &str) -> Play {
    let text = format!(
        r#"
title   = "A world for clients"
control = "Only they use it."
article = "zh-2019-05"

[[fault]]
{fault}

[when]
operation = "download-credentials"
complaint = "403"
"#
    );
    let scenario = parse("client.toml", &text, corpus::library()).unwrap();
    scenario.plays.into_iter().next().unwrap()
}
