use marslab_live::{Fidelity, Live};
use marslab_model::Operation;
use marslab_model::host::Account;
use marslab_scenario::catalogue::{Area, Catalogue};
use marslab_scenario::corpus;

use super::opens;
use crate::play::{Casting, Options, prepare_for};
use crate::runner::block_on;

const FOLDER: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent";
const SCRATCH: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\Scratch";

/// Whether SYSTEM can read all that is there, on a registered server that a play breaks.
fn is_open(play: Option<&str>, path: &str) -> bool {
    let options =
        Options { fidelity: Fidelity::Memory, casting: Casting::Plain, ..Options::default() };
    let healthy = block_on(Fidelity::Memory, prepare_for(Operation::Backup, &options));
    let mut broken = healthy.unwrap().ok().unwrap();
    let plays = corpus::plays().filter(|it| Some(it.name.as_str()) == play);
    for fault in plays.flat_map(|it| &it.faults) {
        for change in fault.it.changes(&broken.world).unwrap() {
            broken.world.apply(&change).unwrap();
        }
    }
    let live = Live::resume(broken, &options.start_options(Fidelity::Memory)).unwrap();
    let area = Catalogue::known().area("agent-files").unwrap().clone();
    opens(&live, &Area { open: vec![path.to_owned()], ..area }, &Account::System)
}

#[test]
fn what_is_there_has_to_be_readable() {
    assert!(is_open(None, FOLDER));
    assert!(is_open(None, r"C:\nobody made this"));
    for path in [FOLDER, SCRATCH] {
        assert!(!is_open(Some("scratch-folder-access-denied"), path), "{path}");
    }
}
