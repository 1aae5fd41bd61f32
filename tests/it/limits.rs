//! A limit that slips is noticed, in the lab's worlds and in a core: some play stands near enough on the side to which it
//! slips.
//!
//! Every limit slips by its unit in either direction. Where the source fixes the point, that is also what `>` in the place
//! of `>=` would do. The base of a share (of the data, of the volume) is no number: `scratch-volume-low` has room for the
//! data and too little of the volume, `activation-scratch-no-space` the reverse.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use marslab::limits_table::{self, ADVISED};
use marslab::live::Limits;
use marslab::live::product::{self, Additions, AgentVersion, Product};
use marslab::play::Options;
use marslab::subject_runner::RustSubject;
use marslab::verdict::MismatchKind::{
    self, FalseFinding, NotBroken, NotFound, NotHealthy, WrongError,
};
use marslab_core::WithLimits;
use marslab_tests::{memory, mismatch, play, reference, verdict};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A limit that slips, and the plays that notice.
struct Row {
    /// Where the limit is among all of them: a pointer into their JSON.
    limit: &'static str,
    down: Slip,
    up: Slip,
}

/// What is done to a limit, and what comes of it.
struct Slip {
    by: i64,
    /// The play that notices, and what its verdict says.
    play: &'static str,
    seen: MismatchKind,
}

impl Row {
    /// The limit's own name.
    fn name(&self) -> &'static str {
        self.limit.rsplit('/').next().unwrap()
    }
}

