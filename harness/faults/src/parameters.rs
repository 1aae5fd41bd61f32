//! How the reference describes parameters.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::param_docs::{Need, Parameter, parameters};

use crate::faults::fault;

#[track_caller]
fn check<T: ?Sized>(
    kind: Option<&ActionSpec<T>>,
    name: &str,
    need: &Need,
    words: &str,
) -> Parameter {
    let all = parameters(kind.unwrap());
    let found = all.into_iter().find(|parameter| parameter.name == name).unwrap();
    assert_eq!((&found.need, found.of.words.as_str()), (need, words));
    found
}

#[test]
fn types() {
    let to = check(fault("blocks"), "to", &Need::Required, "array of strings, at least one");
    assert_eq!(to.of.named.as_deref(), Some("Target"));
    let drop = Need::Default("\"drop\"".to_owned());
    let action = check(fault("blocks"), "action", &drop, "one of these strings");
    let choices: Vec<&str> = action.of.choices.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(choices, ["drop", "reset", "unreachable"]);
    assert!(action.of.choices.iter().all(|it| !it.summary.is_empty()));
    check(fault("blocks"), "port", &Need::Optional, "integer from 1 to 65535");
    let off = Need::Default("false".to_owned());
    check(fault("service-stopped"), "disabled", &off, "`true` or `false`");
    check(fault("time-passes"), "hours", &Need::Required, "integer from 1 to 26280");
    let address = check(fault("agent-proxy"), "address", &Need::Optional, "string");
    assert_eq!(address.of.named.as_deref(), Some("ProxyUrl"));
}
