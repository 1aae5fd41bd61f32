//! What the parts of a world are called.

use super::begins_with;

/// The thing that a field belongs to, or is.
pub(super) struct Noun {
    /// `the service Windows Backup`
    pub(super) text: String,
    /// Its key among its like, as it is shown.
    pub(super) key: String,
    /// How many segments lead to it.
    pub(super) depth: usize,
}

impl Noun {
    /// The innermost thing on the way to a field.
    pub(super) fn of(segments: &[String], called: Option<&str>) -> Self {
        let known = NOUNS.iter().filter(|(pattern, _)| begins_with(segments, pattern));
        let longest = known.max_by_key(|(pattern, _)| pattern.split('/').count());
        let (pattern, text) = longest.copied().unwrap_or(("", "the world"));
        let depth = if pattern.is_empty() { 0 } else { pattern.split('/').count() };
        let keys = pattern.split('/').zip(segments).filter(|(part, _)| *part == "*");
        let raw = keys.map(|(_, key)| key.as_str()).last().unwrap_or_default();
        let key = called.map_or_else(|| shown_key(pattern, raw), str::to_owned);
        Self { text: text.replace("{}", &key), key, depth }
    }
}

/// The last part of what is a path, and else the whole.
fn shown_key(pattern: &str, key: &str) -> String {
    if PATHS.iter().any(|of| pattern.contains(of)) { base_name(key) } else { key.to_owned() }
}

/// The last part of a path of Windows.
pub(super) fn base_name(path: &str) -> String {
    path.trim_end_matches('\\').rsplit('\\').next().unwrap_or(path).to_owned()
}

/// What a field is called in a sentence.
pub(super) fn field(name: &str) -> String {
    let known = FIELDS.iter().find(|(field, _)| *field == name);
    known.map_or_else(|| name.replace('-', " "), |(_, words)| (*words).to_owned())
}

/// Things whose keys are paths.
const PATHS: [&str; 8] = [
    "/files/*",
    "/denied/*",
    "/open-files/*",
    "/folder-attributes/*",
    "/series/*",
    "/registry/*",
    "/tasks/*",
    "/devices/*",
];

