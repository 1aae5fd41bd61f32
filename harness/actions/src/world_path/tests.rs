use super::{no_field, resolve};
use marslab_base as base;

#[track_caller]
fn resolved(path: &str) -> String {
    let world = base::healthy("2019-05-20T03:00:00Z".parse().unwrap());
    resolve(&world, path).to_string()
}

#[test]
fn a_path_begins_at_the_world_or_at_the_machine() {
    assert_eq!(resolved("services/VSS/state"), "machines/SRV01/services/VSS/state");
    assert_eq!(resolved(r"registry/HKLM\SOFTWARE/A"), r"machines/SRV01/registry/HKLM\SOFTWARE/A");
    assert_eq!(resolved("machines/SRV02/os"), "machines/SRV02/os");
    assert_eq!(resolved("network/firewall/a~1b"), "network/firewall/a~1b");
    assert_eq!(resolved(""), "");
}

#[test]
fn what_is_missing_is_named_with_what_there_is() {
    let world = base::healthy("2019-05-20T03:00:00Z".parse().unwrap());
    let told = |path: &str| no_field(&world, &resolve(&world, path)).to_string();
    assert_eq!(told("servces/VSS"), "`machines/SRV01` has no `servces`; did you mean `services`?");
    assert_eq!(told("services/VSS/colour"), "`machines/SRV01/services/VSS` has no `colour`");
    assert_eq!(told("os/caption/x"), "`machines/SRV01/os/caption` has no `x`");
}
