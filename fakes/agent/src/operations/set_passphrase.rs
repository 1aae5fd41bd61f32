//! set-passphrase: saves the passphrase to a file, wraps a new key under it and sends its verifier to the service
//! (mars-facts E4).

use marslab_model::host::Account;
use marslab_model::{HostControl, Name, WinPath};

use super::Agent;
use crate::config::KEY_VERIFIER;
use crate::files::write_text;
use crate::key::KeyFile;
use crate::places::{CONFIG_KEY, set, user_folder};
use crate::scratch;
use crate::step::Step;
use crate::step_error::StepError;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), StepError> {
    agent.call_engine().await?;
    let machine = agent.registration().await?;
    agent.enter(Step::SavePassphrase).await?;
    save(agent);
    agent.start_engine().await?;
    let service = agent.service(&machine).await?;
    let key = make_key(agent).await?;
    agent.enter(Step::SendKey).await?;
    service.set_key(&machine.machine_id, &key.verifier).await?;
    // What `Set-OBMachineSetting` prints (mars-facts 5.6).
    agent.success("Server properties updated successfully.");
    Ok(())
}

/// Saves the passphrase in the administrator's documents. The lab keeps no secrets: the file only says that it is there.
fn save(agent: &Agent<'_>) {
    let machine = agent.host.computer_name();
    let path = passphrase_file(agent.host, &agent.intent.user);
    let text = format!("The encryption passphrase of {machine} was saved to this file.\r\n");
    let user = Account::User(agent.intent.user.clone());
    // The key can be set without the file.
    let _unsaved = write_text(agent.host, &user, &path, &text);
}

/// The file to which an administrator's passphrase is saved.
pub(crate) fn passphrase_file(host: &dyn HostControl, user: &Name) -> WinPath {
    user_folder(user, "Documents").join(&format!("{}_passphrase.txt", host.computer_name()))
}

/// Wraps a new key under the passphrase. An earlier key that is damaged cannot be replaced (mars-facts E4: "passphrase
/// corrupted during configuration").
async fn make_key(agent: &Agent<'_>) -> Result<KeyFile, StepError> {
    let host = agent.host;
    agent.enter(Step::FindScratchFolder).await?;
    let folder = scratch::of_provider(host).ok_or(StepError::ScratchDisagrees)?;
    agent.enter(Step::OpenKey).await?;
    scratch::earlier_key_is_sound(host, &folder)?;
    agent.enter(Step::WriteKey).await?;
    let key = KeyFile::make(&agent.intent.passphrase, host)?;
    scratch::write_key(host, &folder, &key)?;
    set(host, CONFIG_KEY, KEY_VERIFIER, key.verifier.as_str());
    Ok(key)
}
