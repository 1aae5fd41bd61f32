//! A limit that slips is noticed, in the lab's worlds and in a core: some play stands near enough on the side to which it
//! slips.
//!
//! Every limit slips by its unit in either direction. Where the source fixes the point, that is also what `>` in the place
//! of `>=` would do. The base of a share (of the data, of the volume) is no number: `scratch-volume-low` has room for the
//! data and too little of the volume, `activation-scratch-no-space` the reverse.

use std::collections::{BTreeMap, BTreeSet};

use marslab::limits_table::{self, ADVISED};
use marslab::live::Limits;
use marslab::play::Options;
use marslab::subject_runner::RustSubject;
use marslab::verdict::MismatchKind;
use marslab_core::WithLimits;
use marslab_tests::{memory, mismatch, play, reference, verdict};

/// A limit that slips, and the play that notices.
struct Slip<L> {
    /// What is done to it, as it is written below.
    how: &'static str,
    slip: fn(&mut L),
    play: &'static str,
    /// What the verdict says.
    seen: MismatchKind,
}

impl<L> Slip<L> {
    /// The limit's name.
    fn limit(&self) -> &'static str {
        let words = self.how.split(['.', ' ']);
        words.rev().nth(2).unwrap()
    }
}

/// Slips: what is done to a limit, the play that notices, and what its verdict says.
macro_rules! slips {
    ($limits:ty: $($slip:expr => $play:literal, $seen:ident;)*) => {
        [$(Slip::<$limits> {
            how: stringify!($slip),
            slip: $slip,
            play: $play,
            seen: MismatchKind::$seen,
        }),*]
    };
}

/// What the lab's worlds and the agent hold to.
const OF_THE_LAB: [Slip<Limits>; 30] = slips! { Limits:
    |it| it.world.vault_machines -= 1 => "vault-with-49-machines", NotHealthy;
    |it| it.world.vault_machines += 1 => "vault-machine-limit", NotBroken;
    |it| it.world.credentials_hours -= 1 => "credentials-47-hours-old", NotHealthy;
    |it| it.world.credentials_hours += 1 => "credentials-expired/two-minutes-over", NotBroken;
    |it| it.world.clock_skew_seconds -= 60 => "clock-four-minutes-ahead/half-a-minute-inside", NotHealthy;
    |it| it.world.clock_skew_seconds += 60 => "clock-skewed/five-minutes-and-a-half-ahead", NotBroken;
    |it| it.world.powershell_major -= 1 => "powershell-older-than-3.0", NotBroken;
    |it| it.world.powershell_major += 1 => "powershell-3.0", NotHealthy;
    |it| it.world.temporary_names -= 1 => "temp-files-65001/one-name-left", NotHealthy;
    |it| it.world.temporary_names += 1 => "temp-files-exhausted", NotBroken;
    |it| it.world.shadow_storage_mib -= 1 => "shadow-storage-100-mib/one-mib-below", NotBroken;
    |it| it.world.shadow_storage_mib += 1 => "shadow-storage-320-mib", NotHealthy;
    |it| it.world.snapshot_seconds -= 60 => "schedule-conflict", NotBroken;
    |it| it.world.snapshot_seconds += 60 => "server-backup-a-minute-later/a-minute-earlier", NotHealthy;
    |it| it.agent.assertion_seconds -= 60 =>
        "clock-four-minutes-ahead/fourteen-minutes-and-a-half-behind-after-registration", NotHealthy;
    |it| it.agent.assertion_seconds += 60 => "clock-behind-after-registration", NotBroken;
    |it| it.agent.backdated_seconds -= 60 =>
        "clock-four-minutes-ahead/nine-minutes-and-a-half-behind", NotHealthy;
    |it| it.agent.backdated_seconds += 60 => "clock-skewed/ten-minutes-and-a-half-behind", NotBroken;
    |it| it.agent.scratch_percent -= 1 =>
        "activation-scratch-no-space/just-below-five-percent-of-the-data", NotBroken;
    |it| it.agent.scratch_percent += 1 => "scratch-volume-with-just-enough-space", NotHealthy;
    |it| it.agent.directory_build -= 1 => "agent-2.0.9082", NotBroken;
    |it| it.agent.directory_build += 1 => "agent-outdated/2.0.9083", NotHealthy;
    |it| it.agent.scratch_errors_build -= 1 =>
        "passphrase-scratch-no-space/last-agent-that-says-so", WrongError;
    |it| it.agent.scratch_errors_build += 1 =>
        "scratch-volume-full-newer-agent/first-that-says-so", WrongError;
    |it| it.agent.sync_agent_major -= 1 => "file-sync-brings-the-engine-down", NotBroken;
    |it| it.agent.sync_agent_major += 1 => "file-sync-newer", NotHealthy;
    |it| it.agent.newer_tls_release -= 1 => "dotnet-older-than-4.6.2/release-number-just-below", NotBroken;
    |it| it.agent.newer_tls_release += 1 => "dotnet-4.6.2-where-tls-1.2-is-required", NotHealthy;
    |it| it.agent.windows_tls_release -= 1 =>
        "tls-1.2-not-used-by-dotnet/release-number-just-below-4.7", NotBroken;
    |it| it.agent.windows_tls_release += 1 => "strong-cryptography-off-with-dotnet-4.7", NotHealthy;
};

/// By what the reference core judges.
type CoreLimits = marslab_core::Limits;

