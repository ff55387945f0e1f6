//! A PDF that somebody deposits.
#![no_main]

use documents::deposit::{Limits, inspect};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let limits = Limits::default();
    if let Ok(inspection) = inspect(file, &limits) {
        assert!((1..=limits.pages).contains(&inspection.pages));
    }
});
