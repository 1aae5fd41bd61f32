//! What a scenario can do to a world before somebody works in it, one file each.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`faults`] | what breaks it |
//! | [`settings`] | what prepares it, and harms nothing |
//!
//! Absent: remedies, but for the edit of single fields, which a pack may use as one; what is expected.

pub mod faults;
pub mod settings;

#[cfg(test)]
mod parameters;
