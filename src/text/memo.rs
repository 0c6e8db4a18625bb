//! What is worked out again and again, kept for all threads, in bounded memory.

use std::hash::Hash;

use quick_cache::{
    UnitWeighter,
    sync::{Cache, DefaultLifecycle},
};
use rustc_hash::FxBuildHasher;

/// Results by what they were worked out from. It saves time and changes none.
pub(crate) type Memo<K, V> = Cache<K, V, UnitWeighter, FxBuildHasher>;

/// A memo of at most so many results: the ones that were asked for most recently and most often.
pub(crate) fn memo<K: Eq + Hash, V: Clone>(most: usize) -> Memo<K, V> {
    Cache::with(most, most as u64, UnitWeighter, FxBuildHasher, DefaultLifecycle::default())
}
