use super::entries;

#[test]
fn examples_show_something() {
    for entry in entries().unwrap() {
        let name = entry.call.name();
        assert!(entry.answer.get("refused").is_none(), "{name}: {}", entry.answer);
        let arguments = entry.arguments.as_object().unwrap();
        let known: Vec<&str> = entry.call.arguments.iter().map(|it| it.name).collect();
        assert!(arguments.keys().all(|it| known.contains(&it.as_str())), "{name}: {arguments:?}");
        let required = entry.call.arguments.iter().filter(|it| !it.is_optional());
        for argument in required {
            assert!(arguments.contains_key(argument.name), "{name}: {}", argument.name);
        }
    }
}

#[test]
fn every_call_says_what_answers_it_on_windows() {
    for entry in entries().unwrap() {
        let (name, about) = (entry.call.name(), entry.call.about());
        assert!(entry.call.windows.contains('`'), "{name}: {}", entry.call.windows);
        assert!(about.ends_with('.') && !about.contains("[`"), "{name}: {about}");
    }
}
