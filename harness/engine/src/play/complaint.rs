//! What a subject is told.

use marslab_model::world::Language;
use marslab_model::{Complaint, Name, Outcome};
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::scenario::Play;

/// The complaint about a play's operation that has ended like this on a machine: the message that was shown, or else what the
/// scenario has the customer say.
pub fn complaint(play: &Play, ended: &Outcome, machine: Name, language: Language) -> Complaint {
    let message = match ended {
        Outcome::Failed(symptom) => symptom.message.clone(),
        Outcome::Succeeded => play.says(Catalogue::embedded(), language).to_owned(),
    };
    let operation = play.reported_operation.unwrap_or(play.operation);
    Complaint { version: Complaint::VERSION, machine, operation, message, language }
}
