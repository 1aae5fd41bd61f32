//! Access checks on paths, by Windows, BitLocker and antivirus.

use marslab_model::host::{Account, FileError};
use marslab_model::world::{BitLocker, Machine, Refusal, Volume};
use marslab_model::{Name, Tracked, WinPath};

use marslab_state::disk::names::{Parts, has_forbidden};

/// What a caller wants to do with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To get its attributes.
    Look,
    /// To read its content.
    Read,
    /// To create, change or remove it.
    Write,
}

/// Whether `who` may access `path`, apart from what the file itself says.
pub(super) fn check(
    machine: &Tracked<'_, Machine>,
    who: &Account,
    path: &WinPath,
    purpose: Purpose,
) -> Result<(), FileError> {
    let parts = Parts::of(path).ok_or(FileError::InvalidPath)?;
    if parts.names.iter().any(|name| has_forbidden(name)) {
        return Err(FileError::InvalidPath);
    }
    match path.volume() {
        Some(volume) => check_volume(machine, who, &volume, purpose)?,
        None => check_share(machine, who, &parts)?,
    }
    match purpose {
        Purpose::Look => Ok(()),
        Purpose::Read | Purpose::Write if is_denied(machine, who, path) => {
            Err(FileError::AccessDenied)
        }
        Purpose::Read if is_blocked(machine, path) => {
            Err(match machine.clone().antivirus().refusal().get() {
                Refusal::SharingViolation => FileError::SharingViolation,
                Refusal::AccessDenied => FileError::AccessDenied,
            })
        }
        Purpose::Write if is_blocked(machine, path) => Err(FileError::AccessDenied),
        Purpose::Read | Purpose::Write if is_open(machine, path) => {
            Err(FileError::SharingViolation)
        }
        Purpose::Read | Purpose::Write => Ok(()),
    }
}

/// Whether a program has a file open that it shares with nobody.
pub(super) fn is_open(machine: &Tracked<'_, Machine>, path: &WinPath) -> bool {
    machine.clone().open_files().at(path).is_some_and(|program| !program.get().as_str().is_empty())
}

/// Whether the antivirus program denies access to a path: it blocks the path, and no exclusion covers it.
pub(super) fn is_blocked(machine: &Tracked<'_, Machine>, path: &WinPath) -> bool {
    let antivirus = || machine.clone().antivirus();
    if antivirus().product().get().is_empty() {
        return false;
    }
    let covers = |rule: &WinPath| covers(rule, path);
    antivirus().blocked().get().iter().any(covers)
        && !antivirus().exclusions().get().iter().any(covers)
}

/// Whether a rule of an antivirus program covers a path. A rule is a file or folder, or the bare name of a program;
/// a final `\*` means the same as the folder (mars-facts 5.8: `<InstallPath>\Scratch\*`, `cbengine.exe`).
fn covers(rule: &WinPath, path: &WinPath) -> bool {
    if rule.as_str().contains('\\') {
        let folder = rule.as_str().strip_suffix("\\*").map(WinPath::new);
        return path.is_within(folder.as_ref().unwrap_or(rule));
    }
    Name::new(rule.as_str()) == Name::new(path.file_name())
}

/// Whether an access list of the path or of a folder above it denies access to an account.
pub(super) fn is_denied(machine: &Tracked<'_, Machine>, who: &Account, path: &WinPath) -> bool {
    let account = match who {
        Account::System => Name::new(SYSTEM),
        Account::User(name) => name.clone(),
    };
    let mut place = Some(path.clone());
    while let Some(here) = place {
        let list = machine.clone().denied().at(&here);
        if list.is_some_and(|denied| denied.get().contains(&account)) {
            return true;
        }
        place = here.parent();
    }
    false
}

/// Whether an account has the letter of a volume. Windows keeps mapped drives by logon session: no other account has them.
pub(super) fn has_letter(who: &Account, volume: &Tracked<'_, Volume>) -> bool {
    let owner = volume.clone().mapped_by().get();
    owner.as_ref().is_none_or(|owner| matches!(who, Account::User(name) if name == owner))
}

fn check_volume(
    machine: &Tracked<'_, Machine>,
    who: &Account,
    volume: &Name,
    purpose: Purpose,
) -> Result<(), FileError> {
    if let Some(found) = machine.clone().volumes().at(volume) {
        if !has_letter(who, &found) || !*found.clone().online().get() {
            return Err(FileError::PathNotFound);
        }
        return match found.bitlocker().get() {
            BitLocker::Off | BitLocker::Unlocked => Ok(()),
            // Windows returns FVE_E_LOCKED_VOLUME; programs see it as "access denied" (the lab's own).
            BitLocker::Locked => Err(FileError::AccessDenied),
        };
    }
    let mount = machine.clone().mounts().at(volume).map(|mount| mount.since().get());
    match mount {
        // A recovery volume is read-only (the lab's own).
        Some(_) if purpose == Purpose::Write => Err(FileError::AccessDenied),
        Some(_) => Ok(()),
        None => Err(FileError::PathNotFound),
    }
}

/// A share of another machine exists for users if the world has a file on it. SYSTEM logs on as the computer's account,
/// which other machines do not know (the lab's own †).
fn check_share(
    machine: &Tracked<'_, Machine>,
    who: &Account,
    parts: &Parts,
) -> Result<(), FileError> {
    if *who == Account::System {
        return Err(FileError::LogonFailure);
    }
    let [server, share, ..] = parts.names.as_slice() else { return Err(FileError::InvalidPath) };
    let share = format!(r"\\{server}\{share}\");
    let files = machine.clone().files();
    files.beginning(&share).next().map(drop).ok_or(FileError::NetworkPath)
}

/// How an access list names the machine's own account.
const SYSTEM: &str = "SYSTEM";

#[cfg(test)]
mod tests;
