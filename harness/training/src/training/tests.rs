//! A training as its trainee meets it.

use std::time::Duration;

use marslab_engine::left_behind::Ending;
use marslab_faults::faults::FAULTS;
use marslab_model::world::Language;
use marslab_scenario::corpus;

use super::{Setup, Training, TrainingError};
use crate::choice::{Choice, ChoiceError};
use crate::debrief::Ended;
use crate::hints::causes;
use crate::record::{Record, RecordError};

async fn open(name: &str) -> Training {
    open_in(name, Language::English).await
}

async fn open_in(name: &str, language: Language) -> Training {
    let play = corpus::plays().find(|play| play.name == name).unwrap();
    Training::open(play, setup(language)).await.unwrap()
}

fn setup(language: Language) -> Setup {
    let limit = Some(Duration::from_secs(1800));
    Setup { id: "T-1".to_owned(), seed: 4711, language, limit }
}

async fn type_all(training: &mut Training, lines: &[&str]) -> String {
    let mut printed = String::new();
    for line in lines {
        printed += &training.enter(line, Duration::from_secs(60)).await.unwrap().text;
    }
    printed
}

#[tokio::test]
async fn the_documented_remedy_and_the_cause_give_full_points_but_for_looking() {
    let mut training = open("agent-service-stopped").await;
    let printed = type_all(
        &mut training,
        &["check", "submit agent-service-stopped", "do start-agent-service", "check"],
    )
    .await;
    assert!(
        printed.contains("It does not work yet.") && printed.contains("It works now."),
        "{printed}"
    );
    let debrief = training.end(Ended::Quit, Duration::from_secs(90)).await.unwrap();
    assert_eq!((debrief.ending, debrief.score, debrief.is_cause_found), (Ending::Cured, 85, true));
    assert!(debrief.collateral.is_empty() && debrief.looked_at.is_empty(), "{debrief}");
    assert_eq!(debrief.missed.len(), 1);
}

#[tokio::test]
async fn nothing_done_is_not_cured_and_hints_cost() {
    let mut training = open("agent-service-stopped").await;
    let printed =
        type_all(&mut training, &["hint", "hint", "hint", "hint", "submit x", "note odd"]).await;
    assert!(printed.contains("there are no more hints"), "{printed}");
    assert!(printed.contains("unknown cause `x`"), "{printed}");
    let debrief = training.end(Ended::TimeUp, Duration::from_secs(1800)).await.unwrap();
    assert_eq!((debrief.ending, debrief.score, debrief.hints), (Ending::NotCured, 0, 3));
    assert_eq!(debrief.notes, ["odd"]);
}

/// Who goes around a fault is told what is still changed, and why it counts, in each language.
#[tokio::test]
async fn what_was_worked_around_is_told_with_the_reason() {
    let mut training = open("server-renamed-after-registration").await;
    let printed = type_all(&mut training, &["do register-and-configure", "check"]).await;
    assert!(printed.contains("It works now."), "{printed}");
    assert!(training.debriefs().is_none(), "nothing is told before the end");
    let own = training.end(Ended::Quit, Duration::ZERO).await.unwrap().clone();
    assert_eq!(own.ending, Ending::Masked, "{own}");
    let debriefs = training.debriefs().unwrap();
    assert_eq!(debriefs[0], own);
    for (debrief, (changed, reason)) in debriefs.iter().zip([
        ("the computer name", "The operation works because the repair went around this"),
        ("コンピューター名", "避けて通ったからです"),
        ("컴퓨터 이름", "피해 갔기 때문입니다"),
        ("電腦名稱", "是因為繞過了這一點"),
    ]) {
        let told = debrief.told();
        let list = told.lists.iter().find(|it| it.why.is_some()).unwrap();
        assert!(list.items.iter().any(|it| it.contains(changed)), "{list:?}");
        assert!(list.why.as_ref().unwrap().contains(reason), "{list:?}");
        assert!(debrief.to_string().contains(reason), "{debrief}");
    }
}

