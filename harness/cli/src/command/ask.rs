//! `marslab ask`.

use std::io::{self, Write};

use marslab::process::interrupted;
use marslab::report::prose::Prose;
use marslab::session::message::{AskEnded, Asked, BeginAsk, EndAsk};
use marslab::session::{client, openapi, place};
use marslab::subject::CommandSubject;
use marslab_model::Diagnosis;
use marslab_model::subject::SubjectError;

use super::program::{program, test_start};
use super::session::texts::Texts;
use super::session::{block_on, clock_moved};
use crate::args::Ask;
use crate::error::CliError;
use crate::exit::Exit;
use crate::prose_style;

/// What a program said, and the end of what it wrote to standard error.
type Spoken = (Result<Diagnosis, SubjectError>, String);

/// Asks a program about a session, and prints what it says.
pub(super) fn run(out: &mut dyn Write, args: &Ask) -> Result<Exit, CliError> {
    let key = place::find(args.session.name.as_deref())?;
    let subject = program(&args.subject, &args.program)?;
    test_start(&subject)?;
    let begin = BeginAsk { seconds: args.program.subject_timeout + MARGIN_SECONDS };
    block_on(async {
        // From here on, so that no turn is begun that is not ended.
        let interrupted = interrupted();
        let asked: Asked = client::post(&key, openapi::BEGIN_ASK, &begin).await?;
        let mut prose = Prose::new(out, prose_style(asked.complaint.language));
        let (frame, texts) = (prose.frame(), Texts::of(asked.complaint.language));
        let complaint = &asked.complaint;
        prose.heading(&texts.on_machine(&complaint.operation, &complaint.machine))?;
        quote(&mut prose, &texts.complaint(), &complaint.message)?;
        let said = ask(&subject, &asked, interrupted).await;
        let end = EndAsk { number: asked.number };
        let ended: AskEnded = client::post(&key, openapi::END_ASK, &end).await?;
        if !ended.in_time {
            prose.say(1, &texts.not_held())?;
        }
        if let Some(moved) = clock_moved(ended.clock_moved_seconds, complaint.language) {
            prose.say(1, &moved)?;
        }
        let Some((said, stderr)) = said else { return Ok(Exit::Mismatch) };
        let exit = match said {
            Ok(diagnosis) => prose.diagnosis(&diagnosis).map(|()| Exit::Success),
            Err(error) => {
                let line = prose.ended(&frame.no_diagnosis(&error));
                prose.say(1, &line).map(|()| Exit::Mismatch)
            }
        }?;
        quote(&mut prose, &texts.standard_error(), &stderr)?;
        Ok(exit)
    })?
}

/// Asks the program; `None` if the user does not want to wait.
async fn ask(
    subject: &CommandSubject,
    asked: &Asked,
    interrupted: impl Future<Output = ()>,
) -> Option<Spoken> {
    tokio::select! {
        said = subject.ask(&asked.complaint, &asked.host) => Some(said),
        () = interrupted => None,
    }
}

fn quote(prose: &mut Prose<'_>, intro: &str, text: &str) -> io::Result<()> {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    prose.lines(intro, &lines)
}

/// More than it takes to start a program, to kill it, and to end the ask.
const MARGIN_SECONDS: u64 = 30;
