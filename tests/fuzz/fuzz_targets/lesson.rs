//! Lessons from anywhere.
#![no_main]

use libfuzzer_sys::fuzz_target;
use marslab_scenario::lesson;

fuzz_target!(|text: &str| {
    if let Ok(lesson) = lesson::read("fuzzed", text) {
        assert!(!lesson.exercises.is_empty());
    }
});
