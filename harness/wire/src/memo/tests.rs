use super::Memo;

#[test]
fn what_was_made_of_the_same_bytes_is_remembered() {
    let memo = Memo::new();
    let make = |value| move || Ok::<_, ()>(value);
    assert_eq!(memo.get(&[b"a", b"b"], make(1)), Ok(1));
    assert_eq!(memo.get(&[b"a", b"b"], make(2)), Ok(1));
    // The same bytes, parted elsewhere.
    assert_eq!(memo.get(&[b"ab", b""], make(3)), Ok(3));
}

#[test]
fn failures_are_not_remembered() {
    let memo = Memo::new();
    assert_eq!(memo.get(&[b"a"], || Err::<u8, _>("no")), Err("no"));
    assert_eq!(memo.get(&[b"a"], || Ok::<_, &str>(1)), Ok(1));
}

#[test]
fn a_full_one_forgets() {
    let memo = Memo::bounded(3);
    for number in 0_u8..4 {
        assert_eq!(memo.get(&[&[number]], || Ok::<_, ()>(number)), Ok(number));
    }
    assert_eq!(memo.kept().len(), 1);
}
