//! Every documented cure cures, and what else is done shows.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use marslab_live::{Fidelity, Live, Snapshot, StartOptions};
use marslab_model::tracked::Footprint;
use marslab_model::{Change, Field, FieldPath, Outcome, Symptom, World};
use marslab_remedies::remedy;
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::corpus;
use marslab_scenario::recast::Recast;
use marslab_scenario::scenario::Play;
use proptest::prelude::*;
use proptest::sample::Index;

use super::{Ending, LeftBehind, Measure, carry_out_all, later};
use crate::play::{Options, install_all, prepare};
use crate::runner::block_on;

/// A play's Worlds, and what repairs of the broken one are measured by.
struct Opened {
    play: Play,
    options: Options,
    broken: Snapshot,
    measure: Measure,
}

async fn open(play: &Play) -> Opened {
    let options = Options { fidelity: Fidelity::Memory, ..Options::default() };
    let play = Recast::new(options.cast()).play(play).unwrap();
    let healthy = prepare(&play, &options, options.fidelity).await.ok().unwrap();
    let how = options.start_options(options.fidelity).with_instance(1);
    let live = Live::resume(healthy.clone(), &how).unwrap();
    install_all(&play, &live).ok().unwrap();
    let broken = live.hold().unwrap();
    let measure = Measure::of(&play, &healthy, &broken, &how).await.unwrap();
    Opened { play, options, broken, measure }
}

impl Opened {
    fn how(&self) -> StartOptions {
        self.options.start_options(Fidelity::Memory).with_instance(1)
    }

    /// The broken world, some minutes later.
    fn live(&self) -> Live {
        later(&self.broken, 300, &self.how()).unwrap()
    }

    async fn judge(&self, live: &Live) -> LeftBehind {
        let ended = live.operate(self.play.operation).await;
        self.measure.left_behind(&live.snapshot().unwrap(), &ended)
    }

    async fn cured(&self, then: Option<&Change>) -> LeftBehind {
        let live = self.live();
        live.operate(self.play.operation).await;
        carry_out_all(&self.play, &live).await.unwrap();
        if let Some(change) = then {
            live.apply(change).unwrap();
        }
        self.judge(&live).await
    }
}

#[test]
fn documented_cures_cure_and_leave_nothing() {
    let mut odd = Vec::new();
    for play in corpus::plays().filter(|play| !play.cures.is_empty()) {
        let left = block_on(Fidelity::Memory, async {
            let opened = open(play).await;
            let spare = Field::world().network().names().path().clone().then("spare.contoso.com");
            let change = Change::Set { at: spare.clone(), to: serde_json::json!(["192.0.2.7"]) };
            let besides = opened.cured(Some(&change)).await;
            assert_eq!(besides.collateral, Footprint::from([spare]), "{}", play.name);
            let at_once = later(&opened.broken, 0, &opened.how()).unwrap();
            (opened.cured(None).await, opened.judge(&at_once).await)
        });
        let (cured, idle) = left.unwrap();
        if cured.ending != Ending::Cured || !cured.collateral.is_empty() {
            odd.push(format!("{}: {cured:?}", play.name));
        }
        let is_failing = play.fails() || !play.parts.is_empty();
        let expected = if is_failing { Ending::NotCured } else { Ending::Masked };
        if idle.ending != expected || !idle.collateral.is_empty() {
            odd.push(format!("{}: left alone: {idle:?}", play.name));
        }
    }
    assert!(odd.is_empty(), "{}", odd.join("\n"));
}

