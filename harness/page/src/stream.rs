//! Server-sent events: the picture after each exchange, and that something else has changed.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use marslab_model::World;
use marslab_state::JournalEntry;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::{interval, sleep};

use crate::picture::Picture;
use crate::texts::Texts;
use crate::traffic::is_said;
use crate::visit::Visit;

/// Follows a visit's world until the browser has gone. The permit is held meanwhile.
pub(crate) async fn follow(
    visit: Arc<Visit>,
    to: mpsc::Sender<Bytes>,
    permit: OwnedSemaphorePermit,
) {
    let mut sent = Sent::default();
    let mut ticks = interval(TICK);
    let mut count = visit.session().live().journal().count();
    sent.entries = *count.borrow();
    // Says at once that it is open, and when to try again.
    let mut alive = send(&to, "retry: 1000\n\n").await;
    while alive {
        tokio::select! {
            () = to.closed() => alive = false,
            _ = ticks.tick() => {}
            // The sender lives as long as the world.
            changed = count.changed() => alive = changed.is_ok(),
        }
        alive = alive && sent.go_on(&visit, &to).await;
    }
    drop(permit);
}

/// What the browser knows.
#[derive(Default)]
struct Sent {
    entries: u64,
    world: Option<World>,
    ticks: u32,
}

impl Sent {
    async fn go_on(&mut self, visit: &Visit, to: &mpsc::Sender<Bytes>) -> bool {
        let Some(world) = still(visit) else { return false };
        let journal = visit.session().live().journal();
        let newest = journal.count().borrow().saturating_sub(PICTURES_MAX);
        let (first, entries) = journal.after(self.entries.max(newest), PICTURES_AT_ONCE);
        let any = !entries.is_empty();
        self.entries = first + u64::try_from(entries.len()).unwrap_or_default();
        for entry in entries.iter().filter(|it| is_said(it)) {
            if !send(to, &picture(visit, &world, entry)).await {
                return false;
            }
            sleep(BETWEEN_PICTURES).await;
        }
        let known = self.world.replace(world);
        let is_other = known.is_some() && known != self.world;
        self.ticks += 1;
        if any || is_other {
            return send(to, "event: changed\ndata:\n\n").await;
        }
        // Shows both sides that the other is there.
        if self.ticks.is_multiple_of(TICKS_BETWEEN_SIGNS) { send(to, ":\n\n").await } else { true }
    }
}

/// The world, at a fixed time: that it passes is no change.
fn still(visit: &Visit) -> Option<World> {
    let mut world = visit.session().live().snapshot().ok()?;
    world.now = Timestamp::UNIX_EPOCH;
    Some(world)
}

fn picture(visit: &Visit, world: &World, entry: &JournalEntry) -> String {
    let texts = Texts::of(visit.shown().language);
    let machine = visit.session().live().machine_name().as_str();
    let drawn = Picture::of(world, machine, Some(entry)).markup(texts).into_string();
    // An event's data ends with its line; markup does not care about its ends of lines.
    format!("event: picture\ndata: {}\n\n", drawn.replace(['\r', '\n'], " "))
}

async fn send(to: &mpsc::Sender<Bytes>, text: &str) -> bool {
    to.send(Bytes::copy_from_slice(text.as_bytes())).await.is_ok()
}

/// How soon a change is noticed that nobody made on the page.
const TICK: Duration = Duration::from_millis(400);

/// About every quarter of a minute.
const TICKS_BETWEEN_SIGNS: u32 = 40;

/// Slow enough to be seen.
const BETWEEN_PICTURES: Duration = Duration::from_millis(110);

/// Of a flood, the newest are shown.
const PICTURES_MAX: u64 = 60;

/// Then it is looked again whether the browser is still there.
const PICTURES_AT_ONCE: usize = 20;
