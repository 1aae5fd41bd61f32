//! [`Training`]: one training, from the ticket to its end.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use jiff::SignedDuration;
use marslab_actions::problem::near;
use marslab_console::Console;
use marslab_engine::left_behind::{LeftBehind, Measure};
use marslab_engine::play::{Options, complaint};
use marslab_live::{Fidelity, Live, LiveError, Pace, StartOptions};
use marslab_model::world::Language;
use marslab_model::{Operation, Outcome, World};
use marslab_remedies::REMEDIES;
use marslab_report::report::changes::span;
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::scenario::Play;
use marslab_scenario::told;
use marslab_session::session::{InitialState, Session, SessionError, remedy_with};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::choice::{ChoiceError, is_repairable};
use crate::command::{Command, help};
use crate::debrief::{About, Debrief, Done, Ended};
use crate::hints::{COSTS, hint};
use crate::lists;
use crate::record::{Entry, Record};
use crate::texts::Texts;
use crate::ticket::Ticket;

/// How a training is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The number of the ticket: anything that does not tell the scenario.
    pub id: String,
    /// The seed that draws the names of the world.
    pub seed: u64,
    /// The language of the customer and of the machine.
    pub language: Language,
    /// How long it may take.
    pub limit: Option<Duration>,
}

/// One trainee with a ticket, and a broken world of their own, in memory.
pub struct Training {
    setup: Setup,
    session: Session,
    how: StartOptions,
    measure: Measure,
    console: Console,
    done: Done,
    record: Record,
    end: Option<End>,
}

/// How a training ended.
struct End {
    /// The World that is left.
    world: World,
    left: LeftBehind,
    why: Ended,
    seconds: u64,
}

/// What came of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What it printed; lines end with `\n`.
    pub text: String,
    /// Whether the trainee wants to end.
    pub ends: bool,
}

/// Why a training could not begin or go on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TrainingError {
    /// There is nothing to train with.
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    /// The world could not be opened or changed.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The world could not be copied.
    #[error(transparent)]
    Live(#[from] LiveError),
}

impl Training {
    /// Breaks a world, and lets the customer try their operation there.
    pub async fn open(play: &Play, setup: Setup) -> Result<Self, TrainingError> {
        if !is_repairable(play) {
            return Err(ChoiceError::NothingToRepair(play.name.clone()).into());
        }
        let (fidelity, language) = (Fidelity::Memory, setup.language);
        let options = Options { fidelity, seed: setup.seed, language, ..Options::default() };
        let session =
            Session::open(play.clone(), &options, InitialState::Healthy, Pace::Real).await?;
        let how = options.start_options(fidelity);
        let healthy = session.live().hold()?;
        session.break_as_written().await?;
        let broken = session.live().hold()?;
        let measure = Measure::of(session.play(), &healthy, &broken, &how).await?;
        let tried = session.operate(None, None).await?;
        let machine = session.live().machine_name().clone();
        let complaint = complaint(session.play(), &tried.outcome, machine, language);
        let ticket = Ticket { id: setup.id.clone(), complaint };
        let limit = setup.limit.map(|it| it.as_secs());
        let record = Record::new(ticket, language, limit);
        let console = session.console();
        session.live().take_journal();
        let done = Done::default();
        Ok(Self { setup, session, how, measure, console, done, record, end: None })
    }

    /// What the customer says.
    pub const fn ticket(&self) -> &Ticket {
        &self.record.ticket
    }

    /// What was typed and printed so far.
    pub const fn record(&self) -> &Record {
        &self.record
    }

    /// What it says, in the customer's language.
    pub const fn texts(&self) -> Texts {
        Texts::of(self.setup.language)
    }

    /// What stands before the next line.
    pub fn prompt(&self) -> String {
        self.console.prompt()
    }

    /// How an unfinished line may go on: words that can stand where its last word stands.
    pub fn completions(&self, line: &str) -> Vec<String> {
        let mut all = self.console.completions(line);
        all.extend(own_completions(line));
        all.sort();
        all
    }

    /// How an unfinished path in its last word may go on: what can stand in its place, which begins at this byte.
    pub fn paths(&self, line: &str) -> (usize, Vec<String>) {
        self.console.paths(self.session.live().host(), line)
    }

    /// How much time is left, where there is a limit.
    pub fn time_left(&self, after: Duration) -> Option<Duration> {
        self.setup.limit.map(|limit| limit.saturating_sub(after))
    }

