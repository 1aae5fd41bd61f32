//! What files take from their volumes.

use marslab_model::world::{Machine, Volume};
use marslab_model::{Edit, WinPath};

/// Lets a file of `from` bytes have `to` bytes; false, and nothing changes, where its volume has not the space.
///
/// Files on other machines, and on letters that are no volume, are not accounted.
pub fn resize(machine: &mut Edit<'_, Machine>, path: &WinPath, from: u64, to: u64) -> bool {
    let Some(letter) = path.volume() else { return true };
    let mut volumes = machine.volumes();
    let mut volume = volumes.at(&letter);
    let Some(found) = volume.look() else { return true };
    let free = *found.clone().free().get();
    // Only where something is given back it matters how large the volume is.
    let size = if to > from { 0 } else { *found.size().get() };
    match free_after(free, size, from, to) {
        Some(free) => volume.free().set(free),
        None => return false,
    }
    true
}

/// The same for a change from outside, which cannot fail: what does not fit takes all free space.
pub(super) fn force(machine: &mut Machine, path: &WinPath, from: u64, to: u64) {
    let volume = path.volume().and_then(|letter| machine.volumes.get_mut(&letter));
    if let Some(Volume { free, size, .. }) = volume {
        *free = free_after(*free, *size, from, to).unwrap_or(0);
    }
}

/// What is free on a volume after a file of `from` bytes has `to` bytes; `None` if it does not fit.
fn free_after(free: u64, size: u64, from: u64, to: u64) -> Option<u64> {
    if to > from {
        return free.checked_sub(to - from);
    }
    // What is given back never makes more free than there is, unless the world says so already.
    Some(free.saturating_add(from - to).min(size.max(free)))
}