/// The terminal prints what the page is made of, and of a long list only its beginning.
#[tokio::test]
async fn a_debrief_is_read_from_top_to_bottom() {
    let mut training = open("agent-service-stopped").await;
    let notes: Vec<String> = (0..14).map(|number| format!("note number {number}")).collect();
    type_all(&mut training, &notes.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let debrief = training.end(Ended::Quit, Duration::ZERO).await.unwrap();
    let (told, printed) = (debrief.told(), debrief.to_string());
    let notes = told.lists.iter().find(|it| it.heading == "Your notes").unwrap();
    assert_eq!((notes.items.len(), notes.more.as_deref()), (12, Some("and 2 more")));
    let lists = told.lists.iter().map(|list| list.to_string());
    let parts = [told.score.clone(), told.was.clone()].into_iter().chain(lists);
    let mut rest = printed.as_str();
    for part in parts.chain(told.section.clone()) {
        rest = rest.split_once(&part).unwrap_or_else(|| panic!("`{part}` is not in\n{rest}")).1;
    }
    for (title, steps) in &told.remedies {
        assert!(rest.contains(title) && steps.iter().all(|step| rest.contains(step)), "{rest}");
    }
}

/// Before the last hint and the end, nothing that a trainee gets names scenario, fault or cause.
#[tokio::test]
async fn nothing_is_told_before_the_end() {
    let plays: Vec<_> = corpus::plays().filter(|play| play.fails()).step_by(40).collect();
    for play in plays {
        let mut training = Training::open(play, setup(Language::English)).await.unwrap();
        let lines = ["help", "operate", "check", "hint", "hint", "time", "hostname", "note none"];
        let mut told = format!("{}{}", training.ticket(), training.prompt());
        told += &type_all(&mut training, &lines).await;
        told += &training.completions("h").join(" ");
        told += &training.record().to_json().unwrap();
        let own = play.source_words();
        for word in own {
            assert!(!told.contains(&word), "{}: `{word}` in\n{told}", play.name);
        }
        let last = type_all(&mut training, &["hint"]).await;
        assert!(last.contains(causes(play)[0].id.as_str()), "{last}");
        training.end(Ended::Quit, Duration::ZERO).await.unwrap();
        assert!(training.record().to_json().unwrap().contains(&play.name));
    }
}

/// What would tell what a play is about.
trait SourceWords {
    fn source_words(&self) -> Vec<String>;
}

impl SourceWords for marslab_scenario::scenario::Play {
    fn source_words(&self) -> Vec<String> {
        let mut words = vec![self.name.clone(), self.title.clone()];
        let named = self.faults.iter().map(|fault| fault.name).filter(|name| name.contains('-'));
        words.extend(named.map(str::to_owned));
        words.extend(causes(self).iter().flat_map(|it| [it.id.to_string(), it.title.clone()]));
        words.extend(self.cures.iter().map(|cure| cure.remedy.name.to_owned()));
        assert!(self.faults.iter().all(|fault| FAULTS.iter().any(|it| it.name == fault.name)));
        words
    }
}

#[tokio::test]
async fn tickets_are_in_the_customers_language() {
    let languages = [
        (Language::English, "What was tried"),
        (Language::Japanese, "試した操作"),
        (Language::Korean, "시도한 작업"),
        (Language::ChineseTraditional, "嘗試的作業"),
    ];
    for (language, label) in languages {
        let training = open_in("agent-service-stopped", language).await;
        assert!(training.ticket().to_string().contains(label));
        assert_eq!(training.ticket().complaint.language, language);
    }
}

#[tokio::test]
async fn a_record_is_read_again_and_bad_ones_are_refused() {
    let mut training = open("agent-service-stopped").await;
    type_all(&mut training, &["hostname", "check"]).await;
    training.end(Ended::Interrupted, Duration::from_secs(5)).await.unwrap();
    let text = training.record().to_json().unwrap();
    assert_eq!(&Record::read(&text).unwrap(), training.record());
    assert!(matches!(Record::read("{"), Err(RecordError::Bad(_))));
    assert!(matches!(Record::read(&text.replacen('1', "2", 1)), Err(RecordError::Version(2))));
    assert!(matches!(
        Record::read(&text.replacen("ticket", "tickets", 1)),
        Err(RecordError::Bad(_))
    ));
}

#[tokio::test]
async fn a_play_without_a_cure_is_refused() {
    let control = corpus::plays().find(|play| play.cures.is_empty()).unwrap();
    let refused = Training::open(control, setup(Language::English)).await;
    assert!(matches!(refused, Err(TrainingError::Choice(ChoiceError::NothingToRepair(_)))));
}

#[test]
fn choices_are_drawn_from_what_fits() {
    let any = Choice::default();
    assert_eq!(any.draw(1).unwrap().name, any.draw(1).unwrap().name);
    let section = Some("unable-to-connect".to_owned());
    let choice = Choice { section, difficulty: None };
    for seed in 0..20 {
        let play = choice.draw(seed).unwrap();
        assert!(crate::choice::section_of(play).unwrap().contains("unable-to-connect"));
    }
    let odd = Choice { section: Some("odd".to_owned()), difficulty: None };
    assert_eq!(odd.draw(1).unwrap_err(), ChoiceError::UnknownSection("odd".to_owned()));
    let several = Choice { section: Some("the".to_owned()), difficulty: None };
    assert!(matches!(several.draw(1), Err(ChoiceError::SeveralSections { .. })));
    for level in crate::difficulty::LEVELS {
        let choice = Choice { section: None, difficulty: Some(level) };
        assert_eq!(crate::difficulty::of(&choice.draw(7).unwrap().name), Some(level));
    }
}
