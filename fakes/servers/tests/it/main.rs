//! Servers as their clients meet them, on every fidelity.

mod cloud;
mod network;
mod portal;
mod proxy;
mod site;
