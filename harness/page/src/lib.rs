//! A session in the browser, on this machine only.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `server`, `guard`, `reply` | the HTTP server, who may see it, what each answer carries |
//! | `visit` | a person before a world: language, typed lines, whether the answer is shown |
//! | `view` | the page, made on the server; one file a part |
//! | `picture` | the live picture of server, proxies, firewall and cloud |
//! | `stream` | server-sent events: the picture, and that something has changed |
//! | `texts` | what the page says, in four languages |
//!
//! The page looks at the machine through the host port, as its administrator. The browser gets finished pages; one script of
//! our own replaces their parts while it is open, and without it forms and links do the same.
//!
//! Absent: what is wrong, and why; any address but the page's own.

mod guard;
mod picture;
mod reply;
mod server;
mod stream;
mod texts;
mod traffic;
mod view;
mod visit;

pub use server::Page;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
