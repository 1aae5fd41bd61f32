use marslab_model::Operation;
use marslab_model::host::FileError;
use proptest::collection::btree_set;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Failed, Shown, Status};
use crate::product::{AgentVersion, AgentVersions};
use crate::step::Step;
use crate::step_error::{Kind, StepError};

fn error(status: u16, code: &str) -> StepError {
    StepError::Answer { call: "StartBackup", status, code: code.to_owned(), description: None }
}

fn errors() -> impl Strategy<Value = StepError> {
    (select(&[400_u16, 409, 500][..]), select(&["A", "B"][..]), any::<bool>()).prop_map(
        |(status, code, is_answer)| {
            if is_answer {
                error(status, code)
            } else {
                StepError::TemporaryFile(FileError::DiskFull)
            }
        },
    )
}

fn versions() -> impl Strategy<Value = AgentVersion> {
    select(&["1.0", "2.0.9082", "2.0.9249"][..]).prop_map(AgentVersion::installed)
}

const OPERATIONS: [Operation; 2] = [Operation::Backup, Operation::Restore];
const STEPS: [Step; 3] = [Step::SignIn, Step::SendBackup, Step::AttachVolume];

fn rows() -> impl Strategy<Value = Shown> {
    let statuses = [Status::Is(400), Status::Is(409), Status::Class(4), Status::Class(5)];
    let agent = (option::of(versions()), option::of(versions()));
    (
        btree_set(select(OPERATIONS.to_vec()), 0..2),
        btree_set(select(STEPS.to_vec()), 0..3),
        btree_set(select(vec![Kind::Answer, Kind::TemporaryFile]), 0..2),
        btree_set(select(vec!["A".to_owned(), "disk-full".to_owned()]), 0..2),
        btree_set(select(statuses.to_vec()), 0..3),
        agent.prop_map(|(from, below)| AgentVersions { from, below }),
    )
        .prop_map(|(operations, steps, kinds, codes, statuses, agent)| Shown {
            operations,
            steps,
            kinds,
            codes,
            statuses,
            agent,
            message: "100050".into(),
            second_line: None,
            source: String::new(),
        })
}

proptest! {
    /// A row that covers another one holds wherever that does.
    #[test]
    fn what_covers_a_row_holds_with_it(
        (wide, narrow) in (rows(), rows()),
        (operation, step) in (select(OPERATIONS.to_vec()), option::of(select(STEPS.to_vec()))),
        (error, version) in (errors(), versions()),
    ) {
        let failed = Failed { operation, step, error: &error };
        let holds = |row: &Shown| row.holds(&failed, &|| version.clone());
        prop_assert!(wide.covers(&wide));
        prop_assert!(!wide.covers(&narrow) || !holds(&narrow) || holds(&wide));
    }
}

/// Whatever the agent looks at is recorded, so that a row of another step must not make it look.
#[test]
fn the_version_is_asked_for_only_where_it_decides() {
    let row: Shown = serde_json::from_value(serde_json::json!({
        "steps": ["send-backup"], "agent": { "from": "2.0" }, "message": "100050", "source": "",
    }))
    .unwrap();
    let error = error(409, "");
    let failed = |step| Failed { operation: Operation::Backup, step, error: &error };
    let unasked = || panic!("asked");
    assert!(!row.holds(&failed(Some(Step::SignIn)), &unasked));
    assert!(!row.holds(&failed(None), &unasked));
    assert!(row.holds(&failed(Some(Step::SendBackup)), &|| AgentVersion::installed("2.0.9083")));
}
