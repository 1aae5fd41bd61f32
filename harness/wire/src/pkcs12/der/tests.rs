use proptest::prelude::*;

use super::*;

#[test]
fn integers_are_as_short_as_they_can_be() {
    for (value, expected) in [
        (0, &[2, 1, 0][..]),
        (0x7f, &[2, 1, 0x7f]),
        (0x80, &[2, 2, 0, 0x80]),
        (2000, &[2, 2, 0x07, 0xd0]),
        (u32::MAX, &[2, 5, 0, 0xff, 0xff, 0xff, 0xff]),
    ] {
        assert_eq!(integer(value), expected);
        assert_eq!(Reader::new(expected).take_u32(), Ok(value));
    }
}

#[test]
fn integers_that_are_none_here_are_refused() {
    for bytes in [&[2, 0][..], &[2, 1, 0x80], &[2, 5, 1, 0, 0, 0, 0], &[4, 1, 0], &[2, 2, 0]] {
        assert_eq!(Reader::new(bytes).take_u32(), Err(Pkcs12Error::Malformed), "{bytes:?}");
    }
}

#[test]
fn lengths_are_written_and_read() {
    for length in [0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000] {
        let content = vec![7; length];
        let bytes = octets(&content);
        let mut reader = Reader::new(&bytes);
        assert_eq!(reader.take(OCTET_STRING), Ok(content.as_slice()), "{length}");
        assert_eq!(reader.end(), Ok(()));
    }
    for bytes in [&[4][..], &[4, 0x80, 0, 0], &[4, 0x84, 0, 0, 0, 0], &[4, 0xff], &[4, 0x82, 1]] {
        assert_eq!(Reader::new(bytes).take(OCTET_STRING), Err(Pkcs12Error::Malformed), "{bytes:?}");
    }
}

proptest! {
    #[test]
    fn what_is_put_together_is_taken_apart(one: Vec<u8>, two: Vec<u8>, number: u32) {
        let bytes = sequence(&[&octets(&one), &integer(number), &object_id(&two)]);
        let mut inner = Reader::new(&bytes).enter(SEQUENCE).unwrap();
        prop_assert_eq!(inner.take_optional(SET), None);
        prop_assert_eq!(inner.take(OCTET_STRING), Ok(one.as_slice()));
        prop_assert_eq!(inner.take_u32(), Ok(number));
        prop_assert_eq!(inner.take(OBJECT_ID), Ok(two.as_slice()));
        prop_assert_eq!(inner.end(), Ok(()));
    }
}
