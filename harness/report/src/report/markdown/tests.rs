use marslab_engine::event::{Event, PlayInfo};
use marslab_engine::verdict::{InconclusiveReason, Verdict};
use snapbox::{assert_data_eq, str};

use super::write;
use crate::report::Summary;
use crate::report::tests::{confirmed, info, mismatch, run_started};

fn text(events: impl IntoIterator<Item = Event>) -> String {
    let mut summary = Summary::default();
    events.into_iter().for_each(|event| summary.add(event));
    let mut out = Vec::new();
    write(&mut out, &summary).unwrap();
    String::from_utf8(out).unwrap()
}

fn odd() -> [Event; 7] {
    let file = PlayInfo { file: Some("a,b/issue.toml".to_owned()), line: Some(3), ..info("issue") };
    let reason = InconclusiveReason::NeverBlocked { fault: "x".to_owned() };
    [
        run_started(3),
        Event::PlayStarted { index: 0, play: file },
        Event::PlayEnded { index: 0, verdict: Verdict::Mismatch(mismatch()) },
        Event::PlayStarted { index: 1, play: info("b|c") },
        Event::PlayEnded { index: 1, verdict: Verdict::Inconclusive { reason } },
        Event::PlayStarted { index: 2, play: info("good") },
        confirmed(2),
    ]
}

#[test]
fn what_was_not_confirmed_is_told() {
    assert_data_eq!(
        text(odd()),
        str![[r#"
## marslab: 3 plays, 1 confirmed, 1 mismatch, 1 inconclusive

Subject `reference`, seed 4711, memory.

| play | | expected | seen |
| --- | --- | --- | --- |
| b/|c | inconclusive |  | the fault `x` made no difference to the operation in any round; remove it, or give it a scenario of its own |
| issue | beat 3 (diagnosed): not found | the subject finds `kek-missing` | the subject found `scratch-volume-low` (a line<br>and another�[31m) |

```console
$ marslab run --seed 4711 --fidelity memory --exact [..]
```

"#]]
    );
}

#[test]
fn where_all_is_well_little_is_said() {
    let started = Event::PlayStarted { index: 0, play: info("good") };
    assert_data_eq!(
        text([run_started(1), started, confirmed(0)]),
        str![[r#"
## marslab: 1 play, 1 confirmed

Subject `reference`, seed 4711, memory.

"#]]
    );
}
