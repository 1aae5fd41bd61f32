//! Tests that need a program which a machine may lack: Python, curl with NTLM, gss-ntlmssp, OpenSSL, dig, Chromium, a container engine.
//!
//! Where it is missing the test is reported as *ignored*, with the reason. Where `MARSLAB_REQUIRE` names it, as in
//! `MARSLAB_REQUIRE="python curl openssl dig chromium engine"`, that is a failure: so CI cannot skip anything unnoticed.
//!
//! `cargo test -p marslab-tests --test tools`; subjects in containers need `--features containers` as well.
#![expect(clippy::unwrap_used, reason = "a test ends where its preparations fail")]

use libtest_mimic::Arguments;

mod chromium;
mod curl;
mod dig;
mod engine;
mod environment;
mod python;
mod session;
mod tls;
mod tool;

fn main() {
    let trials = [
        python::trials(),
        curl::trials(),
        chromium::trials(),
        environment::trials(),
        dig::trials(),
        tls::trials(),
        engine::trials(),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials.into_iter().flatten().collect()).exit();
}