const fn row(
    limit: &'static str,
    [down, up]: [i64; 2],
    (inside, seen_inside): (&'static str, MismatchKind),
    (outside, seen_outside): (&'static str, MismatchKind),
) -> Row {
    let down = Slip { by: -down, play: inside, seen: seen_inside };
    Row { limit, down, up: Slip { by: up, play: outside, seen: seen_outside } }
}

/// What the lab's worlds and the agent hold to: by how much it slips down and up, and the plays that notice.
const OF_THE_LAB: [Row; 21] = [
    row(
        "/world/vault_machines",
        [1, 1],
        ("vault-with-49-machines", NotHealthy),
        ("vault-machine-limit", NotBroken),
    ),
    row(
        "/world/credentials_hours",
        [1, 1],
        ("credentials-47-hours-old", NotHealthy),
        ("credentials-expired/two-minutes-over", NotBroken),
    ),
    row(
        "/world/clock_skew_seconds",
        [60, 60],
        ("clock-four-minutes-ahead/half-a-minute-inside", NotHealthy),
        ("clock-skewed/five-minutes-and-a-half-ahead", NotBroken),
    ),
    row(
        "/world/powershell_major",
        [1, 1],
        ("powershell-older-than-3.0", NotBroken),
        ("powershell-3.0", NotHealthy),
    ),
    row(
        "/world/temporary_names",
        [1, 1],
        ("temp-files-65001/one-name-left", NotHealthy),
        ("temp-files-exhausted", NotBroken),
    ),
    row(
        "/world/shadow_storage_mib",
        [1, 1],
        ("shadow-storage-100-mib/one-mib-below", NotBroken),
        ("shadow-storage-320-mib", NotHealthy),
    ),
    row(
        "/world/snapshot_seconds",
        [60, 60],
        ("schedule-conflict", NotBroken),
        ("server-backup-a-minute-later/a-minute-earlier", NotHealthy),
    ),
    row(
        "/agent/assertion_seconds",
        [60, 60],
        (
            "clock-four-minutes-ahead/fourteen-minutes-and-a-half-behind-after-registration",
            NotHealthy,
        ),
        ("clock-behind-after-registration", NotBroken),
    ),
    row(
        "/agent/backdated_seconds",
        [60, 60],
        ("clock-four-minutes-ahead/nine-minutes-and-a-half-behind", NotHealthy),
        ("clock-skewed/ten-minutes-and-a-half-behind", NotBroken),
    ),
    row(
        "/agent/scratch_percent",
        [1, 1],
        ("activation-scratch-no-space/just-below-five-percent-of-the-data", NotBroken),
        ("scratch-volume-with-just-enough-space", NotHealthy),
    ),
    row(
        "/agent/many_files",
        [1, 1],
        ("a-million-files-and-little-space", NotHealthy),
        ("scratch-space-for-many-files", NotBroken),
    ),
    row(
        "/agent/many_files_percent",
        [1, 1],
        ("scratch-space-for-many-files", NotBroken),
        ("two-million-files-and-a-fifth-of-the-data", NotHealthy),
    ),
    row(
        "/agent/restore_percent",
        [1, 1],
        ("restore-cache-full", NotBroken),
        ("restore-with-just-enough-space", NotHealthy),
    ),
    row(
        "/agent/directory_build",
        [1, 1],
        // One that signs in is still older than any that the service supports.
        ("agent-2.0.9082", WrongError),
        ("agent-outdated/2.0.9083", NotHealthy),
    ),
    row(
        "/agent/scratch_errors_build",
        [1, 1],
        ("passphrase-scratch-no-space/last-agent-that-says-so", WrongError),
        ("scratch-volume-full-newer-agent/first-that-says-so", WrongError),
    ),
    row(
        "/agent/endpoint_state_build",
        [1, 1],
        ("credentials-of-2025-read-by-an-older-agent", NotBroken),
        ("credentials-of-2025-read-by-a-newer-agent", NotHealthy),
    ),
    row(
        "/agent/skips_build",
        [1, 1],
        ("unsupported-attributes-end-the-job", WrongError),
        ("unsupported-attributes-are-skipped/first-agent-that-does", WrongError),
    ),
    row(
        "/agent/https_only_build",
        [1, 1],
        ("port-80-blocked", NotBroken),
        ("port-80-blocked-newer-agent", NotHealthy),
    ),
    row(
        "/world/sync_agent_major",
        [1, 1],
        ("file-sync-brings-the-engine-down", NotBroken),
        ("file-sync-newer", NotHealthy),
    ),
    row(
        "/world/newer_tls_release",
        [1, 1],
        ("dotnet-older-than-4.6.2/release-number-just-below", NotBroken),
        ("dotnet-4.6.2-where-tls-1.2-is-required", NotHealthy),
    ),
    row(
        "/world/windows_tls_release",
        [1, 1],
        ("tls-1.2-not-used-by-dotnet/release-number-just-below-4.7", NotBroken),
        ("strong-cryptography-off-with-dotnet-4.7", NotHealthy),
    ),
];

/// By what the reference core judges.
type CoreLimits = marslab_core::Limits;

/// The articles say 60,000 or 65,000 `.tmp` files, so that only past the second number is it noticed.
const OF_THE_CORE: [Row; 20] = [
    row(
        "/vault_machines",
        [1, 1],
        ("vault-with-49-machines", FalseFinding),
        ("vault-machine-limit", NotFound),
    ),
    row(
        "/data_percent",
        [1, 1],
        ("activation-scratch-no-space/just-below-five-percent-of-the-data", NotFound),
        ("scratch-volume-with-just-enough-space", FalseFinding),
    ),
    row(
        "/many_files",
        [1, 1],
        ("a-million-files-and-little-space", FalseFinding),
        ("scratch-space-for-many-files", NotFound),
    ),
    row(
        "/many_files_percent",
        [1, 1],
        ("scratch-space-for-many-files", NotFound),
        ("two-million-files-and-a-fifth-of-the-data", FalseFinding),
    ),
    row(
        "/restore_percent",
        [1, 1],
        ("restore-cache-full", NotFound),
        ("restore-with-just-enough-space", FalseFinding),
    ),
    row(
        "/volume_percent",
        [1, 1],
        ("scratch-volume-low/just-below-5-percent-then-just-above", NotFound),
        ("scratch-volume-low/just-below-5-percent-then-just-above", FalseFinding),
    ),
    row(
        "/assertion_seconds",
        [60, 60],
        (
            "clock-four-minutes-ahead/fourteen-minutes-and-a-half-behind-after-registration",
            FalseFinding,
        ),
        ("clock-behind-after-registration", NotFound),
    ),
    row(
        "/clock_skew_seconds",
        [60, 60],
        ("clock-four-minutes-ahead/half-a-minute-inside", FalseFinding),
        ("clock-skewed/five-minutes-and-a-half-ahead", NotFound),
    ),
    row(
        "/temp_files_advised",
        [1, 5_001],
        ("temp-files-60000", FalseFinding),
        ("temp-files-65001", NotFound),
    ),
    row(
        "/temp_names",
        [1, 1],
        ("temp-files-65001/one-name-left", NotFound),
        ("temp-files-exhausted", NotFound),
    ),
    row(
        "/directory_build",
        [1, 1],
        ("agent-2.0.9082", NotFound),
        ("agent-outdated/2.0.9083", FalseFinding),
    ),
    row(
        "/endpoint_state_build",
        [1, 1],
        ("credentials-of-2025-read-by-an-older-agent", NotFound),
        ("credentials-of-2025-read-by-a-newer-agent", FalseFinding),
    ),
    row(
        "/https_only_build",
        [1, 1],
        ("port-80-blocked", NotFound),
        ("port-80-blocked-newer-agent", FalseFinding),
    ),
    row(
        "/dotnet_advised",
        [1, 1],
        ("dotnet-older-than-4.5.2/release-number-just-below", NotFound),
        ("dotnet-4.5.2", FalseFinding),
    ),
    row(
        "/newer_tls_release",
        [1, 1],
        ("dotnet-older-than-4.6.2/release-number-just-below", NotFound),
        ("dotnet-4.6.2-where-tls-1.2-is-required", FalseFinding),
    ),
    row(
        "/windows_tls_release",
        [1, 1],
        ("tls-1.2-not-used-by-dotnet/release-number-just-below-4.7", NotFound),
        ("strong-cryptography-off-with-dotnet-4.7", FalseFinding),
    ),
    row(
        "/powershell_major",
        [1, 1],
        ("powershell-older-than-3.0", NotFound),
        ("powershell-3.0", FalseFinding),
    ),
    row(
        "/shadow_storage_mib",
        [1, 1],
        ("shadow-storage-100-mib/one-mib-below", NotFound),
        ("shadow-storage-320-mib", FalseFinding),
    ),
    row(
        "/sync_agent_major",
        [1, 1],
        ("file-sync-brings-the-engine-down", NotFound),
        ("file-sync-newer", FalseFinding),
    ),
    row(
        "/azure_powershell_minor",
        [1, 1],
        ("offline-source-azure-powershell-older", NotFound),
        ("offline-source-azure-powershell-older", FalseFinding),
    ),
];

/// All limits with one of them moved.
fn slipped<L: Default + Serialize + DeserializeOwned>(limit: &str, by: i64) -> L {
    let mut limits = serde_json::to_value(L::default()).unwrap();
    let field = limits.pointer_mut(limit).unwrap();
    *field = (field.as_i64().unwrap() + by).into();
    serde_json::from_value(limits).unwrap()
}

/// The product, which stands beside the limits with one of them: from which build on the agent has messages of its own for
/// the scratch folder.
fn product_slipped_with(limit: &str, by: i64) -> Arc<Product> {
    let embedded = product::embedded();
    if limit != "/agent/scratch_errors_build" {
        return Arc::clone(embedded);
    }
    let mut rows = embedded.shown().to_vec();
    let build = i64::from(Limits::default().agent.scratch_errors_build);
    let [from, slipped] =
        [build, build + by].map(|build| AgentVersion::installed(&format!("2.0.{build}")));
    let bounds = rows.iter_mut().filter_map(|row| row.agent.from.as_mut());
    bounds.filter(|it| **it == from).for_each(|it| *it = slipped.clone());
    let messages = embedded.messages().values().cloned().collect();
    let all = Additions { messages, shown: rows, ..Additions::default() };
    Arc::new(Product::default().with(all).unwrap())
}

/// The pointers to all limits.
fn pointers<L: Default + Serialize>() -> BTreeSet<String> {
    fn gather(at: &str, value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                fields
                    .iter()
                    .for_each(|(name, value)| gather(&format!("{at}/{name}"), value, found));
            }
            _ => drop(found.insert(at.to_owned())),
        }
    }
    let mut found = BTreeSet::new();
    gather("", &serde_json::to_value(L::default()).unwrap(), &mut found);
    found
}