    /// Does what a line says, which was typed after so much real time.
    pub async fn enter(&mut self, line: &str, after: Duration) -> Result<Reply, TrainingError> {
        let (prompt, world) = (self.prompt(), self.session.live().watch().now());
        let moved = self.session.live().clock_moved();
        let command = Command::parse(line);
        let ends = command == Command::Quit;
        let mut text = self.carry_out(command, after).await?;
        let moved = self.session.live().clock_moved() - moved;
        if moved >= SignedDuration::from_secs(1) {
            let moved = span(moved, self.setup.language);
            let _infallible = writeln!(text, "{}", self.texts().clock_moved(&moved));
        }
        let (typed, printed) = (line.to_owned(), text.clone());
        let after_seconds = after.as_secs();
        self.record.add(Entry { after_seconds, world, prompt, typed, printed });
        Ok(Reply { text, ends })
    }

    async fn carry_out(
        &mut self,
        command: Command,
        after: Duration,
    ) -> Result<String, TrainingError> {
        Ok(match command {
            Command::Windows(line) => self.type_in(&line).await,
            Command::Operate(which) => self.operate(which).await?,
            Command::Check => {
                self.done.checks += 1;
                let (outcome, _) = self.judge().await?;
                let texts = self.texts();
                shown(&texts.works_now(), &outcome, &texts.does_not_work_yet())
            }
            Command::Do(typed) => self.remedy(&typed).await,
            Command::Hint => self.hint(),
            Command::Note(text) => {
                self.done.notes.push(text);
                self.texts().noted() + "\n"
            }
            Command::Submit(cause) => self.submit(&cause),
            Command::Causes(word) => {
                listed(lists::causes(self.setup.language), &word, self.texts())
            }
            Command::Remedies(word) => {
                listed(lists::remedies(self.setup.language), &word, self.texts())
            }
            Command::Time => self.time(after),
            Command::Help => help(self.texts()),
            Command::Quit => String::new(),
        })
    }

    /// A line for the machine. What it reads is what the trainee looks at.
    async fn type_in(&mut self, line: &str) -> String {
        if line.is_empty() {
            return String::new();
        }
        self.session.live().reads().begin();
        let printed = self.session.type_in(&mut self.console, line).await;
        self.done.looked.append(&mut self.session.live().reads().end());
        printed.text
    }

    async fn operate(&self, which: Option<String>) -> Result<String, TrainingError> {
        let texts = self.texts();
        let operation = match which.map(|it| it.parse::<Operation>()).transpose() {
            Ok(operation) => operation,
            Err(unknown) => return Ok(texts.unknown_operation(&unknown.0) + "\n"),
        };
        let done = self.session.operate(operation, None).await?;
        Ok(shown(&texts.succeeded(), &done.outcome, &texts.failed()))
    }

    /// How the ticket's operation ends now, in a copy, and what that leaves.
    async fn judge(&self) -> Result<(Outcome, LeftBehind), TrainingError> {
        let live =
            Live::resume(self.session.live().hold()?, &self.how.clone().with_instance(COPY))?;
        let outcome = live.operate(self.session.play().operation).await;
        let left = self.measure.left_behind(&live.snapshot()?, &outcome);
        Ok((outcome, left))
    }

    async fn remedy(&self, typed: &str) -> String {
        let texts = self.texts();
        let (name, with) = match parse(typed, texts) {
            Ok(parsed) => parsed,
            Err(why) => return format!("{why}\n"),
        };
        let names = REMEDIES.iter().map(|it| it.name);
        if !names.clone().any(|known| known == name) {
            return texts.unknown_remedy(&name, &nearest(texts, &name, names)) + "\n";
        }
        let named = match remedy_with(&name, &with) {
            Ok(named) => named,
            Err(error) => return format!("{error}\n"),
        };
        match self.session.repair_with(&named).await {
            Ok(done) => {
                let title =
                    told::remedy(self.setup.language, done.name).map_or(done.name, |it| it.title);
                texts.done(&title) + "\n"
            }
            Err(error) => format!("{error}\n"),
        }
    }

    fn hint(&mut self) -> String {
        match hint(self.done.hints, self.session.play(), &self.measure, self.setup.language) {
            Some(text) => {
                let cost = COSTS.get(self.done.hints).copied().unwrap_or_default();
                self.done.hints += 1;
                format!("{text} (-{cost})\n")
            }
            None => self.texts().no_more_hints() + "\n",
        }
    }

    fn submit(&mut self, cause: &str) -> String {
        let causes = &Catalogue::known().causes;
        if !causes.contains_key(cause) {
            let near = nearest(self.texts(), cause, causes.keys().map(|id| id.as_str()));
            return self.texts().unknown_cause(&cause, &near) + "\n";
        }
        if self.done.submitted.len() < SUBMITTED_MAX {
            self.done.submitted.push(cause.to_owned());
        }
        self.texts().submitted() + "\n"
    }

