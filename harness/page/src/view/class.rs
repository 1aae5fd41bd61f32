//! The page of a trainer: what is set, and everybody who is at it.

use std::time::Duration;

use marslab_engine::left_behind::Ending;
use marslab_model::world::Language;
use marslab_scenario::scenario::Play;
use marslab_scenario::{corpus, lesson, told};
use marslab_training::choice::is_repairable;
use maud::{Markup, html};

use super::base::{View, table};
use super::query::{Query, TRAINEE, address};
use super::training::minutes;
use super::{Frame, debrief, machine, prompt};
use crate::class::{Seen, Stage, Step};
use crate::texts::Texts;
use crate::texts::training::TrainingTexts;

/// What a trainer sees.
pub(crate) struct Overview<'a> {
    pub(crate) language: Language,
    /// Where the class stands, once something is set.
    pub(crate) step: Option<&'a Step>,
    /// The trainees, by number.
    pub(crate) trainees: &'a [(usize, Seen)],
    /// The trainee whose screen is open.
    pub(crate) open: Option<&'a (usize, Seen)>,
    /// Their machine, while they are at something.
    pub(crate) machine: Option<View<'a>>,
    /// What the address says.
    pub(crate) query: &'a Query,
}

/// The page of a trainer.
pub(crate) fn page(class: &Overview<'_>) -> Markup {
    let texts = TrainingTexts::of(class.language);
    let frame = Frame {
        language: class.language,
        tab: texts.class,
        title: texts.class,
        clock: None,
        back: class.address(),
        // With an exercise, there is an answer, too.
        stage: match class.step.and_then(|it| it.exercise.as_ref()) {
            Some(_) => "trainer with an exercise",
            None => "trainer",
        },
    };
    frame.markup(&html! {
        (class.course(texts))
        (class.choose(texts))
        section.card.trainees aria-labelledby="trainees-h" {
            h2 #trainees-h { (texts.trainees) }
            div #trainees { (class.rows(texts)) }
        }
        div #screen {
            @if let Some((number, seen)) = class.open { (class.screen(*number, seen, texts)) }
        }
        div #world {
            @if let Some(view) = &class.machine { (view.network()) (machine::markup(view)) }
        }
    })
}

