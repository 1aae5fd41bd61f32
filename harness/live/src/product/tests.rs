use std::sync::Arc;

use marslab_model::world::Cast;

use super::{embedded, in_world};

#[test]
fn every_message_of_a_row_is_there() {
    let product = embedded();
    assert!(product.shown().len() > 20 && product.preconditions().is_empty());
    assert!(product.shown().iter().all(|row| product.messages().contains_key(&row.message)));
}

/// No failure is without a message.
#[test]
fn the_last_row_is_for_whatever_is_left() {
    let last = serde_json::to_value(embedded().shown().last().unwrap()).unwrap();
    let keys: Vec<&String> = last.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["message", "source"]);
}

#[test]
fn preconditions_name_what_differs_by_roles() {
    let text = r#"
        [[precondition]]
        step = "call-engine"
        call = { volumes = { as = "{admin}" } }
        at = "/ok/{data-drive}"
        needs = "present"
        message = "100050"
        source = "this test"
    "#;
    let product = embedded().with(toml::from_str(text).unwrap()).unwrap().into();
    let cast = Cast::drawn(3);
    let filled = in_world(&product, &cast).unwrap();
    let [precondition] = filled.preconditions() else { panic!("one") };
    assert_eq!(precondition.at, format!("/ok/{}", cast.data.volume().unwrap()));
    assert!(precondition.call.to_string().contains(cast.admin.as_str()), "{}", precondition.call);
    assert!(Arc::ptr_eq(embedded(), &in_world(embedded(), &cast).unwrap()));
}
