use super::super::syntax::Span;
use super::super::value::Value;
use super::{Arguments, Given};

const PARAMETERS: &[&str] = &["Name=ServiceName", "Path", "…", "Force!", "First", "FirstOfAll"];

fn bind(given: Vec<Given>) -> Result<Arguments, String> {
    Arguments::bind(PARAMETERS, &["Filter"], given).map_err(|failure| failure.id().to_owned())
}

fn named(name: &str) -> Given {
    Given::Parameter(name.to_owned(), None, Span::default())
}

fn value(text: &str) -> Given {
    Given::Value(Value::text(text), Span::default())
}

#[test]
fn names_may_be_cut_short_and_places_are_filled_in_order() {
    let bound = bind(vec![value("a"), named("fo"), value("b")]).unwrap();
    assert_eq!(bound.text("Name").as_deref(), Some("a"));
    assert_eq!(bound.text("Path").as_deref(), Some("b"));
    assert!(bound.is_on("Force"));
    let bound = bind(vec![named("servicename"), value("x"), value("y")]).unwrap();
    assert_eq!((bound.text("Name"), bound.text("Path")), (Some("x".into()), Some("y".into())));
    let bound = bind(vec![named("First"), value("2")]).unwrap();
    assert_eq!(bound.number("First").unwrap(), Some(2));
}

#[test]
fn what_does_not_fit_is_refused() {
    for (given, id) in [
        (vec![named("Nothing")], "NamedParameterNotFound"),
        (vec![named("Fi"), value("1")], "AmbiguousParameter"),
        (vec![named("Name")], "MissingArgument"),
        (vec![named("Name"), named("Force")], "MissingArgument"),
        (vec![value("1"), value("2"), value("3")], "PositionalParameterNotFound"),
        (vec![named("Filt"), value("x")], "NotInLab"),
    ] {
        assert_eq!(bind(given.clone()).unwrap_err(), id, "{given:?}");
    }
    let bound = bind(vec![named("First"), value("many")]).unwrap();
    assert!(bound.number("First").is_err());
}