/// Another documented remedy is no collateral damage, and cures where it mends a fault and the operation succeeds.
#[test]
fn other_documented_ways_cure_where_they_mend() {
    let (mut odd, mut cured) = (Vec::new(), BTreeSet::new());
    for play in corpus::plays().filter(|play| play.fails() && !play.cures.is_empty()) {
        let judged = block_on(Fidelity::Memory, async {
            let opened = open(play).await;
            let causes = opened.play.expect.findings.iter().flat_map(|group| &group.any);
            let names = causes.flat_map(|it| Catalogue::known().remedies_for(it.as_str()));
            let own = |name: &str| opened.play.cures.iter().any(|it| it.remedy.name == name);
            let mut judged = Vec::new();
            for name in names.filter(|name| !own(name)).collect::<BTreeSet<_>>() {
                let Some(other) = remedy(name).and_then(|it| it.with_defaults()) else { continue };
                let live = opened.live();
                if other.carry_out(&live).await.is_ok() {
                    let left = opened.judge(&live).await;
                    let world = live.snapshot().unwrap();
                    let Measure { faults, broken, .. } = &opened.measure;
                    let is_mending = faults.iter().any(|it| world.look(it) != broken.look(it));
                    judged.push((name, left, is_mending));
                }
            }
            judged
        });
        for (name, left, is_mending) in judged.unwrap() {
            let is_odd = left.ending == Ending::Masked && is_mending;
            if is_odd || !left.collateral.is_empty() {
                odd.push(format!("{} by {name}: {left:?}", play.name));
            } else if left.ending == Ending::Cured {
                cured.insert(play.name.as_str());
            }
        }
    }
    assert!(odd.is_empty(), "{} are odd:\n{}", odd.len(), odd.join("\n"));
    assert!(cured.contains("vault-closed-to-the-public"), "{cured:?}");
}

/// A play of which several fields are broken.
fn opened() -> &'static Opened {
    static OPENED: OnceLock<Opened> = OnceLock::new();
    OPENED.get_or_init(|| {
        let play = corpus::plays().find(|play| play.faults.len() > 1 && play.fails());
        block_on(Fidelity::Memory, open(play.unwrap())).unwrap()
    })
}

/// What there is on machines, by path.
fn entries(world: &World) -> Vec<FieldPath> {
    let mut entries = Vec::new();
    for name in world.machines.keys() {
        let machine = Field::world().machines().at(name.clone());
        for part in ["services", "registry", "files", "users", "tasks"] {
            let path = machine.path().clone().then(part);
            let there = world.look(&path).and_then(|it| it.as_object().cloned());
            let keys = there.into_iter().flat_map(|it| it.into_iter().map(|(key, _)| key));
            entries.extend(keys.map(|key| path.clone().then(&key)));
        }
    }
    entries
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    let symptom = Symptom { error: "1".to_owned(), message: "it failed".to_owned() };
    prop_oneof![Just(Outcome::Succeeded), Just(Outcome::Failed(symptom))]
}

proptest! {
    /// What is taken away and belongs to none of these is collateral, by its path, however it ended.
    #[test]
    fn what_else_is_taken_away_shows(index: Index, ended in outcomes(), is_mended: bool) {
        let Measure { healthy, broken, .. } = &opened().measure;
        let mut left = World::clone(if is_mended { healthy } else { broken });
        let entry = index.get(&entries(&left)).clone();
        let is_ours = |field: &FieldPath| field.touches(&entry);
        let measure = &opened().measure;
        let others = measure.others.iter().map(|it| &it.touched.fields);
        let ours = [&measure.faults, &measure.remedy.fields, &measure.by_itself.fields];
        let mut ours = ours.into_iter().chain(others);
        prop_assume!(!ours.any(|fields| fields.iter().any(is_ours)));
        left.apply(&Change::Remove { at: entry.clone() }).unwrap();
        let judged = measure.left_behind(&left, &ended);
        prop_assert_eq!(judged.collateral, Footprint::from([entry]));
    }

    /// What is as it was in the healthy world is no longer broken, and the rest is.
    #[test]
    fn what_is_restored_is_no_longer_broken(restored: Vec<Index>, ended in outcomes()) {
        let measure = &opened().measure;
        let fields: Vec<&FieldPath> = measure.mended.iter().collect();
        let restored: BTreeSet<&FieldPath> = restored.iter().map(|it| *it.get(&fields)).collect();
        let mut left = World::clone(&measure.broken);
        left.copy_fields(&measure.healthy, &restored.iter().map(|it| (*it).clone()).collect());
        let judged = measure.left_behind(&left, &ended);
        let rest = measure.mended.iter().filter(|it| !restored.contains(it)).cloned();
        let rest: Footprint = rest.collect();
        let ending = match (ended == Outcome::Succeeded, rest.is_empty()) {
            (false, _) => Ending::NotCured,
            (true, true) => Ending::Cured,
            (true, false) => Ending::Masked,
        };
        prop_assert_eq!(judged, LeftBehind { ending, still_broken: rest, collateral: Footprint::new() });
    }
}
