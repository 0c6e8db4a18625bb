#![no_main]

use std::{panic, sync::Once};

/// The readers of these formats are other people's, and what they panic at costs a process of its own: only what does not hold of what was read
/// ends the fuzzing.
static QUIET: Once = Once::new();

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    QUIET.call_once(|| panic::set_hook(Box::new(|_| {})));
    if let Err(fault) = panic::catch_unwind(|| copydesk_fuzz::packed(bytes)) {
        eprintln!("{}", fault.downcast_ref::<String>().map_or("something does not hold", String::as_str));
        std::process::abort();
    }
});
