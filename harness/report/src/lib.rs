//! Reports of runs, and pages made from the tables.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`report`] | folds over a run's events: terminal, JSON, JUnit, HAR, HTML, the explanation |
//! | [`mod@reference`] | the generated reference |
//! | [`look_alikes`] | which causes can be told apart through the host port |
//! | [`limits_table`] | the product's limits, and the plays on either side of each |
//!
//! Absent: playing, printing, the command line.

pub mod limits_table;
pub mod look_alikes;
pub mod reference;
pub mod report;
