//! A stack of scans, opened and its first page read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scans::{Limits, Stack, read_page};

fuzz_target!(|file: &[u8]| {
    // Small enough to be read often; the pixels of a page are what takes time.
    let limits = Limits { bytes: 1_000_000, pages: 5, pixels: 1_000_000 };
    if let Ok(stack) = Stack::open(file.to_vec(), &limits) {
        let reading = read_page(&stack, 0).expect("there is a page");
        assert!(reading.picture.len() <= 60_000);
    }
});
