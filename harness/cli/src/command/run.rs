//! `marslab run`.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, Write};
use std::num::{NonZeroU32, NonZeroUsize};
use std::thread::available_parallelism;

use marslab::check::seed_from_environment;
use marslab::live::{DEFAULT_SEED, begin_rsa_key};
use marslab::pairs::{self, Drawn, Dropped};
use marslab::play::{Casting, Keep, Options};
use marslab::report::Summary;
use marslab::report::compare::Report;
use marslab::report::prose::ProseStyle;
use marslab::room::make_room;
use marslab::runner::{self, RunConfig};
use marslab::scenario::Play;
use marslab::subject_runner::{RustSubject, SubjectRunner};
use marslab_core::ReferenceCore;

use super::compare;
use crate::args::Run;
use crate::error::CliError;
use crate::exit::Exit;
use crate::interrupt::heard;
use crate::known;
use crate::pause::Pause;
use crate::reports::Reports;
use crate::screen::{Detail, Screen};
use crate::select::{Match, Selection};
use crate::shard;
use crate::stopwatch::Stopwatch;
use crate::{paint_for, prose_style, typed};
use subject::Chosen;

mod ending;
mod subject;
mod watch;

/// Runs the selected plays, again and again if that is wanted.
pub(super) fn run(out: &mut dyn Write, args: &Run) -> Result<Exit, CliError> {
    if args.watch { watch::run(out, args, play_all) } else { play_all(out, args) }
}

/// Runs the selected plays, once every scenario file has been read and every report file created.
fn play_all(out: &mut dyn Write, args: &Run) -> Result<Exit, CliError> {
    let options = options(args)?;
    begin_rsa_key(options.seed);
    // Before its file is written anew.
    let failed = args.failed.as_deref().map(compare::read).transpose()?;
    let selection = selection(args)?;
    let selected = match &failed {
        Some(report) => of_those(&selection.plays(), report)?,
        None => selection.plays(),
    };
    let (shard, known) = (shard::of(args)?, known::read(args.known.as_deref())?);
    let chosen = Chosen::of(args)?;
    let jobs = chosen.plays_at_a_time(args.jobs.unwrap_or_else(jobs));
    let jobs = make_room(jobs, options.fidelity)?;
    let reports = Reports::open(args)?;
    let pairs = match args.pairs {
        Some(count) => Some(draw(args, &selected, count, &options)?),
        None => None,
    };
    let plays = pairs.as_ref().map_or(selected, |it| it.iter().collect());
    let subject = chosen.into_subject(&plays, &options);
    let plan = Plan {
        plays: &plays,
        subject: subject.as_ref(),
        options: &options,
        config: RunConfig {
            jobs,
            repeats: NonZeroU32::new(args.repeat).unwrap_or(NonZeroU32::MIN),
            fail_fast: args.fail_fast,
            shard,
            interrupt: heard()?.clone(),
        },
    };
    let detail = if args.explain { Detail::Full } else { Detail::Brief };
    let style = ProseStyle { paths: args.paths.into(), ..prose_style(args.lang.into()) };
    let pause = if args.step { Pause::for_enter(heard()?.clone()) } else { Pause::never() };
    let empty = reports.summary();
    let summary = if reports.use_stdout() {
        let style = ProseStyle { paint: paint_for(&io::stderr()), ..style };
        plan.play(Screen::new(&mut anstream::stderr(), style, detail).with_summary(empty), pause)?
    } else {
        plan.play(Screen::new(out, style, detail).with_summary(empty), pause)?
    };
    let arguments = std::env::args_os().skip(1).map(|it| it.to_string_lossy().into_owned());
    let summary = summary.with_command(typed::command(arguments));
    ending::write(out, args, reports, &summary)?;
    let exit = ending::exit(args, &plan, &known, &summary)?;
    ending::refused(selection.refused(), exit)
}

fn selection(args: &Run) -> Result<Selection, CliError> {
    let by = if args.exact { Match::Whole } else { Match::Part };
    if !args.keep_going {
        return Selection::of(&args.filters, by);
    }
    let selection = Selection::as_far_as_valid(&args.filters, by)?;
    // Where nothing is left, it is as without the option.
    if selection.plays().is_empty() { Selection::of(&args.filters, by) } else { Ok(selection) }
}