#[test]
fn a_limit_of_the_lab_that_slips_is_noticed() {
    for Row { limit, down, up } in OF_THE_LAB {
        for Slip { by, play: name, seen: expected } in [down, up] {
            let options = Options {
                limits: slipped::<Limits>(limit, by),
                product: product_slipped_with(limit, by),
                ..memory()
            };
            let seen = verdict(&play(name), &reference(), &options);
            assert_eq!(mismatch(&seen), Some(expected), "{limit} {by:+}, {name}: {seen}");
        }
    }
}

#[test]
fn a_limit_of_the_core_that_slips_is_noticed() {
    for Row { limit, down, up } in OF_THE_CORE {
        for Slip { by, play: name, seen: expected } in [down, up] {
            let core = RustSubject::new("slipped", WithLimits(slipped(limit, by)));
            let seen = verdict(&play(name), &core, &memory());
            assert_eq!(mismatch(&seen), Some(expected), "{limit} {by:+}, {name}: {seen}");
        }
    }
}

#[test]
fn every_limit_has_a_row() {
    let rows = |rows: &[Row]| rows.iter().map(|row| row.limit.to_owned()).collect();
    assert_eq!(pointers::<Limits>(), rows(&OF_THE_LAB));
    assert_eq!(pointers::<CoreLimits>(), rows(&OF_THE_CORE));
}

