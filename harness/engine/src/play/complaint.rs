//! What a subject is told.

use marslab_model::world::Language;
use marslab_model::{Complaint, Name, Outcome};
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::scenario::Play;

/// The complaint about a play's operation that has ended like this on a machine: the customer's own words, where the scenario
/// has them; else the message that was shown; else what the scenario has the customer say.
pub fn complaint(play: &Play, ended: &Outcome, machine: Name, language: Language) -> Complaint {
    let message = match (play.own_words(), ended) {
        (None, Outcome::Failed(symptom)) => &symptom.message,
        _ => play.says(Catalogue::known(), language),
    };
    let operation = play.reported_operation.unwrap_or(play.operation);
    let (version, message) = (Complaint::VERSION, message.to_owned());
    Complaint { version, machine, operation, message, language }
}