/// The plays that a report does not have as confirmed.
fn of_those<'p>(plays: &[&'p Play], report: &Report) -> Result<Vec<&'p Play>, CliError> {
    let failed = report.failed();
    let plays: Vec<&Play> =
        plays.iter().copied().filter(|play| failed.contains(play.name.as_str())).collect();
    if plays.is_empty() { Err(CliError::NothingFailed) } else { Ok(plays) }
}

fn draw(
    args: &Run,
    of: &[&Play],
    count: NonZeroUsize,
    options: &Options,
) -> Result<Vec<Play>, CliError> {
    let jobs = args.jobs.unwrap_or_else(jobs);
    let Drawn { pairs, dropped } =
        pairs::draw(of, count.get(), &reference(), options, jobs).map_err(CliError::Pairs)?;
    write_dropped(&mut anstream::stderr(), &dropped)?;
    if pairs.is_empty() { Err(CliError::NoPairs) } else { Ok(pairs) }
}

/// How many candidates were not taken as pairs, and why.
fn write_dropped(out: &mut dyn Write, dropped: &BTreeMap<Dropped, usize>) -> io::Result<()> {
    if dropped.is_empty() {
        return Ok(());
    }
    writeln!(out, "dropped pairs, which would prove nothing:")?;
    dropped.iter().try_for_each(|(why, count)| writeln!(out, "  {count:>4}  {why}"))
}

/// What to run, and how.
pub(super) struct Plan<'a> {
    pub(super) plays: &'a [&'a Play],
    pub(super) subject: &'a dyn SubjectRunner,
    pub(super) options: &'a Options,
    pub(super) config: RunConfig,
}

impl Plan<'_> {
    fn play(&self, screen: Screen<'_>, pause: Pause) -> io::Result<Summary> {
        let mut screen = screen.with_pause(pause);
        let mut stopwatch = Stopwatch::start();
        let mut handle = |event| {
            stopwatch.note(&event);
            screen.handle(event);
        };
        runner::run(self.plays, self.subject, self.options, self.config.clone(), &mut handle);
        Ok(screen.finish()?.with_times(stopwatch.stop()))
    }

    /// Runs the plays with no output but the progress.
    pub(super) fn play_silently(&self) -> io::Result<Summary> {
        self.play(Screen::new(&mut io::sink(), ProseStyle::plain(), Detail::Silent), Pause::never())
    }
}

/// The reference core as a subject.
pub(super) fn reference() -> RustSubject {
    RustSubject::new("reference", ReferenceCore)
}

/// Each play once.
pub(super) fn once() -> RunConfig {
    RunConfig::once(jobs())
}

/// As many parallel plays as there are CPUs.
pub(super) fn jobs() -> NonZeroUsize {
    available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn options(args: &Run) -> Result<Options, CliError> {
    // Whoever reads how it is done, reads of the world of the documentation.
    let is_plain = args.plain_world || (args.explain && args.seed.is_none());
    Ok(Options {
        fidelity: args.fidelity.into(),
        seed: seed(args)?,
        language: args.lang.into(),
        keep: if args.keep { Keep::BrokenWorld } else { Keep::Nothing },
        casting: if is_plain { Casting::Plain } else { Casting::Drawn },
        ..Options::default()
    })
}

/// The seed that was given. A subject meets another world each time; the reference core is known to pass.
fn seed(args: &Run) -> Result<u64, CliError> {
    if let Some(seed) = args.seed.map_or_else(seed_from_environment, |seed| Ok(Some(seed)))? {
        return Ok(seed);
    }
    // A hasher starts with random keys.
    let fresh = || RandomState::new().hash_one(args.fidelity as u8) % FRESH_SEEDS;
    Ok(if args.subject.is_some() { fresh() } else { DEFAULT_SEED })
}

/// Enough worlds, and few enough digits to type one.
const FRESH_SEEDS: u64 = 1_000_000;
