//! A host that passes calls on and notes those that fail.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use jiff::Timestamp;
use marslab_model::host::{
    Account, AccountInfo, Answer, AntivirusStatus, AttachError, CachedAnswer, Call,
    CertificateInfo, DeviceInfo, Due, EventRecord, FileError, FileInfo, Files, Hook, Hooked,
    HostControl, HostRead, LaunchError, Network, OsInfo, ReadError, Registry, RegistryValue,
    RpcError, ServiceError, ServiceInfo, SnapshotError, System, TaskInfo, TimeZoneInfo, TlsClient,
    UrlPolicy, VirtualDiskError, VolumeError, VolumeInfo,
};
use marslab_model::net::ViaProxy;
use marslab_model::world::{Language, Platform, TlsVersion};
use marslab_model::{
    Address, Connection, Content, DialError, HostName, KeyPath, Name, WinPath, with_host_read,
};

/// The calls that failed.
#[derive(Clone, Default)]
struct Failed(Arc<Mutex<Vec<String>>>);

impl Failed {
    fn note<T, E: Debug>(&self, call: &str, done: Result<T, E>) -> Result<T, E> {
        done.inspect_err(|error| self.push(format!("{call}: {error:?}")))
    }

    fn push(&self, what: String) {
        self.0.lock().unwrap().push(what);
    }
}

impl Hook for Failed {
    fn after(&self, _: &dyn HostRead, call: &Call, answer: &mut Answer) {
        if let Some(error) = answer.error().filter(|_| !is_of_logs(call)) {
            self.push(format!("{call:?}: {error}"));
        }
        // A browser's cache repeats what a server answered.
        if let Answer::CachedAnswer(Ok(Some(cached))) = answer
            && cached.status != 200
        {
            self.push(format!("{call:?}: {}", cached.status));
        }
    }
}

/// The agent's logs are there from the first line on; that there are none before stops nothing.
fn is_of_logs(call: &Call) -> bool {
    let Call::ReadFile { path, .. } = call else { return false };
    ["CBEngineCurr.errlog", "JobHistory.tsv"].iter().any(|log| path.file_name() == *log)
}

/// A host that notes which calls fail.
pub(super) struct Recorder<'a> {
    read: Hooked<'a, Failed>,
    control: &'a dyn HostControl,
    failed: Failed,
}

impl<'a> Recorder<'a> {
    pub(super) fn new<H: HostControl>(host: &'a H) -> Self {
        let failed = Failed::default();
        Self { read: Hooked::new(host, failed.clone()), control: host, failed }
    }

    /// The calls that failed since the last time.
    pub(super) fn take_failed(&self) -> Vec<String> {
        std::mem::take(&mut self.failed.0.lock().unwrap())
    }
}

