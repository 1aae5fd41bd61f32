use super::of;
use crate::corpus;

#[test]
fn it_depends_on_what_is_played_and_not_on_the_order() {
    let plays: Vec<_> = corpus::plays().take(3).collect();
    let [one, two, three] = plays.as_slice() else { panic!() };
    assert_eq!(of(&[one, two, three]), of(&[three, one, two]));
    assert_ne!(of(&[one, two, three]), of(&[one, two]));
    assert_eq!(of(&[]).len(), 64);
}

#[test]
fn it_depends_on_the_text() {
    let mut changed = corpus::plays().next().unwrap().clone();
    let before = of(&[&changed]);
    if let crate::play::Source::File(file) = &changed.source {
        let text = format!("{}\n# A comment", file.text);
        let file = crate::play::SourceFile::new(file.name.clone(), text);
        changed.source = crate::play::Source::File(std::sync::Arc::new(file));
    }
    assert_ne!(of(&[&changed]), before);
}
