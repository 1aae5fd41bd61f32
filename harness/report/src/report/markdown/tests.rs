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
## marslab, 3 plays: 1 confirmed, 1 mismatch, 1 inconclusive

Subject `reference`, seed 4711, memory.

| play | | expected | seen |
| --- | --- | --- | --- |
| b/|c | inconclusive |  | the fault `x` made no difference to the operation in any round; remove it, or give it a file of its own and run both at once, as `one.toml+two.toml` |
| issue | beat 3 (diagnosed): not found | the subject finds `kek-missing` | the subject found `scratch-volume-low` (a line<br>and another�[31m) |

```console
$ marslab run --seed 4711 --fidelity memory --exact [..]
```

"#]]
    );
}

#[test]
fn where_all_is_well_little_is_said() {
    assert_data_eq!(
        text([run_started(1), started(0, "good"), confirmed(0)]),
        str![[r#"
## marslab, 1 play: 1 confirmed

Subject `reference`, seed 4711, memory.

"#]]
    );
}
