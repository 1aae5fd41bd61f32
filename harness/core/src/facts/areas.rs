//! What can be left unchecked, by the ids of the catalogue.

/// What Windows tells of itself.
pub(crate) const MACHINE: &str = "machine";
/// The hosts that the agent needs, and the way to them.
pub(crate) const REQUIRED_HOSTS: &str = "required-hosts";
/// What any server shows.
pub(crate) const ANY_SERVER: &str = "any-server";
/// The page with the latest version.
pub(crate) const VERSION_PAGE: &str = "version-page";
/// What the login service says of a certificate.
pub(crate) const SIGN_IN_SERVICE: &str = "sign-in-service";
/// The hosts of the portal, and the way to them.
pub(crate) const PORTAL: &str = "portal";
/// What the portal shows its user.
pub(crate) const VAULT: &str = "vault";
/// The content of the vault credentials file.
pub(crate) const CREDENTIALS_FILE: &str = "credentials-file";
/// The agent's programs, log and scratch folder.
pub(crate) const AGENT_FILES: &str = "agent-files";
/// The files that are selected for backup.
pub(crate) const SELECTED_FILES: &str = "selected-files";
/// The folder for temporary files.
pub(crate) const TEMPORARY_FILES: &str = "temporary-files";
/// The computer that copies an offline backup.
pub(crate) const COPY_COMPUTER: &str = "copy-computer";
