use marslab_engine::event::Event;
use snapbox::{assert_data_eq, str};

use super::write;
use crate::report::tests::events::{confirmed, odd, run_started, started, text_of};

fn text(events: impl IntoIterator<Item = Event>) -> String {
    text_of(write, events)
}

#[test]
fn what_was_not_confirmed_is_told() {
    assert_data_eq!(
        text(odd()),
        str![[r#"
::warning title=inconclusive%3A b|c::the fault `x` made no difference to the operation in any round; remove it, or give it a file of its own and run both at once, as `one.toml+two.toml`
::error file=a%2Cb/issue.toml,line=3,title=mismatch%3A issue::beat 3 (diagnosed): not found%0Aexpected: the subject finds `kek-missing`%0Aseen: the subject found `scratch-volume-low` (a line%0Aand another�[31m)

"#]]
    );
}

#[test]
fn where_all_is_well_little_is_said() {
    assert_data_eq!(text([run_started(1), started(0, "good"), confirmed(0)]), str![[""]]);
}
