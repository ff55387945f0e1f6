//! A logo, a signature or a stamp.
#![no_main]

use documents::picture::{accept, restore};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    if let Ok(picture) = accept(file) {
        assert_eq!(restore(picture.bytes()), Ok(picture));
    }
});
