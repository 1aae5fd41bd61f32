use super::{LessonError, lessons, read};

#[test]
fn the_lessons_of_this_build_are_good() {
    for (name, text) in marslab_scenarios::LESSONS {
        read(name, text).unwrap();
    }
    assert!(lessons().len() >= 5 && lessons().len() == marslab_scenarios::LESSONS.len());
}

/// A lesson with one exercise.
fn lesson(scenario: &str) -> String {
    let words = |of: &str| format!("[{of}]\nen = \"a\"\nja = \"b\"\nko = \"c\"\nzh = \"d\"\n");
    let (title, begin) = (words("title"), words("begin"));
    let (before, after) = (words("exercise.before"), words("exercise.after"));
    format!("{title}{begin}[[exercise]]\nscenario = \"{scenario}\"\n{before}{after}")
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    assert_eq!(
        read("x", &lesson("kek-missing")).unwrap_err().to_string(),
        scenario("kek-missing", "is no scenario")
    );
    let control = "antivirus-watches-dpmra";
    assert_eq!(
        read("x", &lesson(control)).unwrap_err().to_string(),
        scenario(control, "has nothing to repair")
    );
    let good = lesson("agent-service-stopped");
    assert_eq!(read("x", &good).unwrap().exercises.len(), 1);
    let lacking = good.replacen("ko = \"c\"\n", "", 1);
    assert_eq!(
        read("x", &lacking).unwrap_err().to_string(),
        "x.toml: `title` needs `en`, `ja`, `ko` and `zh`"
    );
    let without = good.split("[[").next().unwrap();
    assert!(matches!(read("x", without), Err(LessonError::Exercises { .. })));
    let odd = good.replacen("[begin]", "[beginn]", 1);
    assert!(read("x", &odd).unwrap_err().to_string().contains("unknown field `beginn`"));
    assert!(matches!(read("x", &" ".repeat(300_000)), Err(LessonError::TooLarge { .. })));
}

fn scenario(name: &str, why: &str) -> String {
    format!("x.toml:12: `{name}` {why}; `marslab list` shows the scenarios")
}
