//! Whatever a client may send to the DNS server: it is answered with its own number, or not at all.
#![no_main]

use std::sync::LazyLock;

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use marslab_dns::{Reaction, Transport, answer};
use marslab_model::tracked::Reads;
use marslab_model::{Tracked, World};

static WORLD: LazyLock<World> = LazyLock::new(|| marslab_base::healthy(Timestamp::UNIX_EPOCH));

fuzz_target!(|said: &[u8]| {
    let reads = Reads::default();
    for over in [Transport::Udp, Transport::Tcp] {
        if let Reaction::Reply { bytes, .. } = answer(said, &Tracked::new(&WORLD, &reads), over) {
            assert_eq!(bytes.get(..2), said.get(..2));
        }
    }
});
