//! Server-sent events: the picture after each exchange, and that something else has changed.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use marslab_live::Live;
use marslab_model::World;
use marslab_state::JournalEntry;
use tokio::sync::{OwnedSemaphorePermit, mpsc, watch};
use tokio::time::{interval, sleep};

use crate::picture::Picture;
use crate::texts::Texts;
use crate::traffic::is_said;
use crate::view::Query;
use crate::visit::Visit;

/// Follows a visit at an address until the browser has gone. The permit is held meanwhile.
pub(crate) async fn follow(
    visit: Arc<dyn Visit>,
    at: Query,
    to: mpsc::Sender<Bytes>,
    permit: OwnedSemaphorePermit,
) {
    let mut ticks = interval(TICK);
    let mut changes = visit.changes();
    let mut seen = Seen::of(visit.live(&at));
    let mut signs = 0_u32;
    // Says at once that it is open, and when to try again.
    let mut alive = send(&to, "retry: 1000\n\n").await;
    while alive {
        let mut any = tokio::select! {
            () = to.closed() => break,
            _ = ticks.tick() => false,
            // The sender lives as long as the visit.
            Ok(()) = changes.changed() => true,
            () = seen.entry() => false,
        };
        let live = visit.live(&at);
        if !seen.is_of(live.as_ref()) {
            seen = Seen::of(live);
            any = true;
        }
        signs += 1;
        alive = match seen.go_on(&*visit, &to).await {
            Some(other) if any || other => send(&to, "event: changed\ndata:\n\n").await,
            // Shows both sides that the other is there.
            Some(_) if signs.is_multiple_of(TICKS_BETWEEN_SIGNS) => send(&to, ":\n\n").await,
            Some(_) => true,
            None => false,
        };
    }
    drop(permit);
}

/// What the browser knows of a world.
struct Seen {
    live: Option<(Arc<Live>, watch::Receiver<u64>)>,
    entries: u64,
    world: Option<World>,
}

impl Seen {
    fn of(live: Option<Arc<Live>>) -> Self {
        let live = live.map(|live| (Arc::clone(&live), live.journal().count()));
        let entries = live.as_ref().map_or(0, |(_, count)| *count.borrow());
        Self { live, entries, world: None }
    }

    fn is_of(&self, live: Option<&Arc<Live>>) -> bool {
        match (&self.live, live) {
            (Some((known, _)), Some(live)) => Arc::ptr_eq(known, live),
            (None, None) => true,
            _ => false,
        }
    }

    /// Waits for the next entry of the journal.
    async fn entry(&mut self) {
        match &mut self.live {
            // The sender lives as long as the world.
            Some((_, count)) => drop(count.changed().await),
            None => std::future::pending().await,
        }
    }

    /// Sends what was said since, and tells whether anything is otherwise; nothing if the browser has gone.
    async fn go_on(&mut self, visit: &dyn Visit, to: &mpsc::Sender<Bytes>) -> Option<bool> {
        let Some((live, _)) = &self.live else { return Some(false) };
        let world = still(live)?;
        let journal = live.journal();
        let newest = journal.count().borrow().saturating_sub(PICTURES_MAX);
        let (first, entries) = journal.after(self.entries.max(newest), PICTURES_AT_ONCE);
        let any = !entries.is_empty();
        self.entries = first + u64::try_from(entries.len()).unwrap_or_default();
        for entry in entries.iter().filter(|it| is_said(it)) {
            let picture = picture(live, Texts::of(visit.language()), (&world, entry));
            if !send(to, &picture).await {
                return None;
            }
            sleep(BETWEEN_PICTURES).await;
        }
        let known = self.world.replace(world);
        Some(any || (known.is_some() && known != self.world))
    }
}

/// The world, at a fixed time: that it passes is no change.
fn still(live: &Live) -> Option<World> {
    let mut world = live.snapshot().ok()?;
    world.now = Timestamp::UNIX_EPOCH;
    Some(world)
}

fn picture(live: &Live, texts: &Texts, (world, entry): (&World, &JournalEntry)) -> String {
    let machine = live.machine_name().as_str();
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
