//! Laws of drawn worlds: whatever the seed, the healthy world works.

use marslab::base;
use marslab::live::{Fidelity, Live, StartOptions, WorldLimits, start_time};
use marslab_model::world::Cast;
use marslab_model::{Operation, Outcome};
use proptest::prelude::*;
use tokio::runtime::Builder;

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_operation_succeeds_in_the_healthy_world(seed: u64) {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        let cast = Cast::drawn(seed);
        let now = start_time(Fidelity::Memory);
        let world = base::healthy_within(cast, &WorldLimits::default(), now);
        // The key does not depend on the world, and takes long to make.
        let how = StartOptions::new(Fidelity::Memory, 1);
        runtime.block_on(async {
            let live = Live::start(world, &how).unwrap();
            for operation in Operation::ALL {
                let outcome = live.operate(operation).await;
                assert_eq!(outcome, Outcome::Succeeded, "{operation}");
            }
        });
    }
}

/// A healthy world is one of its cast's, in every part that a role names.
#[test]
fn the_plain_world_has_the_plain_names() {
    let world = base::healthy(start_time(Fidelity::Memory));
    let cast = Cast::plain();
    assert_eq!(world.cast, cast);
    assert_eq!(base::MACHINE, cast.machine.as_str());
    assert_eq!(base::OTHER_MACHINE, cast.other_machine.as_str());
    assert_eq!(base::ADMIN, cast.admin.as_str());
    assert_eq!(base::ADMIN_UPN, cast.admin_upn.as_str());
    assert_eq!(base::TENANT, cast.tenant.as_str());
    assert_eq!(base::SUBSCRIPTION, cast.subscription.as_str());
    assert_eq!(base::VAULT, cast.vault.as_str());
    assert_eq!(base::OTHER_VAULT, cast.other_vault.as_str());
    assert_eq!(base::RESOURCE_GROUP, cast.resource_group);
    assert_eq!(base::DATA, cast.data.as_str());
}
