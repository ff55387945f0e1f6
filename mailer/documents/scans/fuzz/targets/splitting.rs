//! Each page of a stack made a file of its own, which is one page again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scans::{Limits, Stack, split};

fuzz_target!(|file: &[u8]| {
    let limits = Limits { bytes: 1_000_000, pages: 20, pixels: 1_000_000 };
    let Ok(stack) = Stack::open(file.to_vec(), &limits) else {
        return;
    };
    let wide = Limits { bytes: usize::MAX, ..limits };
    for page in 0..stack.pages() {
        if let Ok(alone) = split(&stack, &[page]) {
            let alone = Stack::open(alone, &wide).expect("what we write we read");
            assert_eq!(alone.pages(), 1);
        }
    }
});
