//! [`Kind`]: how a step failed, as the table of messages names it.

use std::fmt;

use marslab_wire::http::HttpError;
use serde::de::{Deserialize, Deserializer, Error};
use serde::{Serialize, Serializer};

use super::StepError;

/// Makes the kinds, each from its documentation, its name in files and the errors that are of it.
macro_rules! kinds {
    ($($(#[doc = $line:literal])+ $errors:pat => $kind:ident, $name:literal;)+) => {
        /// How a step failed: what it asked Windows or a server for, and what came back. A closed list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $($(#[doc = $line])+ $kind,)+
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            const NAMES: &'static [&'static str] = &[$($name),+];

            /// The name in files.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }

            /// What happened, in one line.
            pub const fn documentation(self) -> &'static str {
                match self {
                    $(Self::$kind => concat!($($line),+).trim_ascii(),)+
                }
            }
        }

        impl StepError {
            /// Of which kind it is.
            pub(crate) const fn kind(&self) -> Kind {
                match self {
                    $($errors => Kind::$kind,)+
                }
            }
        }
    };
}

kinds! {
    /// The service of the engine does not run, does not answer, or may not be called.
    StepError::EngineUnreachable => Engine, "engine";
    /// Windows did not start a program.
    StepError::Launch(_) => Program, "program";
    /// A file or folder could not be read or written.
    StepError::File { .. } => File, "file";
    /// The registry has no registration.
    StepError::NotRegistered => NotRegistered, "not-registered";
    /// The proxy setting cannot be used.
    StepError::ProxySetting => ProxySetting, "proxy-setting";
    /// The proxy configuration script is more than a function that returns one text.
    StepError::Script => ProxyScript, "proxy-script";
    /// A URL, as the registration has it, cannot be used.
    StepError::Url => Url, "url";
    /// The security zone of a host does not allow downloads.
    StepError::DownloadForbidden => DownloadForbidden, "download-forbidden";
    /// A proxy opened no tunnel.
    StepError::Http { error: HttpError::ProxyRefused { .. }, .. } => ProxyRefusal, "proxy-refusal";
    /// A host, or the proxy on the way, gave no answer that can be used.
    StepError::Http { .. } => NoAnswer, "no-answer";
    /// A server, or a proxy in its place, answered with another status than success.
    StepError::Answer { .. } => Answer, "answer";
    /// The connectivity probe answered with another text.
    StepError::Probe => Probe, "probe";
    /// The credentials file has the wrong content.
    StepError::Credentials(_) => Credentials, "credentials";
    /// Windows made no temporary file.
    StepError::TemporaryFile(_) => TemporaryFile, "temporary-file";
    /// There is no credentials file.
    StepError::NoCredentials => NoCredentialsFile, "no-credentials-file";
    /// The credentials file could not be read.
    StepError::UnreadableCredentials { .. } => CredentialsFile, "credentials-file";
    /// The name of the credentials file has another extension.
    StepError::Extension => Extension, "extension";
    /// The credentials file is of another vault than the server's own.
    StepError::OtherVault => OtherVault, "other-vault";
    /// The certificate of the credentials is not valid now.
    StepError::CertificateDates => CertificateDates, "certificate-dates";
    /// The machine's certificate is not in the store.
    StepError::NoMachineCertificate => NoCertificate, "no-certificate";
    /// A PKCS#12 file cannot be read or made.
    StepError::Pkcs12 => Pkcs12, "pkcs12";
    /// A certificate or its key cannot be used.
    StepError::X509 => Certificate, "certificate";
    /// The assertion for the login service cannot be signed.
    StepError::Jwt => Assertion, "assertion";
    /// The user has no account at the login service.
    StepError::NoUpn => NoAccount, "no-account";
    /// The two registry values of the scratch folder differ, or one is missing.
    StepError::ScratchDisagrees => ScratchFolder, "scratch-folder";
    /// The key file is damaged.
    StepError::Key => Key, "key";
    /// The key file is of another passphrase.
    StepError::OtherKey => OtherKey, "other-key";
    /// None of the selected items exists.
    StepError::NoItems => NoItems, "no-items";
    /// A volume of this kind cannot be backed up.
    StepError::UnsupportedVolume { .. } => UnsupportedVolume, "unsupported-volume";
    /// A file with these attributes cannot be backed up.
    StepError::UnsupportedFile { .. } => UnsupportedFile, "unsupported-file";
    /// Windows attached no virtual hard disk.
    StepError::VirtualDisk(_) => VirtualDisk, "virtual-disk";
    /// Windows made no snapshot.
    StepError::Snapshot(_) => Snapshot, "snapshot";
    /// The schedule started no job.
    StepError::NoJob { .. } => NoJob, "no-job";
    /// Another job is in progress.
    StepError::AnotherJob => AnotherJob, "another-job";
    /// No passphrase was set.
    StepError::NoPassphrase => NoPassphrase, "no-passphrase";
    /// The backup left out files or folders.
    StepError::LeftOut { .. } => LeftOut, "left-out";
    /// The backup is in the vault, but the service supports no agents as old as the installed one.
    StepError::UpgradeRequired => UpgradeRequired, "upgrade-required";
    /// The vault has no recovery points of the server.
    StepError::NoRecoveryPoints => NoRecoveryPoints, "no-recovery-points";
    /// An earlier mount is still in progress.
    StepError::MountInProgress => MountInProgress, "mount-in-progress";
    /// The service named no iSCSI portal.
    StepError::Portal => NoPortal, "no-portal";
    /// Windows attached no volume.
    StepError::Attach(_) => Attach, "attach";
    /// The recovery volume was not read to its end.
    StepError::Recovery { .. } => Recovery, "recovery";
    /// A precondition does not hold. No row decides what is shown then: the precondition itself does.
    StepError::Precondition(_) => Precondition, "precondition";
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        let found = Self::ALL.iter().copied().find(|kind| kind.as_str() == name);
        found.ok_or_else(|| D::Error::unknown_variant(&name, Self::NAMES))
    }
}
