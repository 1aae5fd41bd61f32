use marslab_model::world::Language;
use marslab_model::{Complaint, DialError, Diagnosis, Name, Operation, Subject};

use crate::ReferenceCore;
use crate::testing::{ADMIN, Machine, Net, told};

async fn diagnose(operation: Operation, machine: Machine) -> Diagnosis {
    let complaint = Complaint {
        version: Complaint::VERSION,
        machine: Name::new("SRV01"),
        operation,
        message: "(ID: 34513) (ID: 100050) (407) 0x1FC07".to_owned(),
        language: Language::English,
    };
    ReferenceCore.diagnose(&complaint, &machine.host()).await.unwrap()
}

#[tokio::test]
async fn a_healthy_machine_has_no_finding_whatever_was_tried() {
    for operation in Operation::ALL {
        let machine = Machine::healthy().with(|machine| {
            machine.sessions.insert(Name::new(ADMIN), "token".to_owned());
        });
        let diagnosis = diagnose(operation, machine).await;
        assert_eq!(told(&diagnosis.findings), [], "{operation}");
    }
    let diagnosis = diagnose(Operation::Register, Machine::unregistered()).await;
    assert_eq!(told(&diagnosis.findings), []);
}
