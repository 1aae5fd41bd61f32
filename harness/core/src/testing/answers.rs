//! The mocked host port as it answers for a machine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use marslab_model::host::{Account, FileError, FileInfo};
use marslab_model::world::Zone;
use marslab_model::{KeyPath, Name, WinPath};

use super::host::MockHost;
use super::machine::{ADMIN, ADMIN_HIVE, Machine, Stored};

impl Machine {
    /// The mock that answers so.
    pub(crate) fn host(self) -> MockHost {
        let mut host = MockHost::new();
        let machine = Arc::new(self);
        machine.answer_files(&mut host);
        machine.answer_registry(&mut host);
        machine.answer_system(&mut host);
        machine.answer_more_of_system(&mut host);
        machine.net.answer(&mut host);
        host
    }

    fn answer_files(self: &Arc<Self>, host: &mut MockHost) {
        let own = Arc::clone(self);
        host.expect_read_file().returning(move |_, path| own.read(path));
        let own = Arc::clone(self);
        host.expect_file_info().returning(move |_, path| own.info(path));
        let own = Arc::clone(self);
        host.expect_list_folder().returning(move |_, folder| own.list(folder));
        let own = Arc::clone(self);
        host.expect_count_files().returning(move |_, _, _| Ok(own.temp_files));
        let own = Arc::clone(self);
        host.expect_volumes().returning(move || own.volumes.clone().into_iter().collect());
    }

    fn answer_registry(self: &Arc<Self>, host: &mut MockHost) {
        let own = Arc::clone(self);
        host.expect_registry_value().returning(move |who, key, name| {
            let hive = match who {
                Account::System => r"HKU\S-1-5-18",
                Account::User(_) => ADMIN_HIVE,
            };
            let key = match key.as_str().strip_prefix("HKCU") {
                Some(rest) => KeyPath::new(format!("{hive}{rest}")),
                None => key.clone(),
            };
            own.registry.get(&(key, name.clone())).cloned()
        });
    }

    fn answer_system(self: &Arc<Self>, host: &mut MockHost) {
        host.expect_full_name().returning(|| Name::new("SRV01.contoso.example"));
        let own = Arc::clone(self);
        host.expect_service().returning(move |name| own.services.get(name).cloned());
        let own = Arc::clone(self);
        host.expect_task().returning(move |path| own.tasks.get(path).cloned());
        let own = Arc::clone(self);
        host.expect_devices().returning(move || own.devices.clone().into_iter().collect());
        let own = Arc::clone(self);
        host.expect_software().returning(move || own.software.clone().into_iter().collect());
        host.expect_computer_name().returning(|| Name::new("SRV01"));
        let own = Arc::clone(self);
        host.expect_software_of().returning(move |computer| own.others.get(computer).cloned());
        let own = Arc::clone(self);
        host.expect_account().returning(move |name| own.accounts.get(name).cloned());
        host.expect_users().returning(|| vec![Name::new(ADMIN)]);
        let own = Arc::clone(self);
        host.expect_antivirus().returning(move || own.antivirus.clone());
        let own = Arc::clone(self);
        host.expect_environment().returning(move || own.environment.clone().into_iter().collect());
    }

    fn answer_more_of_system(self: &Arc<Self>, host: &mut MockHost) {
        let own = Arc::clone(self);
        host.expect_environment_at_boot()
            .returning(move || own.environment_at_boot.clone().into_iter().collect());
        let own = Arc::clone(self);
        host.expect_os().returning(move || own.os.clone());
        let own = Arc::clone(self);
        host.expect_platform().returning(move || own.platform);
        let own = Arc::clone(self);
        host.expect_now().returning(move || own.now);
        let tokyo = || Zone { id: "Tokyo Standard Time".to_owned(), utc_offset_minutes: 540 };
        host.expect_zone().returning(tokyo);
        let own = Arc::clone(self);
        host.expect_portal_session().returning(move |user| own.sessions.get(user).cloned());
        let own = Arc::clone(self);
        host.expect_cached_answer()
            .returning(move |_, url| own.cached.get(url).map(|status| (*status, String::new())));
    }

    fn read(&self, path: &WinPath) -> Result<Vec<u8>, FileError> {
        match self.locked.get(path) {
            Some(error) => Err(*error),
            None => {
                self.files.get(path).map(|file| file.content.clone()).ok_or(FileError::NotFound)
            }
        }
    }

    fn info(&self, path: &WinPath) -> Result<FileInfo, FileError> {
        let file = self.files.get(path).map(|file| describe(path, file));
        file.or_else(|| self.list(path).ok().map(|_| folder(path))).ok_or(FileError::NotFound)
    }

    fn list(&self, at: &WinPath) -> Result<Vec<FileInfo>, FileError> {
        let at = WinPath::new(at.as_str().trim_end_matches('\\'));
        let mut found = BTreeMap::new();
        for (path, file) in
            self.files.iter().filter(|(path, _)| path.is_within(&at) && **path != at)
        {
            let mut child = path.clone();
            while child.parent().is_some_and(|parent| parent != at) {
                child = child.parent().unwrap();
            }
            let info = if child == *path { describe(path, file) } else { folder(&child) };
            found.insert(child, info);
        }
        if found.is_empty() { Err(FileError::NotFound) } else { Ok(found.into_values().collect()) }
    }
}

fn describe(path: &WinPath, file: &Stored) -> FileInfo {
    FileInfo {
        path: path.clone(),
        folder: false,
        size: file.size,
        modified: Some(file.modified),
        attributes: file.attributes.clone(),
    }
}

fn folder(path: &WinPath) -> FileInfo {
    FileInfo {
        path: path.clone(),
        folder: true,
        size: 0,
        modified: None,
        attributes: BTreeSet::new(),
    }
}
