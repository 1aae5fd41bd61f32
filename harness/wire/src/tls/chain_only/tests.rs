use marslab_model::world::TlsVersion;
use proptest::prelude::*;
use rustls::AlertDescription;

use super::{ClientHello, ServerHello};
use crate::tls::version::{CURRENT, OUTDATED};

fn versions() -> impl Strategy<Value = Vec<TlsVersion>> {
    prop::collection::vec(prop::sample::select([CURRENT, OUTDATED].concat()), 0..6)
}

proptest! {
    #[test]
    fn a_client_hello_can_be_read(name in "\\PC{0,40}", versions in versions()) {
        let hello = ClientHello { name, versions };
        prop_assert_eq!(ClientHello::decode(&hello.encode()), Some(hello));
    }

    #[test]
    fn a_server_hello_can_be_read(
        version in prop::sample::select([CURRENT, OUTDATED].concat()),
        chain in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..4),
    ) {
        let hello = ServerHello::Chosen { version, chain };
        prop_assert_eq!(ServerHello::decode(&hello.encode()), Some(hello));
    }

    #[test]
    fn garbage_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        // Whatever can be read is written back unchanged.
        if let Some(hello) = ClientHello::decode(&bytes) {
            prop_assert_eq!(hello.encode(), bytes.clone());
        }
        if let Some(hello @ ServerHello::Chosen { .. }) = ServerHello::decode(&bytes) {
            prop_assert_eq!(hello.encode(), bytes);
        }
    }
}

#[test]
fn truncated_hellos_are_refused() {
    let refused = ServerHello::Refused(AlertDescription::ProtocolVersion);
    assert_eq!(ServerHello::decode(&refused.encode()), Some(refused));
    let chosen =
        ServerHello::Chosen { version: TlsVersion::V1_2, chain: vec![vec![1; 9]] }.encode();
    let hello = ClientHello { name: "a".to_owned(), versions: vec![TlsVersion::V1_3] }.encode();
    // Three bytes are a complete server hello without a chain; five are a complete name.
    for length in (0..chosen.len()).filter(|length| *length != 3) {
        assert_eq!(ServerHello::decode(&chosen[..length]), None, "{length} bytes");
    }
    for length in (0..hello.len()).filter(|length| *length != 5) {
        assert_eq!(ClientHello::decode(&hello[..length]), None, "{length} bytes");
    }
}
