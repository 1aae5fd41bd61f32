//! Servers as their clients meet them, on every fidelity.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod certificates;
mod cloud;
mod network;
mod portal;
mod proxy;
mod site;
