//! Sessions for clients that are not ours.

use std::sync::Arc;

use marslab::corpus;
use marslab::live::{Fidelity, Pace};
use marslab::play::Options;
use marslab::scenario::{Play, parse};
use marslab::session::control::Control;
use marslab::session::message::{Description, ListenerKind};
use marslab::session::{InitialState, Session};
use tokio::runtime::Runtime;

/// A session of a world with a fault, or of a healthy one.
pub(crate) fn open(fault: &str, pace: Pace) -> (Runtime, (Control, Description)) {
    let (fault, initial) = match fault {
        "" => (ANY, InitialState::Healthy),
        fault => (fault, InitialState::Broken),
    };
    let (runtime, (_, control, description)) = open_play(play("", fault), initial, pace);
    (runtime, (control, description))
}

/// A proxy that offers these schemes to the user `backup`, whose password is `Let-me-out-17`.
pub(crate) struct Proxy {
    /// Where it listens.
    pub(crate) at: String,
    session: Arc<Session>,
    _control: Control,
    _runtime: Runtime,
}

impl Proxy {
    pub(crate) fn that_asks(schemes: &[&str]) -> Self {
        let given = r#"given.behind-proxy = { address = "10.0.0.5:8080", agent-knows-it = true }"#;
        let fault = format!("proxy-asks = {{ schemes = {schemes:?}, user = 'backup' }}");
        let (runtime, (session, control, description)) =
            open_play(play(given, &fault), InitialState::Broken, Pace::Real);
        let proxy = description.listeners.into_iter().find(|it| it.what == ListenerKind::Proxy);
        Self { at: proxy.unwrap().at, session, _control: control, _runtime: runtime }
    }

    /// What it has answered to this since the last call: `CONNECT login.windows.net:443`.
    pub(crate) fn answers(&self, what: &str) -> Vec<String> {
        let entries = self.session.live().take_journal().into_iter();
        let answers = entries.filter(|it| it.what == what && it.to == "10.0.0.5:8080");
        answers.map(|it| it.answer).collect()
    }
}

/// It answers on the runtime's own thread while the caller waits for a client.
fn open_play(
    play: Play,
    initial: InitialState,
    pace: Pace,
) -> (Runtime, (Arc<Session>, Control, Description)) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
    let opened = runtime.block_on(async {
        let options = Options { fidelity: Fidelity::Loopback, ..Options::default() };
        let session = Arc::new(Session::open(play, &options, initial, pace).await.unwrap());
        let control = Control::open(Arc::clone(&session)).await.unwrap();
        let description = control.description().await;
        (session, control, description)
    });
    (runtime, opened)
}

/// A fault for a world in which it is not.
const ANY: &str = "service-stopped = { name = 'MSiSCSI' }";

fn play(given: &str, fault: &str) -> Play {
    let text = format!(
        r#"
title   = "A world for clients"
control = "Only they use it."
article = "zh-2019-05"
{given}

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
