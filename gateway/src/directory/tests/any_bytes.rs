//! Whatever the bytes, nothing panics and every row is accounted for.

use fixtures::directory::{OFFICIAL, PREPARED, WRONG_LINES};
use proptest::prelude::*;

use super::{super::Closing, *};

fn import_any(bytes: &[u8]) {
    let Ok(reader) = Reader::open(&Source::from(bytes)) else {
        return;
    };
    let lines = reader.lines();
    let options = Options { at_once: 4, closing: Closing::Absent { at_most_percent: 100 } };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let report = runtime.block_on(import(reader, &Register::default(), options, |_| {})).unwrap();
    assert_eq!(report.accounted(), report.read);
    assert!(report.read < lines.max(1), "{} rows in {lines} lines", report.read);
    assert!(!report.to_string().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2048)) {
        import_any(&bytes);
    }

    #[test]
    fn any_rows_under_a_right_header_are_accounted_for(
        text in "([0-9]{7}[A-Z]|[a-zé\"; \\r\\n,']{0,12}|;){0,200}",
    ) {
        import_any(format!("uai;nom;type;statut;commune\n{text}").as_bytes());
    }

    #[test]
    fn mutated_files_are_accounted_for(
        which in 0_usize..3,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        cut in any::<prop::sample::Index>(),
    ) {
        let files: [&[u8]; 3] = [PREPARED.as_bytes(), OFFICIAL.as_bytes(), WRONG_LINES];
        let mut bytes = files[which].to_vec();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        import_any(&bytes);
    }
}
