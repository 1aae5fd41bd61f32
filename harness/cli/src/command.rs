//! What each subcommand does.

use std::io::Write;

use crate::args::Command;
use crate::error::CliError;
use crate::exit::Exit;

mod check;
mod completions;
mod coverage;
mod list;
mod look_alikes;
mod man;
mod new;
mod run;
mod schema;
mod session;
mod show;
mod up;

/// Does what was asked for. What was asked for goes to `out`.
pub(crate) fn perform(command: &Command, out: &mut dyn Write) -> Result<Exit, CliError> {
    match command {
        Command::List { what } => list::list(out, *what)?,
        Command::Show { words } => show::show(out, words)?,
        Command::Check { files } => return check::check(out, files),
        Command::New { from } => new::new(out, from)?,
        Command::Run(args) => return run::run(out, args),
        Command::Up(args) => return up::up(out, args),
        Command::Break(args) => session::breaks(out, args)?,
        Command::Revert(args) => session::revert(out, args)?,
        Command::Repair(args) => session::repair(out, args)?,
        Command::Operate(args) => return session::operate(out, args),
        Command::Journal(args) => session::journal(out, args)?,
        Command::Status(args) => session::status(out, args)?,
        Command::Down(args) => session::down(out, args)?,
        Command::Schema { of } => schema::schema(out, *of)?,
        Command::Reference => out.write_all(marslab::reference::markdown().as_bytes())?,
        Command::LookAlikes => look_alikes::look_alikes(out)?,
        Command::Man { folder } => man::man(out, folder)?,
        Command::Completions { shell } => completions::completions(out, *shell)?,
        Command::Coverage { run } if *run => return coverage::confirmed(out),
        Command::Coverage { .. } => coverage::written(out)?,
    }
    Ok(Exit::Good)
}
