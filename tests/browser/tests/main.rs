//! `marslab up --page` and `train --page` in a real browser: Chromium, driven over WebDriver. Where it is missing the tests are reported as *ignored*,
//! with the reason, unless `MARSLAB_REQUIRE` names `chromium`.
//!
//! A test opens a link in a [`window::Window`], does there what a person does, and reads what is to be seen. Pages of other commands
//! are tested the same way: start the command with [`started::Page`], which reads the link that it prints.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails if its preparation does, or if what it waits for never comes"
)]

use libtest_mimic::{Arguments, Trial};

mod driver;
mod looks;
mod page;
mod readme;
mod started;
#[path = "../../src/tool.rs"]
mod tool;
mod training;
mod window;

fn main() {
    let trials = [page::trials(), training::trials(), looks::trials(), readme::trials()];
    libtest_mimic::run(&Arguments::from_args(), trials.into_iter().flatten().collect()).exit();
}

/// A test that needs the browser.
fn trial<T: Future<Output = ()> + 'static>(name: &str, test: fn() -> T) -> Trial {
    tool::trial("chromium", name, driver::missing, move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(test());
    })
}
