//! Faults of our own: where they happened and what to report of them.

use std::{
    any::Any,
    panic,
    sync::{Mutex, Once, PoisonError},
};

/// Where the last panic was. Of two at once one may be given the other's place, which is a place of a fault as well.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// Notes where panics happen, beside what is done about them anyway.
pub(super) fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = info.location().map(ToString::to_string);
            before(info);
        }));
    });
}

/// What to report of a panic that was caught.
pub(super) fn report(panic: &(dyn Any + Send)) -> String {
    let reason = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner).clone();
    format!(
        "Please report this line, without any words of yours that may be in it: copydesk {}, {}: {}",
        env!("CARGO_PKG_VERSION"),
        place.as_deref().unwrap_or("nobody knows where"),
        reason.unwrap_or("no reason was given")
    )
}
