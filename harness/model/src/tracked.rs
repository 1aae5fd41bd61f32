//! Reading a world so that every read field is recorded, and naming fields by their path.
//!
//! A [`Tracked`] is a reference to a part of a world that knows the way to it. The value of a leaf can be read only through
//! [`Tracked::get`], which records the path in [`Reads`], if anything is recorded; a fake that is handed a `Tracked`
//! cannot read anything unrecorded. A [`Field`] is the same path without a world: a typed name from
//! which [`Change`]s are made.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;
use std::ops::DerefMut as _;
use std::str::FromStr;
use std::sync::atomic::{self, AtomicBool};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::change::Change;
use crate::map::Map;

mod field_path;

pub use field_path::FieldPath;

/// The fields in which two worlds differ.
pub type Footprint = BTreeSet<FieldPath>;

/// The fields that were read while recording. At first nothing is recorded.
#[derive(Debug, Default)]
pub struct Reads {
    is_recording: AtomicBool,
    fields: Mutex<BTreeSet<FieldPath>>,
}

impl Reads {
    /// Records from now on; what was recorded before is forgotten.
    pub fn begin(&self) {
        self.lock().clear();
        self.is_recording.store(true, atomic::Ordering::Relaxed);
    }

    /// What was read since the last call, in order of the paths. Recording goes on.
    pub fn take(&self) -> BTreeSet<FieldPath> {
        std::mem::take(&mut self.lock())
    }

    /// The same, and records no longer.
    pub fn end(&self) -> BTreeSet<FieldPath> {
        self.is_recording.store(false, atomic::Ordering::Relaxed);
        self.take()
    }

    /// Notes one read, if reads are recorded.
    pub(crate) fn note(&self, path: impl FnOnce() -> FieldPath) {
        if self.is_recording() {
            self.lock().insert(path());
        }
    }

