//! The parameters of a fault, a setting or a remedy.

use marslab::action_spec::ActionSpec;
use marslab::param_docs::{Need, Parameter, parameters};

/// For each parameter: its name, whether it is required, and its description.
pub(super) fn of<T: ?Sized>(kind: &ActionSpec<T>) -> Vec<[String; 3]> {
    let row = |parameter: &Parameter| {
        let need = match &parameter.need {
            Need::Required => "required".to_owned(),
            Need::Default(value) => format!("default {value}"),
            Need::Optional => "optional".to_owned(),
        };
        [parameter.name.clone(), need, describe(parameter)]
    };
    parameters(kind).iter().map(row).collect()
}

/// The description of a parameter, with its values if they are few.
fn describe(parameter: &Parameter) -> String {
    let choices: Vec<&str> = parameter.of.choices.iter().map(|it| it.value.as_str()).collect();
    match choices.as_slice() {
        [] => parameter.summary.clone(),
        choices => format!("{} ({})", parameter.summary, choices.join(", ")),
    }
}
