//! The lab: scenario files, faults, settings and remedies, and the catalogue of documented failures.

pub mod catalogue;
pub mod check;
pub mod corpus;
pub mod door;
pub mod event;
pub mod examiner;
pub mod faults;
pub mod judge;
pub mod kind;
pub mod live;
pub mod param;
pub mod play;
pub mod process;
pub mod remedies;
pub mod runner;
pub mod scenario;
pub mod schema;
pub mod settings;
pub mod subject;
pub mod verdict;

pub use marslab_fakes::base;

mod edit;