    fn time(&self, after: Duration) -> String {
        let short = |it: Duration| {
            let seconds = i64::try_from(it.as_secs()).unwrap_or(i64::MAX);
            span(SignedDuration::from_secs(seconds), self.setup.language)
        };
        let texts = self.texts();
        let mut lines = vec![texts.passed(&short(after))];
        if let Some(left) = self.time_left(after) {
            lines.push(texts.time_left(&short(left)));
        }
        let now = self.session.live().watch().now();
        lines.push(texts.there(&format!("{now:.0}")));
        lines.join("\n") + "\n"
    }

    /// Ends the training: judges what is left, and reveals what it was.
    pub async fn end(&mut self, why: Ended, after: Duration) -> Result<&Debrief, TrainingError> {
        let (_, left) = self.judge().await?;
        let world = self.session.live().snapshot().map_err(SessionError::from)?;
        let end = End { world, left, why, seconds: after.as_secs() };
        let debrief = self.debrief(&end, self.setup.language);
        self.end = Some(end);
        Ok(self.record.revealed.insert(Box::new(debrief)))
    }

    /// The debrief in English, Japanese, Korean and Chinese (Traditional); nothing before the end.
    pub fn debriefs(&self) -> Option<[Debrief; 4]> {
        let languages =
            [Language::English, Language::Japanese, Language::Korean, Language::ChineseTraditional];
        let end = self.end.as_ref()?;
        Some(languages.map(|language| self.debrief(end, language)))
    }

    fn debrief(&self, end: &End, language: Language) -> Debrief {
        let about = About {
            id: &self.setup.id,
            play: self.session.play(),
            seed: self.setup.seed,
            language,
            measure: &self.measure,
            left: &end.world,
        };
        Debrief::of(&about, &self.done, &end.left, (end.why, end.seconds))
    }
}

/// How an operation ended, as the agent's console shows it.
fn shown(success: &str, outcome: &Outcome, failure: &str) -> String {
    match outcome {
        Outcome::Succeeded => format!("{success}\n"),
        Outcome::Failed(symptom) => format!("{failure}\n{}: {}\n", symptom.error, symptom.message),
    }
}

/// Rows whose names or titles have a word.
fn listed<'a>(rows: impl Iterator<Item = (&'a str, &'a str)>, word: &str, texts: Texts) -> String {
    let word = word.to_lowercase();
    let has = |it: &str| it.to_lowercase().contains(&word);
    let rows: BTreeSet<(&str, &str)> =
        rows.filter(|(name, title)| has(name) || has(title)).collect();
    if rows.is_empty() {
        return texts.nothing_has(&word) + "\n";
    }
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    rows.into_iter().map(|(name, title)| format!("{name:width$}  {title}\n")).collect()
}

/// What is near to a name that is unknown, in words; nothing where nothing is.
fn nearest<'a>(texts: Texts, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    near(name, known).first().map_or_else(String::new, |name| texts.near(name))
}

/// A name, or a name with parameters as in a scenario file; else what is wrong.
fn parse(typed: &str, texts: Texts) -> Result<(String, Map<String, Value>), String> {
    if !typed.contains('=') {
        return Ok((typed.trim().to_owned(), Map::new()));
    }
    let table = toml::from_str::<Map<String, Value>>(typed);
    let mut entries = table.map_err(|error| error.message().to_owned())?.into_iter();
    match (entries.next(), entries.next()) {
        (Some((name, Value::Object(with))), None) => Ok((name, with)),
        _ => Err(texts.how_a_remedy_is_typed()),
    }
}

/// The training's own words that can stand where the last word of a line stands.
fn own_completions(line: &str) -> Vec<String> {
    let (before, last) = line.rsplit_once(' ').unwrap_or(("", line));
    let fitting = |names: &mut dyn Iterator<Item = &str>| {
        names.filter(|name| name.starts_with(last)).map(str::to_owned).collect()
    };
    match before.trim() {
        "" => fitting(&mut Command::NAMES.into_iter()),
        "submit" => fitting(&mut Catalogue::known().causes.keys().map(|id| id.as_str())),
        "do" => fitting(&mut REMEDIES.iter().map(|it| it.name)),
        "operate" => fitting(&mut Operation::ALL.into_iter().map(Operation::name)),
        _ => Vec::new(),
    }
}

/// The number of the copy in which a repair is judged.
const COPY: u32 = 11;

/// As many causes as anybody would name.
const SUBMITTED_MAX: usize = 20;

mod looked_at;

pub use looked_at::{Onlooker, Progress};

#[cfg(test)]
mod tests;
