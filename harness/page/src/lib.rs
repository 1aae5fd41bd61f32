//! A session, a training or a class in the browser, on this machine only.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `server`, `guard`, `reply` | the HTTP server, who may see it, what each answer carries |
//! | `visit` | a person before a page: what they may see and do |
//! | `demonstration` | one before a session, who may do everything |
//! | `class` | trainees, each with a world of their own, and their trainer |
//! | `shown` | what a page shows besides the world: language, typed lines |
//! | `view` | the page, made on the server; one file a part |
//! | `picture` | the live picture of server, proxies, firewall and cloud |
//! | `stream` | server-sent events: the picture, and that something has changed |
//! | `texts` | what the page says, in four languages |
//!
//! The page looks at the machine through the host port, as its administrator. The browser gets finished pages; one script of
//! our own replaces their parts while it is open, and without it forms and links do the same.
//!
//! A trainee's visit has the world and not the play: the answer is not there before the end.
//!
//! Absent: any address but the page's own; files; judging.

mod class;
mod demonstration;
mod guard;
mod picture;
mod reply;
mod server;
mod shown;
mod stream;
mod texts;
mod traffic;
mod view;
mod visit;

pub use class::{Keeper, Setting};
pub use server::Page;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
