//! A few pages of every kind: none is taken for another, and as many are read
//! as are known to be. The whole corpus is `examples/corpus.rs`.

use documents::codes::{PageCode, decode};
use scans::{Limits, Stack, read_page};

use crate::corpus::content::KEY;
use crate::corpus::kinds::{KINDS, Kind, LEGIBLE};
use crate::corpus::prints::{Print, convention};

#[test]
fn no_page_is_ever_taken_for_another_and_those_that_can_be_read_are() {
    let prints: Vec<Print> = (1..=3).flat_map(convention).collect();
    let kinds: Vec<(&Kind, u64)> = KINDS.iter().zip(1..).collect();
    let (some, others) = kinds.split_at(kinds.len() / 2);

    let read = std::thread::scope(|scope| {
        let others = scope.spawn(|| pages(others, &prints));
        let mut read = pages(some, &prints);
        read.extend(others.join().unwrap());
        read
    });

    let missed = |(_, read): &&(&str, bool)| !read;
    assert_eq!(read.iter().take(2 * LEGIBLE).filter(missed).count(), 0, "{read:?}");
}

/// Two pages of each of these kinds, and whether they were read.
fn pages(kinds: &[(&'static Kind, u64)], prints: &[Print]) -> Vec<(&'static str, bool)> {
    let mut read = Vec::new();
    for (kind, seed) in kinds {
        let few = prints.iter().zip(0..).skip(usize::from(seed % 2 == 0)).step_by(2);
        for (print, number) in few {
            let file = kind.file(print, seed * 100 + number);
            let stack = Stack::open(file, &Limits::default()).unwrap();
            let reading = read_page(&stack, 0).unwrap();
            let named: Vec<PageCode> =
                reading.found.iter().filter_map(|text| decode(text, KEY).ok()).collect();
            let expected = decode(&print.text, KEY).unwrap();
            assert!(named.iter().all(|code| *code == expected), "{}: {named:?}", kind.name);
            read.push((kind.name, !named.is_empty()));
        }
    }
    read
}