    pub(crate) fn is_recording(&self) -> bool {
        self.is_recording.load(atomic::Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<FieldPath>> {
        self.fields.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The part of `footprint` that `reads` touched.
pub fn touched(footprint: &Footprint, reads: &BTreeSet<FieldPath>) -> Footprint {
    let is_read = |path: &&FieldPath| reads.iter().any(|read| read.touches(path));
    footprint.iter().filter(is_read).cloned().collect()
}

/// Why a [`Change`] could not be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// The world has no such field, or no such entry on the way to it.
    #[error("the world has no field `{0}`")]
    NoField(FieldPath),
    /// The value is not of the field's type.
    #[error("invalid value `{value}` for `{at}`: {reason}")]
    BadValue {
        /// The field.
        at: FieldPath,
        /// The value as JSON.
        value: Value,
        /// What the type asks for.
        reason: String,
    },
    /// Only entries of a map can be removed.
    #[error("`{0}` cannot be removed, only set")]
    NotRemovable(FieldPath),
}

/// The steps to a part of a world, of which a path is made only where one is wanted.
pub struct Steps<'a> {
    last: Option<(&'a Self, &'a dyn fmt::Display)>,
}

impl<'a> Steps<'a> {
    /// To the world itself.
    pub const fn root() -> Self {
        Self { last: None }
    }

    /// One step further.
    pub fn then(&'a self, segment: &'a dyn fmt::Display) -> Self {
        Self { last: Some((self, segment)) }
    }

    /// The path.
    pub fn path(&self) -> FieldPath {
        match self.last {
            None => FieldPath::root(),
            Some((before, segment)) => before.path().then(&segment.to_string()),
        }
    }
}

/// A part of a world: compared and edited by path.
pub trait Node: Clone + PartialEq + Serialize + DeserializeOwned {
    /// Adds the paths below `at` in which `self` and `other` differ.
    fn differences(&self, other: &Self, at: &Steps<'_>, found: &mut Footprint);

    /// The part that `rest` leads to, as JSON.
    fn look(&self, rest: &[String]) -> Option<Value> {
        if rest.is_empty() { serde_json::to_value(self).ok() } else { None }
    }

    /// Puts `value` at the place that `rest` leads to; with nothing left, replaces this node.
    fn put(&mut self, rest: &[String], value: &Value) -> Result<(), PathError> {
        if !rest.is_empty() {
            return Err(PathError::NoField);
        }
        let parsed = Self::deserialize(value);
        *self = parsed.map_err(|error| PathError::BadValue(error.to_string()))?;
        Ok(())
    }

    /// Makes the part that `rest` leads to what it is in `from`: set, added or removed.
    fn copy(&mut self, from: &Self, rest: &[String]) {
        if rest.is_empty() {
            self.clone_from(from);
        }
    }

    /// Removes the entry that `rest` leads to. Removing an absent entry succeeds.
    fn remove(&mut self, rest: &[String]) -> Result<(), PathError> {
        Err(if rest.is_empty() { PathError::NotRemovable } else { PathError::NoField })
    }
}

/// What went wrong at one step of a path; [`World::apply`](crate::World::apply) adds the path.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathError {
    /// No such field.
    NoField,
    /// A value of another type.
    BadValue(String),
    /// Not an entry of a map.
    NotRemovable,
}

impl PathError {
    /// The error for the path as a whole.
    pub fn at(self, at: &FieldPath, value: &Value) -> ChangeError {
        match self {
            Self::NoField => ChangeError::NoField(at.clone()),
            Self::BadValue(reason) => {
                ChangeError::BadValue { at: at.clone(), value: value.clone(), reason }
            }
            Self::NotRemovable => ChangeError::NotRemovable(at.clone()),
        }
    }
}

impl<K, V> Node for Map<K, V>
where
    K: Ord + Clone + fmt::Display + FromStr + Serialize + DeserializeOwned,
    V: Node,
{
    fn differences(&self, other: &Self, at: &Steps<'_>, found: &mut Footprint) {
        if self.is_shared_with(other) {
            return;
        }
        let (mut own, mut others) = (self.iter().peekable(), other.iter().peekable());
        while let Some(order) = match (own.peek(), others.peek()) {
            (Some((one, _)), Some((two, _))) => Some(one.cmp(two)),
            (Some(_), None) => Some(Ordering::Less),
            (None, Some(_)) => Some(Ordering::Greater),
            (None, None) => None,
        } {
            let mine = own.next_if(|_| order.is_le());
            let theirs = others.next_if(|_| order.is_ge());
            match (mine, theirs) {
                (Some((key, one)), Some((_, two))) => one.differences(two, &at.then(key), found),
                (Some((key, _)), None) | (None, Some((key, _))) => {
                    found.insert(at.then(key).path());
                }
                (None, None) => {}
            }
        }
    }

    fn look(&self, rest: &[String]) -> Option<Value> {
        let Some((first, rest)) = rest.split_first() else {
            return serde_json::to_value(self).ok();
        };
        self.get(&K::from_str(first).ok()?)?.look(rest)
    }

    fn put(&mut self, rest: &[String], value: &Value) -> Result<(), PathError> {
        let Some((first, rest)) = rest.split_first() else {
            let parsed = Self::deserialize(value);
            *self = parsed.map_err(|error| PathError::BadValue(error.to_string()))?;
            return Ok(());
        };
        let key = K::from_str(first).map_err(|_not_a_key| PathError::NoField)?;
        if !rest.is_empty() {
            return self.get_mut(&key).ok_or(PathError::NoField)?.put(rest, value);
        }
        let parsed = V::deserialize(value);
        let parsed = parsed.map_err(|error| PathError::BadValue(error.to_string()))?;
        self.insert(key, parsed);
        Ok(())
    }

    fn copy(&mut self, from: &Self, rest: &[String]) {
        let Some((first, rest)) = rest.split_first() else {
            self.clone_from(from);
            return;
        };
        let Ok(key) = K::from_str(first) else { return };
        match (from.get(&key), self.get_mut(&key)) {
            (None, _) => drop(self.deref_mut().remove(&key)),
            (Some(value), Some(own)) => own.copy(value, rest),
            // Only the whole entry can be brought back.
            (Some(value), None) => drop(self.insert(key, value.clone())),
        }
    }

    fn remove(&mut self, rest: &[String]) -> Result<(), PathError> {
        let (first, rest) = rest.split_first().ok_or(PathError::NotRemovable)?;
        let key = K::from_str(first).map_err(|_not_a_key| PathError::NoField)?;
        if rest.is_empty() {
            self.deref_mut().remove(&key);
            return Ok(());
        }
        self.get_mut(&key).map_or(Ok(()), |value| Node::remove(value, rest))
    }
}

/// The way to a part of a world, of which a path is made only where a read is recorded.
#[derive(Clone, Copy)]
struct Way<'a> {
    /// Where it begins.
    from: Option<&'a FieldPath>,
    /// The segments after that.
    segments: [Option<&'a dyn fmt::Display>; SEGMENTS_MAX],
}

impl<'a> Way<'a> {
    /// One step further. A way that is full stays where it is, and so stands for all that is there.
    fn then(mut self, segment: &'a dyn fmt::Display) -> Self {
        if let Some(place) = self.segments.iter_mut().find(|it| it.is_none()) {
            *place = Some(segment);
        }
        self
    }

    fn path(&self) -> FieldPath {
        let from = self.from.cloned().unwrap_or_default();
        let segments = self.segments.iter().map_while(|it| *it);
        segments.fold(from, |path, segment| path.then(&segment.to_string()))
    }
}

/// More than any path of a world has.
const SEGMENTS_MAX: usize = 10;

/// A reference to a part of a world that knows the way to it and records reads.
pub struct Tracked<'a, T> {
    value: &'a T,
    at: Way<'a>,
    reads: &'a Reads,
}

impl<T> Clone for Tracked<'_, T> {
    fn clone(&self) -> Self {
        Self { value: self.value, at: self.at, reads: self.reads }
    }
}

