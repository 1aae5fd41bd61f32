use marslab_model::world::Cast;

use super::{Additions, embedded, in_world};

#[test]
fn every_message_of_a_row_is_there() {
    let product = embedded();
    assert!(product.shown().len() > 20 && product.preconditions().is_empty());
    assert!(product.shown().iter().all(|row| product.messages().contains_key(&row.message)));
}

/// Only the last row holds for everything, so that no failure is without a message.
#[test]
fn the_last_row_is_for_whatever_is_left() {
    let rows = embedded().shown();
    let last = rows.last().unwrap();
    assert_eq!(last.message.as_str(), "100050");
    let bare = Additions { shown: vec![last.clone()], ..Additions::default() };
    assert_eq!(embedded().with(bare).unwrap_err().len(), rows.len());
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
    assert!(std::sync::Arc::ptr_eq(embedded(), &in_world(embedded(), &cast).unwrap()));
}
