//! The subcommands.

use std::io::Write;

use marslab::pack_reader;

use crate::args::{Args, Command};
use crate::error::CliError;
use crate::exit::Exit;

mod ask;
mod board;
mod check;
mod compare;
mod completions;
mod coverage;
mod list;
mod look_alikes;
mod man;
mod mcp;
mod merge;
mod new;
mod program;
mod reference;
mod replay;
mod run;
mod schema;
mod session;
mod show;
mod train;
mod trial;
mod up;

/// Runs a subcommand, which writes to `out`.
pub(crate) fn run(args: &Args, out: &mut dyn Write) -> Result<Exit, CliError> {
    if let Command::New { id: Some(id), .. } = &args.command {
        new::begin_pack(out, &args.packs, id)?;
        return Ok(Exit::Success);
    }
    // Before anything asks for the catalogue.
    pack_reader::load(&args.packs).map_err(CliError::Packs)?;
    match &args.command {
        Command::List { what, filter, lang } => {
            list::run(out, *what, filter.as_deref().unwrap_or_default(), (*lang).into())?;
        }
        Command::Show { words, lang } => show::run(out, words, (*lang).into())?,
        Command::Check { files } => return check::run(out, files),
        Command::New { from, .. } => new::run(out, from.as_deref().unwrap_or_default())?,
        Command::Run(args) => return run::run(out, args),
        Command::Try(args) => trial::run(out, args)?,
        Command::Compare { old, new } => return compare::run(out, old, new),
        Command::Merge { reports, json, known } => {
            return merge::run(out, reports, json, known.as_deref());
        }
        Command::Board { reports, html } => board::run(out, reports, html.as_deref())?,
        Command::Up(args) => return up::run(args),
        Command::Break(args) => session::break_(out, args)?,
        Command::Revert(args) => session::revert(out, args)?,
        Command::Repair(args) => session::repair(out, args)?,
        Command::Jump(args) => session::jump(out, args)?,
        Command::Operate(args) => return session::operate(out, args),
        Command::Win(args) => return session::win(out, args),
        Command::Ask(args) => return ask::run(out, args),
        Command::Journal(args) => session::journal(out, args)?,
        Command::Status(args) => session::status(out, args)?,
        Command::Down(args) => session::down(out, args)?,
        Command::Train(args) => return train::run(out, args),
        Command::Replay(args) => replay::run(out, args)?,
        Command::Schema { of } => schema::run(out, *of)?,
        Command::Reference { of } => reference::run(out, *of)?,
        Command::LookAlikes => look_alikes::run(out)?,
        Command::Mcp(args) => mcp::run(args)?,
        Command::Man { folder } => man::run(out, folder)?,
        Command::Completions { shell } => completions::run(out, *shell)?,
        Command::Coverage { run: true } => return coverage::confirmed(out),
        Command::Coverage { run: false } => coverage::with_scenarios(out)?,
    }
    Ok(Exit::Success)
}