/// Passes the reading calls on to the host behind the hook.
macro_rules! pass_on {
    (
        sync { $(
            $(#[$trait_meta:meta])*
            trait $trait:ident { $(
                $(#[$meta:meta])*
                $variant:ident = fn $method:ident $([$who:ident])?
                    ($($arg:ident: &$type:ident),*) -> $out:ty;
            )* }
        )* }
        async {
            $(#[$net_meta:meta])*
            trait $net:ident { $(
                $(#[$far_meta:meta])*
                $far_variant:ident = fn $far_method:ident $([$far_who:ident])?
                    ($($far_arg:ident: &$far_type:ident),*) -> $far_out:ty;
            )* }
        }
    ) => {
        $(
            impl $trait for Recorder<'_> { $(
                fn $method(&self $(, $who: &Account)? $(, $arg: &$type)*) -> $out {
                    self.read.$method($($who,)? $($arg,)*)
                }
            )* }
        )*

        #[async_trait]
        impl $net for Recorder<'_> {
            $(
                async fn $far_method(&self $(, $far_who: &Account)? $(, $far_arg: &$far_type)*)
                    -> $far_out
                {
                    self.read.$far_method($($far_who,)? $($far_arg,)*).await
                }
            )*

            async fn dial(&self, who: &Account, to: &Address) -> Result<Connection, DialError> {
                self.read.dial(who, to).await
            }
        }
    };
}

with_host_read!(pass_on);

#[async_trait]
impl HostControl for Recorder<'_> {
    fn write_file(
        &self,
        who: &Account,
        path: &WinPath,
        content: &[u8],
        size: u64,
    ) -> Result<(), FileError> {
        self.failed.note("write-file", self.control.write_file(who, path, content, size))
    }

    fn remove_file(&self, who: &Account, path: &WinPath) -> Result<(), FileError> {
        // That there is none to remove stops nothing.
        self.control.remove_file(who, path)
    }

    fn temporary_file(&self, who: &Account, folder: &WinPath) -> Result<WinPath, FileError> {
        self.failed.note("temporary-file", self.control.temporary_file(who, folder))
    }

    fn set_registry_value(&self, who: &Account, key: &KeyPath, name: &Name, value: RegistryValue) {
        self.control.set_registry_value(who, key, name, value);
    }

    fn remove_registry_value(&self, who: &Account, key: &KeyPath, name: &Name) {
        self.control.remove_registry_value(who, key, name);
    }

    fn start_service(&self, name: &Name) -> Result<(), ServiceError> {
        self.failed.note("start-service", self.control.start_service(name))
    }

    fn stop_service(&self, name: &Name) -> Result<(), ServiceError> {
        self.failed.note("stop-service", self.control.stop_service(name))
    }

    fn call_service(&self, name: &Name) -> Result<(), RpcError> {
        self.failed.note("call-service", self.control.call_service(name))
    }

    fn launch(&self, who: &Account, program: &WinPath) -> Result<(), LaunchError> {
        self.failed.note("launch", self.control.launch(who, program))
    }

    fn download_policy(&self, who: &Account, url: &str) -> UrlPolicy {
        let policy = self.control.download_policy(who, url);
        if policy == UrlPolicy::Disallow {
            self.failed.push(format!("download-policy: {policy:?}"));
        }
        policy
    }

    fn tls_versions(&self, client: TlsClient) -> Vec<TlsVersion> {
        self.control.tls_versions(client)
    }

    fn log_event(&self, log: &Name, source: &str, id: u32, message: &str) {
        self.control.log_event(log, source, id, message);
    }

    fn make_rsa_key(&self) -> Vec<u8> {
        self.control.make_rsa_key()
    }

    fn install_certificate(&self, certificate: &CertificateInfo, key: &[u8]) {
        self.control.install_certificate(certificate, key);
    }

    fn remove_certificate(&self, thumbprint: &Name) {
        self.control.remove_certificate(thumbprint);
    }

    fn private_key(&self, thumbprint: &Name) -> Option<Vec<u8>> {
        let key = self.control.private_key(thumbprint);
        if key.is_none() {
            self.failed.push("private-key: not found".to_owned());
        }
        key
    }

    fn random(&self, bytes: &mut [u8]) {
        self.control.random(bytes);
    }

    fn wait(&self, seconds: u32) {
        self.control.wait(seconds);
    }

    fn keep_portal_session(&self, user: &Name, session: &str) {
        self.control.keep_portal_session(user, session);
    }

    async fn let_tasks_run(&self, seconds: u32) -> Option<Due> {
        // † Windows runs task, PowerShell, module and cmdlet in this one call: it fails where no cmdlet ran.
        let due = self.control.let_tasks_run(seconds).await;
        if due.as_ref().is_none_or(|due| due.ran.is_empty()) {
            self.failed.push("let-tasks-run: no cmdlet ran".to_owned());
        }
        due
    }

    fn take_snapshot(&self, volumes: &BTreeSet<Name>) -> Result<(), SnapshotError> {
        self.failed.note("take-snapshot", self.control.take_snapshot(volumes))
    }

    fn attach_virtual_disk(&self, path: &WinPath) -> Result<(), VirtualDiskError> {
        self.failed.note("attach-virtual-disk", self.control.attach_virtual_disk(path))
    }

    async fn attach_volume(&self, portal: &Address, target: &str) -> Result<Name, AttachError> {
        self.failed.note("attach-volume", self.control.attach_volume(portal, target).await)
    }

    async fn read_attached_volume(&self, letter: &Name) -> Result<(), VolumeError> {
        let read = self.control.read_attached_volume(letter).await;
        self.failed.note("read-attached-volume", read)
    }

    fn detach_volume(&self, letter: &Name) {
        self.control.detach_volume(letter);
    }
}
