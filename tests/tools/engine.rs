//! Subjects in containers, which use the door as any other program does.
//!
//! The client of the container engine brings a hundred crates, so it needs the feature `containers`; without it the test is
//! ignored.

use libtest_mimic::Trial;

use crate::tool::Tool;

#[cfg(feature = "containers")]
mod subject;

#[cfg(feature = "containers")]
pub(crate) use subject::missing;

/// Why no container can be started.
#[cfg(not(feature = "containers"))]
pub(crate) fn missing() -> Option<String> {
    Some("this was built without the feature `containers`".to_owned())
}

pub(crate) fn trials() -> Vec<Trial> {
    let test = || {
        #[cfg(feature = "containers")]
        subject::is_judged_as_any_other();
    };
    vec![Tool::Engine.trial("a_subject_in_a_container_is_judged_as_any_other", test)]
}