/// The articles say 60,000 or 65,000 `.tmp` files, so that only past the second number is it noticed.
const OF_THE_CORE: [Slip<CoreLimits>; 30] = slips! { CoreLimits:
    |it| it.vault_machines -= 1 => "vault-with-49-machines", FalseFinding;
    |it| it.vault_machines += 1 => "vault-machine-limit", NotFound;
    |it| it.data_percent -= 1 =>
        "activation-scratch-no-space/just-below-five-percent-of-the-data", NotFound;
    |it| it.data_percent += 1 => "scratch-volume-with-just-enough-space", FalseFinding;
    |it| it.volume_percent -= 1 => "scratch-volume-low/just-below-5-percent-then-just-above", NotFound;
    |it| it.volume_percent += 1 => "scratch-volume-low/just-below-5-percent-then-just-above", FalseFinding;
    |it| it.assertion_seconds -= 60 =>
        "clock-four-minutes-ahead/fourteen-minutes-and-a-half-behind-after-registration",
        FalseFinding;
    |it| it.assertion_seconds += 60 => "clock-behind-after-registration", NotFound;
    |it| it.clock_skew_seconds -= 60 => "clock-four-minutes-ahead/half-a-minute-inside", FalseFinding;
    |it| it.clock_skew_seconds += 60 => "clock-skewed/five-minutes-and-a-half-ahead", NotFound;
    |it| it.temp_files_advised -= 1 => "temp-files-60000", FalseFinding;
    |it| it.temp_files_advised += 5_001 => "temp-files-65001", NotFound;
    |it| it.temp_names -= 1 => "temp-files-65001/one-name-left", NotFound;
    |it| it.temp_names += 1 => "temp-files-exhausted", NotFound;
    |it| it.directory_build -= 1 => "agent-2.0.9082", NotFound;
    |it| it.directory_build += 1 => "agent-outdated/2.0.9083", FalseFinding;
    |it| it.dotnet_advised -= 1 => "dotnet-older-than-4.5.2/release-number-just-below", NotFound;
    |it| it.dotnet_advised += 1 => "dotnet-4.5.2", FalseFinding;
    |it| it.newer_tls_release -= 1 => "dotnet-older-than-4.6.2/release-number-just-below", NotFound;
    |it| it.newer_tls_release += 1 => "dotnet-4.6.2-where-tls-1.2-is-required", FalseFinding;
    |it| it.windows_tls_release -= 1 =>
        "tls-1.2-not-used-by-dotnet/release-number-just-below-4.7", NotFound;
    |it| it.windows_tls_release += 1 => "strong-cryptography-off-with-dotnet-4.7", FalseFinding;
    |it| it.powershell_major -= 1 => "powershell-older-than-3.0", NotFound;
    |it| it.powershell_major += 1 => "powershell-3.0", FalseFinding;
    |it| it.shadow_storage_mib -= 1 => "shadow-storage-100-mib/one-mib-below", NotFound;
    |it| it.shadow_storage_mib += 1 => "shadow-storage-320-mib", FalseFinding;
    |it| it.sync_agent_major -= 1 => "file-sync-brings-the-engine-down", NotFound;
    |it| it.sync_agent_major += 1 => "file-sync-newer", FalseFinding;
    |it| it.azure_powershell_minor -= 1 => "offline-source-azure-powershell-older", NotFound;
    |it| it.azure_powershell_minor += 1 => "offline-source-azure-powershell-older", FalseFinding;
};

#[test]
fn a_limit_of_the_lab_that_slips_is_noticed() {
    for Slip { how, slip, play: name, seen: expected } in OF_THE_LAB {
        let mut limits = Limits::default();
        slip(&mut limits);
        let options = Options { limits, ..memory() };
        let seen = verdict(&play(name), &reference(), &options);
        assert_eq!(mismatch(&seen), Some(expected), "{how}, {name}: {seen}");
    }
}

#[test]
fn a_limit_of_the_core_that_slips_is_noticed() {
    for Slip { how, slip, play: name, seen: expected } in OF_THE_CORE {
        let mut limits = CoreLimits::default();
        slip(&mut limits);
        let core = RustSubject::new("slipped", WithLimits(limits));
        let seen = verdict(&play(name), &core, &memory());
        assert_eq!(mismatch(&seen), Some(expected), "{how}, {name}: {seen}");
    }
}

#[test]
fn every_limit_slips_to_either_side() {
    // The table of the lab's is taken apart whole; the core's limits have none.
    let of_the_lab =
        limits_table::table(&Limits::default()).iter().map(|limit| limit.name).collect();
    let shown = format!("{:#?}", CoreLimits::default());
    let fields = shown.lines().filter_map(|line| line.trim().split_once(':'));
    let of_the_core = fields.map(|(name, _)| name).collect();
    check_sides(&of_the_lab, &OF_THE_LAB);
    check_sides(&of_the_core, &OF_THE_CORE);
}

/// Each of these limits slips once down and once up, and no other limit does.
#[track_caller]
fn check_sides<L: Default + PartialEq>(limits: &BTreeSet<&str>, slips: &[Slip<L>]) {
    let mut sides = BTreeMap::<&str, [usize; 2]>::new();
    for it @ Slip { how, slip, .. } in slips {
        let mut slipped = L::default();
        slip(&mut slipped);
        assert!(slipped != L::default(), "{how}");
        let [down, up] = sides.entry(it.limit()).or_default();
        *(if how.contains('-') { down } else { up }) += 1;
    }
    assert_eq!(sides.keys().copied().collect::<BTreeSet<_>>(), *limits);
    assert!(sides.values().all(|sides| *sides == [1, 1]), "{sides:?}");
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

fn noticing<L>(slips: &[Slip<L>]) -> Plays {
    let mut plays = Plays::new();
    for slip in slips {
        plays.entry(slip.limit()).or_default().insert(slip.play);
    }
    plays
}
