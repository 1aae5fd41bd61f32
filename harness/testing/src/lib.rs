//! Hosts for tests of what is written against the host port.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`machine`] | [`TestMachine`]: a machine as plain values, which a test fills in |
//! | [`host`] | [`TestHost`]: such a machine behind the host port |
//! | [`mock`] | [`MockHost`]: a host whose every call a test has to expect |
//!
//! Nothing of any product is known here: which files, keys and services there are is up to the test.

pub mod host;
pub mod machine;
pub mod mock;

pub use host::TestHost;
pub use machine::{TestFile, TestMachine};
pub use mock::MockHost;