/// The plays that the reference names on either side of a limit are those that notice.
#[test]
fn the_reference_names_the_plays_that_notice() {
    let table = limits_table::table(&Limits::default());
    let named: Plays = table.iter().map(|it| (it.name, [it.inside, it.outside].into())).collect();
    let of_the_lab = noticing(&OF_THE_LAB);
    assert_eq!(named, of_the_lab);
    let mut of_the_core = noticing(&OF_THE_CORE);
    let CoreLimits { temp_files_advised, volume_percent, dotnet_advised, .. } =
        CoreLimits::default();
    let azure_powershell = CoreLimits::default().azure_powershell_minor;
    let values = [
        temp_files_advised.to_string(),
        format!("{volume_percent} %"),
        dotnet_advised.to_string(),
        format!("3.{azure_powershell}.0"),
    ];
    assert_eq!(ADVISED.map(|row| row[2]), values.each_ref().map(String::as_str));
    for [name, _, _, _, _, inside, outside] in ADVISED {
        assert!(!named.contains_key(name), "{name} is enforced");
        assert_eq!(of_the_core.remove(name), Some([inside, outside].into()), "{name}");
    }
    // The others are the lab's, too, by whatever name: the same plays hold both.
    for (name, plays) in of_the_core {
        assert!(of_the_lab.values().any(|held| *held == plays), "{name}");
    }
}

/// The plays that notice a limit's slips.
type Plays = BTreeMap<&'static str, BTreeSet<&'static str>>;

fn noticing(rows: &[Row]) -> Plays {
    rows.iter().map(|row| (row.name(), [row.down.play, row.up.play].into())).collect()
}
