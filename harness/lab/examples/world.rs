//! A world that no scenario describes: the healthy one, changed by hand.
//!
//! `cargo run -p marslab --example world`

#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;

use marslab::blocking::{check_world, healthy_world};
use marslab::live::Fidelity;
use marslab::model::world::ServiceState;
use marslab::model::{Field, Name, Operation};
use marslab::play::Options;
use marslab_core::ReferenceCore; // your core

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let options = Options { fidelity: Fidelity::Memory, ..Options::default() };
    // Registered, with a passphrase and activated: all that comes before a backup.
    let mut world = healthy_world(Operation::Backup, &options)?;
    let machine = Field::world().machines().at(world.cast.machine.clone());
    let agent = machine.services().at(Name::new("obengine"));
    world.apply(&agent.state().set(ServiceState::Stopped))?;

    let checked = check_world(world, Operation::Backup, ReferenceCore, &options)?;
    println!("the operation: {:?}", checked.outcome);
    println!("the core made {} calls", checked.trace.count);
    checked.assert_finds(["agent-service-stopped"]);
    Ok(())
}
