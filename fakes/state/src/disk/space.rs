//! What files take from their volumes.

use marslab_model::WinPath;
use marslab_model::world::Machine;

/// Lets a file of `from` bytes have `to` bytes; false, and nothing changes, where its volume has not the space.
///
/// Files on other machines, and on letters that are no volume, are not accounted.
pub fn resize(machine: &mut Machine, path: &WinPath, from: u64, to: u64) -> bool {
    let Some(volume) = path.volume().and_then(|letter| machine.volumes.get_mut(&letter)) else {
        return true;
    };
    if to > from {
        let left = volume.free.checked_sub(to - from);
        volume.free = left.unwrap_or(volume.free);
        return left.is_some();
    }
    // What is given back never makes more free than there is, unless the world says so already.
    let most = volume.size.max(volume.free);
    volume.free = volume.free.saturating_add(from - to).min(most);
    true
}

/// The same where nobody asked: what does not fit takes all that is free.
pub fn force(machine: &mut Machine, path: &WinPath, from: u64, to: u64) {
    if resize(machine, path, from, to) {
        return;
    }
    if let Some(volume) = path.volume().and_then(|letter| machine.volumes.get_mut(&letter)) {
        volume.free = 0;
    }
}