impl<'a, T> Tracked<'a, T> {
    /// Begins at the root of a world; nothing is read yet.
    pub fn new(root: &'a T, reads: &'a Reads) -> Self {
        let at = Way { from: None, segments: [None; SEGMENTS_MAX] };
        Self { value: root, at, reads }
    }

    pub(crate) fn part(value: &'a T, from: &'a FieldPath, reads: &'a Reads) -> Self {
        let at = Way { from: Some(from), segments: [None; SEGMENTS_MAX] };
        Self { value, at, reads }
    }

    /// Steps into a field; used by the generated accessors.
    pub(crate) fn into_field<F>(
        self,
        name: &'static &'static str,
        pick: impl FnOnce(&'a T) -> &'a F,
    ) -> Tracked<'a, F> {
        Tracked { value: pick(self.value), at: self.at.then(name), reads: self.reads }
    }

    /// The value, recorded as read as a whole.
    pub fn get(self) -> &'a T {
        self.reads.note(|| self.at.path());
        self.value
    }
}

impl<'a, K, V> Tracked<'a, Map<K, V>>
where
    K: Ord + fmt::Display,
{
    /// The entry under `key`. That there is none is recorded as read, too.
    pub fn at(self, key: &K) -> Option<Tracked<'a, V>> {
        self.entry(key).map(|(_key, value)| value)
    }

    /// The same as [`Tracked::at`], with the key in the case in which it was written.
    pub fn entry(self, key: &K) -> Option<(&'a K, Tracked<'a, V>)> {
        let Some((key, value)) = self.value.get_key_value(key) else {
            self.reads.note(|| self.at.path().then(&key.to_string()));
            return None;
        };
        Some((key, Tracked { value, at: self.at.then(key), reads: self.reads }))
    }

    /// Every entry in order; which keys there are is recorded as read.
    pub fn each(self) -> impl Iterator<Item = (&'a K, Tracked<'a, V>)> {
        let Self { value, at, reads } = self;
        reads.note(|| at.path().then_every(""));
        value.iter().map(move |(key, value)| (key, Tracked { value, at: at.then(key), reads }))
    }

    /// The entries whose key's text begins with `prefix`, without regard to case; that no others begin so
    /// is recorded as read.
    pub fn beginning(self, prefix: &str) -> impl Iterator<Item = (&'a K, Tracked<'a, V>)> {
        let Self { value, at, reads } = self;
        reads.note(|| at.path().then_every(prefix));
        let prefix = prefix.to_lowercase();
        value.iter().filter_map(move |(key, value)| {
            let begins = key.to_string().to_lowercase().starts_with(&prefix);
            begins.then(|| (key, Tracked { value, at: at.then(key), reads }))
        })
    }
}

/// The typed name of a field, from which a [`Change`] is made.
pub struct Field<T> {
    at: FieldPath,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        Self { at: self.at.clone(), of: PhantomData }
    }
}

impl<T> Field<T> {
    /// The root of a world.
    pub(crate) fn at_root() -> Self {
        Self { at: FieldPath::root(), of: PhantomData }
    }

    pub(crate) fn into_field<F>(self, name: &str) -> Field<F> {
        Field { at: self.at.then(name), of: PhantomData }
    }

    /// The path of the field.
    pub fn path(&self) -> &FieldPath {
        &self.at
    }
}

impl<T: Node> Field<T> {
    /// The change that sets this field, or adds it where it is an entry of a map.
    pub fn set(self, value: impl Into<T>) -> Change {
        let value = serde_json::to_value(value.into()).unwrap_or(Value::Null);
        Change::Set { at: self.at, to: value }
    }

    /// The change that removes this entry of a map.
    pub fn removed(self) -> Change {
        Change::Remove { at: self.at }
    }
}

impl<K: fmt::Display, V> Field<Map<K, V>> {
    /// The entry under `key`.
    pub fn at(self, key: impl Into<K>) -> Field<V> {
        Field { at: self.at.then(&key.into().to_string()), of: PhantomData }
    }
}