impl Overview<'_> {
    fn general(&self) -> &'static Texts {
        Texts::of(self.language)
    }

    fn address(&self) -> String {
        address(&[TRAINEE, "pane", "at"].map(|name| (name, self.query.get(name))))
    }

    fn back(&self) -> Markup {
        html! { input type="hidden" name="back" value=(self.address()); }
    }

    /// What is set, and how it goes on.
    fn course(&self, texts: &TrainingTexts) -> Markup {
        html! {
            section.card.course aria-labelledby="course-h" {
                h2 #course-h { (texts.exercise) }
                div #course {
                    @match self.step {
                        None => p.empty { (texts.nothing_set) },
                        Some(step) => (self.step(step, texts)),
                    }
                }
                @if let Some(exercise) = self.step.and_then(|it| it.exercise.as_ref()) {
                    // Closed, since others may see the trainer's screen.
                    details {
                        summary { (texts.key) }
                        div #key { (self.key(&exercise.play)) }
                    }
                }
            }
        }
    }

    fn step(&self, step: &Step, texts: &TrainingTexts) -> Markup {
        let words = step.exercise.as_ref().and_then(|it| it.words);
        let begin = step.begin.filter(|_| step.next == 0);
        let said = [begin, words.map(|it| it.0), words.map(|it| it.1).filter(|_| step.is_revealed)];
        html! {
            p { (texts.exercise) " " (step.next) " / " (step.count) }
            @for words in said.into_iter().flatten() { p.says { (words.in_language(self.language)) } }
            @if let Some(trouble) = &step.trouble { p.outcome.bad { (trouble) } }
            div.buttons {
                @if step.next < step.count {
                    form.inline method="post" action="/start" {
                        (self.back())
                        button.primary name="number" value=(step.next) {
                            @if step.next == 0 { (texts.start) } @else { (texts.next) }
                        }
                    }
                }
                @if step.exercise.is_some() {
                    (self.button("/end", texts.end_all))
                    @if step.is_revealed {
                        (self.button("/hide", self.general().hide))
                    } @else {
                        (self.button("/reveal", texts.reveal_all))
                    }
                }
            }
        }
    }

    fn button(&self, action: &str, text: &str) -> Markup {
        html! {
            form.inline method="post" action=(action) { (self.back()) button { (text) } }
        }
    }

    /// The answer, for the trainer alone.
    fn key(&self, play: &Play) -> Markup {
        let general = self.general();
        let groups = play.expect.findings.iter().chain(&play.expect.advice);
        let causes = groups.flat_map(|group| &group.any).map(|id| id.as_str());
        let titled = causes.map(|id| (id, told::cause(self.language, id).unwrap_or_default()));
        let remedies = play.cures.iter().map(|cure| cure.remedy.name);
        html! {
            dl {
                dt { (general.scenario) }
                dd { (play.title) " (" code { (play.name) } ")" }
                dt { (TrainingTexts::of(self.language).cause) }
                dd { ul.changes { @for (id, title) in titled { li { (title) " (" code { (id) } ")" } } } }
                dt { (general.remedies) }
                dd {
                    ul.changes {
                        @for name in remedies {
                            @let told = told::remedy(self.language, name);
                            li {
                                (told.as_ref().map_or(name, |it| it.title))
                                ol { @for step in told.iter().flat_map(|it| it.steps) { li { (step) } } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// What can be set.
    fn choose(&self, texts: &TrainingTexts) -> Markup {
        html! {
            section.card.choose aria-labelledby="choose-h" {
                h2 #choose-h { (texts.choose) }
                form.field method="post" action="/lesson" {
                    (self.back())
                    label for="lesson" { (texts.lesson) }
                    select #lesson name="lesson" {
                        @for lesson in lesson::lessons() {
                            option value=(lesson.name) { (lesson.title.in_language(self.language)) }
                        }
                    }
                    button { (texts.set) }
                }
                form.field method="post" action="/scenario" {
                    (self.back())
                    label for="scenario" { (self.general().scenario) }
                    select #scenario name="scenario" {
                        @for play in corpus::plays().filter(|play| is_repairable(play)) {
                            option value=(play.name) { (play.name) }
                        }
                    }
                    button { (texts.set) }
                }
            }
        }
    }

    fn rows(&self, texts: &TrainingTexts) -> Markup {
        let general = self.general();
        let heads = [
            texts.trainee,
            general.status,
            texts.lines,
            texts.looked_at,
            texts.hints,
            texts.checks,
            texts.submitted,
            texts.score,
            general.time,
        ];
        let rows = self.trainees.iter().map(|(number, seen)| row(*number, seen, texts));
        let rows: Vec<_> = rows.collect();
        table(&heads, &rows, general)
    }

    /// The screen of a trainee, to look at.
    fn screen(&self, number: usize, seen: &Seen, texts: &TrainingTexts) -> Markup {
        html! {
            section.card aria-labelledby="screen-h" {
                h2 #screen-h { (texts.trainee) " " (number) }
                @if let Some(ticket) = &seen.ticket {
                    p.text lang=(ticket.complaint.language) { (ticket) }
                }
                div.window { (prompt::transcript("screen-lines", &seen.shown, self.general(), "screen-h")) }
                @if let Stage::Ended(debriefs) = &seen.stage { (debrief::markup(debriefs.of(self.language))) }
            }
        }
    }
}

fn row(number: usize, seen: &Seen, texts: &TrainingTexts) -> Vec<Markup> {
    let progress = &seen.progress;
    let (state, score, time) = match &seen.stage {
        Stage::Waiting => (texts.is_waiting, None, None),
        Stage::Working(since) => (texts.is_working, None, Some(since.elapsed())),
        Stage::Ended(debriefs) => {
            let debrief = debriefs.of(Language::English);
            let state = match debrief.ending {
                Ending::Cured => texts.is_cured,
                Ending::Masked => texts.is_masked,
                Ending::NotCured => texts.is_not_cured,
            };
            (state, Some(debrief.score), Some(Duration::from_secs(debrief.seconds)))
        }
        Stage::Failed => (texts.failed, None, None),
    };
    let submitted = progress.submitted.join(", ");
    vec![
        html! { a href=(address(&[(TRAINEE, &number.to_string())])) { (number) } },
        html! { (state) },
        html! { (progress.lines) },
        html! { (progress.looked_at) " / " (progress.broken) },
        html! { (progress.hints) },
        html! { (progress.checks) },
        html! { code { (submitted) } },
        html! { (score.map_or_else(String::new, |it| it.to_string())) },
        html! { (time.map_or_else(String::new, minutes)) },
    ]
}
