//! set-passphrase: saves the passphrase to a file, wraps a new key under it and sends its verifier to the service
//! (mars-facts E4).

use marslab_model::WinPath;
use marslab_model::host::Account;

use super::{Agent, Failure};
use crate::config::KEY_VERIFIER;
use crate::files::write_text;
use crate::key::KeyFile;
use crate::messages::Message;
use crate::places::{CONFIG_KEY, set, user_folder};
use crate::scratch;
use crate::step::Step;
use crate::step_error::StepError;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), Failure> {
    agent.call_engine()?;
    let machine = agent.registration()?;
    agent.enter(Step::SavePassphrase);
    let file = save(agent);
    agent.start_engine().map_err(Failure::connection)?;
    let service = agent.service(&machine).await?;
    let not_set = || Message::KeyNotSet { file: file.clone() };
    let key = make_key(agent).map_err(|error| Failure::new(not_set(), error))?;
    agent.enter(Step::SendKey);
    let told = service.set_key(&machine.machine_id, &key.verifier).await;
    told.map_err(|error| Failure::refused(not_set(), error))?;
    // What `Set-OBMachineSetting` prints (mars-facts 5.6).
    agent.success("Server properties updated successfully.");
    Ok(())
}

/// Saves the passphrase in the administrator's documents. The lab keeps no secrets: the file only says that it is there.
fn save(agent: &Agent<'_>) -> WinPath {
    let machine = agent.host.computer_name();
    let folder = user_folder(&agent.intent.user, "Documents");
    let path = folder.join(&format!("{machine}_passphrase.txt"));
    let text = format!("The encryption passphrase of {machine} was saved to this file.\r\n");
    let user = Account::User(agent.intent.user.clone());
    // The key can be set without the file.
    let _unsaved = write_text(agent.host, &user, &path, &text);
    path
}

/// Wraps a new key under the passphrase. An earlier key that is damaged cannot be replaced (mars-facts E4: "passphrase
/// corrupted during configuration").
fn make_key(agent: &Agent<'_>) -> Result<KeyFile, StepError> {
    let host = agent.host;
    agent.enter(Step::FindScratchFolder);
    let folder = scratch::of_provider(host).ok_or(StepError::ScratchDisagrees)?;
    agent.enter(Step::OpenKey);
    scratch::earlier_key_is_sound(host, &folder)?;
    agent.enter(Step::WriteKey);
    let key = KeyFile::make(&agent.intent.passphrase, host)?;
    scratch::write_key(host, &folder, &key)?;
    set(host, CONFIG_KEY, KEY_VERIFIER, key.verifier.as_str());
    Ok(key)
}