/// The name of a field in paths and files: that of the code, with hyphens.
macro_rules! name {
    ($field:ident) => {{
        const CODE: &str = stringify!($field);
        const BYTES: [u8; CODE.len()] = $crate::tracked::hyphenated(CODE);
        const NAME: &str = match std::str::from_utf8(&BYTES) {
            Ok(name) => name,
            Err(_) => CODE,
        };
        NAME
    }};
}

#[expect(
    clippy::indexing_slicing,
    reason = "it runs in constants alone, where it cannot panic unseen"
)]
pub(crate) const fn hyphenated<const N: usize>(code: &str) -> [u8; N] {
    let (code, mut name) = (code.as_bytes(), [0; N]);
    let mut at = 0;
    while at < N {
        name[at] = if code[at] == b'_' { b'-' } else { code[at] };
        at += 1;
    }
    name
}

/// Declares parts of a world: the struct, its [`Node`], and accessors on [`Tracked`], `Edit` and [`Field`].
macro_rules! record {
    ($(
        $(#[$meta:meta])*
        pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident : $type:ty,)* }
    )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name { $($(#[$field_meta])* pub $field: $type,)* }

        impl $crate::tracked::Node for $name {
            fn differences(
                &self,
                other: &Self,
                at: &$crate::tracked::Steps<'_>,
                found: &mut $crate::tracked::Footprint,
            ) {
                $(self.$field.differences(
                    &other.$field,
                    &at.then(&$crate::tracked::name!($field)),
                    found,
                );)*
            }

            fn look(&self, rest: &[String]) -> Option<serde_json::Value> {
                let Some((first, rest)) = rest.split_first() else {
                    return serde_json::to_value(self).ok();
                };
                $(if first == $crate::tracked::name!($field) {
                    return $crate::tracked::Node::look(&self.$field, rest);
                })*
                None
            }

            fn put(
                &mut self,
                rest: &[String],
                value: &serde_json::Value,
            ) -> Result<(), $crate::tracked::PathError> {
                let Some((first, rest)) = rest.split_first() else {
                    let parsed = <Self as serde::Deserialize>::deserialize(value);
                    *self = parsed
                        .map_err(|error| $crate::tracked::PathError::BadValue(error.to_string()))?;
                    return Ok(());
                };
                $(if first == $crate::tracked::name!($field) {
                    return $crate::tracked::Node::put(&mut self.$field, rest, value);
                })*
                Err($crate::tracked::PathError::NoField)
            }

            fn copy(&mut self, from: &Self, rest: &[String]) {
                let Some((first, rest)) = rest.split_first() else {
                    self.clone_from(from);
                    return;
                };
                $(if first == $crate::tracked::name!($field) {
                    return $crate::tracked::Node::copy(&mut self.$field, &from.$field, rest);
                })*
            }

            fn remove(&mut self, rest: &[String]) -> Result<(), $crate::tracked::PathError> {
                let Some((first, rest)) = rest.split_first() else {
                    return Err($crate::tracked::PathError::NotRemovable);
                };
                $(if first == $crate::tracked::name!($field) {
                    return $crate::tracked::Node::remove(&mut self.$field, rest);
                })*
                Err($crate::tracked::PathError::NoField)
            }
        }

        impl<'a> $crate::tracked::Tracked<'a, $name> {
            $(
                #[doc = concat!("Steps to `", stringify!($field), "`.")]
                pub fn $field(self) -> $crate::tracked::Tracked<'a, $type> {
                    self.into_field(&$crate::tracked::name!($field), |part| &part.$field)
                }
            )*
        }

        impl $crate::edit::Edit<'_, $name> {
            $(
                #[doc = concat!("Steps to `", stringify!($field), "`.")]
                pub fn $field(&mut self) -> $crate::edit::Edit<'_, $type> {
                    self.field($crate::tracked::name!($field), |part| &mut part.$field)
                }
            )*
        }

        impl $crate::tracked::Field<$name> {
            $(
                #[doc = concat!("Names `", stringify!($field), "`.")]
                pub fn $field(self) -> $crate::tracked::Field<$type> {
                    self.into_field($crate::tracked::name!($field))
                }
            )*
        }
    )*};
}

/// Declares leaves: values that are read, compared and set as a whole.
macro_rules! leaf {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::tracked::Node for $type {
            fn differences(
                &self,
                other: &Self,
                at: &$crate::tracked::Steps<'_>,
                found: &mut $crate::tracked::Footprint,
            ) {
                if self != other {
                    found.insert(at.path());
                }
            }
        }
    )*};
}

pub(crate) use {leaf, name, record};