/// `{}` is the last key.
const NOUNS: &[(&str, &str)] = &[
    ("now", "the time in the cloud"),
    ("machines/*", "the machine {}"),
    ("machines/*/computer-name", "the computer name"),
    ("machines/*/domain", "the domain of the machine"),
    ("machines/*/language", "the language of Windows"),
    ("machines/*/os", "Windows"),
    ("machines/*/volumes/*", "the volume {}"),
    ("machines/*/files/*", "the file {}"),
    ("machines/*/denied/*", "the access list of {}"),
    ("machines/*/open-files/*", "the program that has {} open"),
    ("machines/*/folder-attributes/*", "the attributes of the folder {}"),
    ("machines/*/series/*", "the numbered files in the folder {}"),
    ("machines/*/registry/*", "the registry key {}"),
    ("machines/*/registry/*/*", "the registry value {}"),
    ("machines/*/environment/*", "the environment variable {}"),
    ("machines/*/boot/environment/*", "the environment variable {} of services and tasks"),
    ("machines/*/boot", "the last start of Windows"),
    ("machines/*/services/*", "the service {}"),
    ("machines/*/tasks/*", "the task {}"),
    ("machines/*/tasks/*/more-triggers/*", "the trigger {}"),
    ("machines/*/devices/*", "the device {}"),
    ("machines/*/software/*", "the program {}"),
    ("machines/*/accounts/*", "the account {}"),
    ("machines/*/antivirus", "the antivirus program"),
    ("machines/*/antivirus/product", "the antivirus program"),
    ("machines/*/certificates/*", "the certificate {}"),
    ("machines/*/trusted-roots", "the trusted root certificates"),
    ("machines/*/browsers/*", "the browser of {}"),
    ("machines/*/browsers/*/cache/*", "the browser's copy of {}"),
    ("machines/*/clock", "the clock"),
    ("machines/*/clock/zone", "the time zone"),
    ("machines/*/mounts/*", "the mounted volume {}"),
    ("machines/*/snapshot-sets/*", "the shadow copy set of {}"),
    ("machines/*/events/*", "the event log {}"),
    ("network/names/*", "the name {}"),
    ("network/resolver", "the DNS server"),
    ("network/resolver/overrides/*", "what the DNS server answers for {}"),
    ("network/resolver/zones/*", "the DNS server's forwarder for {}"),
    ("network/resolver/zones/*/records/*", "the name {} in the forwarded zone"),
    ("network/firewall/*", "the firewall rule {}"),
    ("network/proxies/*", "the proxy {}"),
    ("network/proxies/*/users/*", "the proxy's user {}"),
    ("network/portals/*", "the captive portal {}"),
    ("cloud", "the cloud"),
    ("cloud/latest-agent", "the latest release of the agent"),
    ("cloud/oldest-agent", "the oldest agent that the services support"),
    ("cloud/credentials-hours", "the time for which credentials files are good, in hours,"),
    ("cloud/endpoints/*", "the server {}"),
    ("cloud/probes/*", "the page {}"),
    ("cloud/tenants/*", "the tenant {}"),
    ("cloud/tenants/*/users/*", "the user {}"),
    ("cloud/tenants/*/applications/*", "the application {}"),
    ("cloud/tenants/*/applications/*/certificates/*", "the application's certificate {}"),
    ("cloud/tenants/*/applications/*/secrets/*", "the application's secret {}"),
    ("cloud/subscriptions/*", "the subscription {}"),
    ("cloud/subscriptions/*/roles/*", "the roles of {}"),
    ("cloud/subscriptions/*/custom-roles/*", "the custom role {}"),
    ("cloud/subscriptions/*/resource-groups/*", "the resource group {}"),
    ("cloud/subscriptions/*/resource-groups/*/tags/*", "the resource group's tag {}"),
    ("cloud/vaults/*", "the vault {}"),
    ("cloud/vaults/*/tags/*", "the vault's tag {}"),
    ("cloud/vaults/*/policies/*", "the vault's policy {}"),
    ("cloud/vaults/*/machines/*", "the vault's entry of {}"),
    ("cloud/vaults/*/recovery-points/*", "the recovery point {}"),
    ("cloud/storage-accounts/*", "the storage account {}"),
    ("cloud/storage-accounts/*/containers/*", "the container {}"),
    ("cloud/storage-accounts/*/containers/*/blobs/*", "the blob {}"),
    ("cloud/storage-accounts/*/containers/*/blobs/*/metadata/*", "the blob's note {}"),
    ("cloud/storage-accounts/*/containers/*/staged/*", "the unfinished blob {}"),
];

const FIELDS: &[(&str, &str)] = &[
    ("a", "answer for IPv4 addresses"),
    ("aaaa", "answer for IPv6 addresses"),
    ("asks", "authentication schemes"),
    ("bitlocker", "BitLocker state"),
    ("build", "build number"),
    ("caption", "edition"),
    ("client-id", "client id"),
    ("free", "free space"),
    ("if-running", "rule for a task that already runs"),
    ("kind", "type"),
    ("last-result", "last result"),
    ("lm-compatibility-level", "LmCompatibilityLevel"),
    ("minute-of-day", "time"),
    ("over-tcp", "service over TCP"),
    ("public-network-access", "access from public networks"),
    ("sid", "SID"),
    ("sku", "SKU"),
    ("start", "start type"),
    ("tls-max", "newest TLS version"),
    ("tls-min", "oldest TLS version"),
    ("upn", "user principal name"),
];

/// For tests: whether a part of a world has a noun of its own.
#[cfg(test)]
pub(super) fn is_known(segments: &[String]) -> bool {
    NOUNS.iter().any(|(pattern, _)| begins_with(segments, pattern))
}
