use std::collections::{BTreeMap, BTreeSet};

use marslab_core::ReferenceCore;
use marslab_model::world::Language;
use marslab_model::{Complaint, FieldPath, Name, Subject as _, WinPath};

use super::worlds::{Worlds, start};
use marslab_base::MACHINE;
use marslab_census::{Census, Names};
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::corpus;
use marslab_scenario::scenario::Play;

/// What a core reads of a world, the census reads, too. One play of each fault will do.
#[tokio::test]
async fn no_core_sees_more() {
    let (mut tried, mut names) = (Vec::new(), Names::default());
    for play in one_of_each_fault() {
        let worlds = Worlds::make(play).await.unwrap();
        names.add(&worlds.tried);
        tried.push((play, worlds.tried));
    }
    // Where it is blocked, the file is not there; a core asks for it by name all the same.
    let (_, mut kept) = tried.iter().find(|(play, _)| play.name == CHECKSUMS).unwrap().clone();
    let machine = kept.machines.get_mut(&Name::new(MACHINE)).unwrap();
    let folder = WinPath::new(r"C:\Program Files\Microsoft Azure Recovery Services Agent\Scratch");
    let file = machine.files.values().next().unwrap().clone();
    machine.files.insert(folder.join("checksums.dat"), file);
    names.add(&kept);
    let mut more = BTreeMap::new();
    for (play, world) in tried {
        let live = start(world).await.unwrap();
        live.reads().begin();
        ReferenceCore.diagnose(&complaint(play), live.host()).await.unwrap();
        let of_core = live.reads().take();
        Census::take(live.host(), &names).await;
        let of_census = live.reads().take();
        let is_seen = |path: &FieldPath| of_census.iter().any(|read| read.touches(path));
        let unseen = of_core.into_iter().filter(|path| !is_seen(path));
        more.extend(unseen.map(|path| (path, play.name.as_str())));
    }
    assert!(more.is_empty(), "a core reads more: {more:#?}");
}

/// The first play of the corpus for each kind of fault, less controls, and one whose agent keeps checksums, as only newer
/// agents do.
fn one_of_each_fault() -> impl Iterator<Item = &'static Play> {
    let mut known = BTreeSet::new();
    corpus::plays().filter(|play| play.failure.is_some()).filter(move |play| {
        let new = play.faults.iter().filter(|fault| known.insert(fault.name)).count();
        new > 0 || play.name == CHECKSUMS
    })
}

const CHECKSUMS: &str = "checksums-held-by-antivirus";

fn complaint(play: &Play) -> Complaint {
    let error = play.expect.error.as_deref();
    let message = error.and_then(|error| Catalogue::known().message(error));
    Complaint {
        version: Complaint::VERSION,
        machine: Name::new(MACHINE),
        operation: play.reported_operation.unwrap_or(play.operation),
        message: message.map(|message| message.text.en.clone()).unwrap_or_default(),
        language: Language::English,
    }
}
