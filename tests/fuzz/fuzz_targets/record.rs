//! Records of trainings from anywhere.
#![no_main]

use libfuzzer_sys::fuzz_target;
use marslab_training::record::Record;

fuzz_target!(|text: &str| {
    if let Ok(record) = Record::read(text) {
        let again = record.to_json().map(|text| Record::read(&text).ok());
        assert_eq!(again.ok().flatten(), Some(record));
    }
});
