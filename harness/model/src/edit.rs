//! Writing to a world, so that nothing is read on the way without being recorded.

use std::collections::BTreeSet;
use std::fmt;

use crate::map::Map;
use crate::tracked::{FieldPath, Reads, Tracked};

/// A part of a world to be written. It does not show what was there before; use [`Edit::look`] for that, which records
/// like any other read.
///
/// A write to a map's entry that does not exist is dropped.
pub struct Edit<'a, T> {
    value: Option<&'a mut T>,
    at: FieldPath,
    reads: &'a Reads,
}

impl<'a, T> Edit<'a, T> {
    /// Begins at the root of a world; nothing is read or written yet.
    pub fn new(root: &'a mut T, reads: &'a Reads) -> Self {
        Self { value: Some(root), at: FieldPath::root(), reads }
    }
}

impl<T> Edit<'_, T> {
    /// Steps into a field; used by the generated accessors.
    pub(crate) fn field<F>(
        &mut self,
        name: &str,
        pick: impl FnOnce(&mut T) -> &mut F,
    ) -> Edit<'_, F> {
        let at = self.path_of(&name);
        let value = self.value.as_deref_mut().map(pick);
        Edit { value, at, reads: self.reads }
    }

    /// The path of a part of this; where nothing is recorded, none is wanted.
    fn path_of(&self, segment: &impl fmt::Display) -> FieldPath {
        if self.reads.is_recording() {
            self.at.clone().then(&segment.to_string())
        } else {
            FieldPath::root()
        }
    }

    /// Reads this part, recorded; `None` if it does not exist, which is recorded, too.
    pub fn look(&self) -> Option<Tracked<'_, T>> {
        if self.value.is_none() {
            self.reads.note(|| self.at.clone());
        }
        let value = self.value.as_deref()?;
        Some(Tracked::part(value, &self.at, self.reads))
    }

    /// Writes this part.
    pub fn set(&mut self, value: impl Into<T>) {
        if let Some(place) = self.value.as_deref_mut() {
            *place = value.into();
        }
    }
}

impl<K: Ord + fmt::Display + Clone, V: Clone> Edit<'_, Map<K, V>> {
    /// Steps to the entry under `key`.
    pub fn at(&mut self, key: &K) -> Edit<'_, V> {
        let at = self.path_of(key);
        let value = self.value.as_deref_mut().and_then(|map| map.get_mut(key));
        Edit { value, at, reads: self.reads }
    }

    /// Steps to the entry under `key`, which is added where it does not exist.
    pub fn at_or_insert(&mut self, key: K, otherwise: V) -> Edit<'_, V> {
        let at = self.path_of(&key);
        let value = self.value.as_deref_mut().map(|map| map.entry(key).or_insert(otherwise));
        Edit { value, at, reads: self.reads }
    }

    /// Adds an entry, or replaces the one that is there.
    pub fn insert(&mut self, key: K, value: V) {
        if let Some(map) = self.value.as_deref_mut() {
            map.insert(key, value);
        }
    }

    /// Removes an entry, if it exists.
    pub fn remove(&mut self, key: &K) {
        if let Some(map) = self.value.as_deref_mut() {
            map.remove(key);
        }
    }

    /// Removes every entry whose key is not among `keys`.
    pub fn retain_keys(&mut self, keys: &BTreeSet<K>) {
        if let Some(map) = self.value.as_deref_mut() {
            map.retain(|key, _| keys.contains(key));
        }
    }
}

impl<T> Edit<'_, Vec<T>> {
    /// Adds an element at the end; of more than `most`, the oldest go.
    pub fn push(&mut self, element: T, most: usize) {
        if let Some(list) = self.value.as_deref_mut() {
            list.push(element);
            let old = list.len().saturating_sub(most);
            list.drain(..old);
        }
    }
}

#[cfg(test)]
mod tests;
