use std::collections::BTreeMap;

use marslab_model::Name;
use proptest::prelude::*;

use super::{When, expand, fits, steps, without_prompt};

fn texts(line: &str) -> Vec<(When, Vec<String>)> {
    let each = steps(line).into_iter();
    each.map(|it| (it.when, it.stages.into_iter().map(|stage| stage.text).collect())).collect()
}

#[test]
fn connectors_and_pipes() {
    assert_eq!(
        texts("net stop obengine && net start obengine | find \"a & b\" || echo ^& no & ver"),
        [
            (When::Always, vec!["net stop obengine".to_owned()]),
            (
                When::AfterSuccess,
                vec!["net start obengine".to_owned(), "find \"a & b\"".to_owned()]
            ),
            (When::AfterFailure, vec!["echo & no".to_owned()]),
            (When::Always, vec!["ver".to_owned()]),
        ]
    );
}

#[test]
fn redirections_are_taken_out() {
    let mut step = steps(r#"dir /b >> "C:\a b.txt" 2>nul"#);
    let stage = step.pop().unwrap().stages.pop().unwrap();
    let output = stage.output.unwrap();
    assert_eq!((stage.text.as_str(), stage.hides_errors), ("dir /b", true));
    assert_eq!((output.file.as_str(), output.appends), (r"C:\a b.txt", true));
    let merged = steps("sc query x>nul 2>&1").pop().unwrap().stages.pop().unwrap();
    assert_eq!((merged.text.as_str(), merged.output.unwrap().file.as_str()), ("sc query x", "nul"));
}

#[test]
fn variables_are_put_in() {
    let variables = BTreeMap::from([(Name::new("TEMP"), r"C:\Windows\Temp".to_owned())]);
    assert_eq!(expand(r"del %temp%\*.tmp", &variables), r"del C:\Windows\Temp\*.tmp");
    assert_eq!(
        expand("100 % and %none% of %TEMP%", &variables),
        r"100 % and %none% of C:\Windows\Temp"
    );
}

#[test]
fn patterns() {
    assert!(fits("*.tmp", "tmp1A.TMP") && fits("*.*", "README") && fits("a?c", "abc"));
    assert!(!fits("*.tmp", "a.tmp.txt") && !fits("a?c", "ac") && fits("*a*", "banana"));
}

#[test]
fn a_pasted_prompt_is_left_out() {
    let pasted = r"PS C:\WINDOWS\system32> Get-ExecutionPolicy -List";
    assert_eq!(without_prompt(pasted), "Get-ExecutionPolicy -List");
    assert_eq!(without_prompt(r"C:\>net start"), "net start");
    assert_eq!(without_prompt("dir > out.txt"), "dir > out.txt");
}

proptest! {
    #[test]
    fn any_line_can_be_read(line in ".{0,60}") {
        let variables = BTreeMap::from([(Name::new("a"), "%a%".to_owned())]);
        let expanded = expand(&line, &variables);
        let read = steps(&expanded);
        prop_assert!(!read.is_empty() && read.iter().all(|step| !step.stages.is_empty()));
    }

    #[test]
    fn what_is_quoted_is_one_stage(inner in "[ a-z&|>^]{0,20}") {
        let line = format!("echo \"{inner}\"");
        prop_assert_eq!(texts(&line), [(When::Always, vec![line])]);
    }

    #[test]
    fn every_name_fits_itself_and_a_star(name in "[a-z.]{0,12}") {
        let ending = format!("*{name}");
        prop_assert!(fits(&name, &name) && fits("*", &name) && fits(&ending, &name));
    }
}
