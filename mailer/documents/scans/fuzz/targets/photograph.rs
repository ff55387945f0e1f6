//! A photograph of a page, and the PDF made of it.
#![no_main]

use documents::deposit::{Limits, inspect};
use documents::photographs::{accept, bind};
use jiff::civil::Date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    if let Ok(photograph) = accept(file) {
        let pdf = bind(&[photograph], Date::constant(2027, 1, 13)).expect("one page is bound");
        assert_eq!(inspect(&pdf, &Limits { bytes: usize::MAX, pages: 1 }).map(|it| it.pages), Ok(1));
    }
});
