//! The little DER that PKCS#12 and SPNEGO are made of (X.690): definite lengths and tags of one byte.

use super::Pkcs12Error;

pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OBJECT_ID: u8 = 0x06;
pub(crate) const BMP_STRING: u8 = 0x1e;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;
/// `[0] IMPLICIT` around a primitive value.
pub(crate) const IMPLICIT_0: u8 = 0x80;
/// `[0] EXPLICIT`.
pub(crate) const EXPLICIT_0: u8 = 0xa0;

/// Walks over the elements that stand one after another in `rest`.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.rest.is_empty()
    }

    /// Makes sure that nothing is left.
    pub(crate) fn end(self) -> Result<(), Pkcs12Error> {
        if self.is_empty() { Ok(()) } else { Err(Pkcs12Error::Malformed) }
    }

    /// The next element's content; the element must have the tag `tag`.
    pub(crate) fn take(&mut self, tag: u8) -> Result<&'a [u8], Pkcs12Error> {
        self.take_optional(tag).ok_or(Pkcs12Error::Malformed)
    }

    /// The content of an element with the tag `tag`, if that is what comes next.
    pub(crate) fn take_optional(&mut self, tag: u8) -> Option<&'a [u8]> {
        let (found, content, rest) = split_element(self.rest)?;
        (found == tag).then(|| {
            self.rest = rest;
            content
        })
    }

    /// A reader over the next element's content; the element must have the tag `tag`.
    pub(crate) fn enter(&mut self, tag: u8) -> Result<Self, Pkcs12Error> {
        self.take(tag).map(Self::new)
    }

    /// The next element, an integer from 0 to `u32::MAX`.
    pub(crate) fn take_u32(&mut self) -> Result<u32, Pkcs12Error> {
        let digits = self.take(INTEGER)?;
        let is_negative = digits.first().is_some_and(|first| first & 0x80 != 0);
        if digits.is_empty() || is_negative {
            return Err(Pkcs12Error::Malformed);
        }
        digits
            .iter()
            .try_fold(0_u32, |value, digit| {
                value.checked_mul(256).map(|value| value + u32::from(*digit))
            })
            .ok_or(Pkcs12Error::Malformed)
    }
}

/// One element with the given tag, whose content is all of `parts` one after another.
pub(crate) fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = vec![tag];
    if let Ok(short @ 0..0x80) = u8::try_from(length) {
        out.push(short);
    } else {
        let digits = significant(&length.to_be_bytes()).to_vec();
        // A usize has eight bytes at most.
        out.push(0x80 | u8::try_from(digits.len()).unwrap_or(0));
        out.extend(digits);
    }
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(SEQUENCE, parts)
}

pub(crate) fn octets(content: &[u8]) -> Vec<u8> {
    element(OCTET_STRING, &[content])
}

pub(crate) fn object_id(id: &[u8]) -> Vec<u8> {
    element(OBJECT_ID, &[id])
}

pub(crate) fn integer(value: u32) -> Vec<u8> {
    // A leading zero byte keeps the value positive, and must go where it is not needed.
    let mut digits = vec![0];
    digits.extend_from_slice(&value.to_be_bytes());
    let spare = digits.windows(2).take_while(|pair| matches!(pair, [0, 0..=0x7f])).count();
    element(INTEGER, &[digits.get(spare..).unwrap_or_default()])
}

fn significant(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    digits.get(zeros..).unwrap_or_default()
}

/// Splits off the first element: its tag, its content, and what follows it.
fn split_element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match *first {
        short @ 0..0x80 => (usize::from(short), rest),
        // Of no definite length, which DER does not have, or longer than any input here.
        0x80 | 0x84.. => return None,
        long => {
            let (digits, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

#[cfg(test)]
mod tests;
