//! What is worked out again and again, kept for all threads, in bounded memory.

use std::hash::Hash;

use quick_cache::{
    UnitWeighter,
    sync::{self, DefaultLifecycle},
};
use rustc_hash::FxBuildHasher;

/// Results by what they were worked out from. It saves time and changes none.
pub(crate) type Cache<K, V> = sync::Cache<K, V, UnitWeighter, FxBuildHasher>;

/// A cache of at most so many results: those that were asked for most recently and most often.
pub(crate) fn cache<K: Eq + Hash, V: Clone>(most: usize) -> Cache<K, V> {
    sync::Cache::with(most, most as u64, UnitWeighter, FxBuildHasher, DefaultLifecycle::default())
}
