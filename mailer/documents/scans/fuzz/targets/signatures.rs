//! The signatures of a PDF: of the file as it is, and of a container put where a signature has its own, which spares
//! the fuzzer finding a form around it.
#![no_main]

use std::sync::LazyLock;

use documents::signatures::{Trust, unchanged_since, verify};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

/// Trusts the certificate of `scans seeds`, when there is one beside the corpus.
static TRUST: LazyLock<Trust> = LazyLock::new(|| {
    let nobody = || Trust::nobody(Timestamp::from_second(1_800_000_000).expect("a second of 2027"));
    let roots = std::env::var_os("SIGNATURES_ROOT").and_then(|file| std::fs::read_to_string(file).ok());
    roots.map_or_else(nobody, |roots| nobody().and_roots(&roots).expect("a certificate in PEM"))
});

fuzz_target!(|file: &[u8]| {
    if file.len() > 1_000_000 {
        return;
    }
    if let Some(container) = file.strip_prefix(b"CMS:") {
        assert!(verify(&around(container), &TRUST).len() <= 1);
        return;
    }
    assert!(verify(file, &TRUST).len() <= 16);
    unchanged_since(file, file.len() / 2);
});

/// A PDF of one signature with this container.
fn around(container: &[u8]) -> Vec<u8> {
    let digits = hex(container);
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for object in [
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[4 0 R]>>>>",
        "<</Type/Pages/Kids[]/Count 0>>",
        "null",
        "<</FT/Sig/T(S)/V 5 0 R>>",
    ] {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj{object}endobj\n", places.len()).bytes());
    }
    places.push(pdf.len());
    pdf.extend(b"5 0 obj<</Type/Sig/SubFilter/ETSI.CAdES.detached/M(D:20270113090000Z)/Contents");
    let before = pdf.len();
    let after = before + digits.len() + 2;
    // The end stands in the range itself: written with as many digits whatever it is.
    let mut tail = format!("/ByteRange[0 {before:010} {after:010} 0000000000]>>endobj\n");
    let table = after + tail.len();
    tail.push_str("xref\n0 6\n0000000000 65535 f \n");
    tail.extend(places.iter().map(|place| format!("{place:010} 00000 n \n")));
    tail.push_str(&format!("trailer<</Size 6/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"));
    let tail = tail.replacen("0000000000]", &format!("{:010}]", tail.len()), 1);
    pdf.extend(format!("<{digits}>{tail}").bytes());
    pdf
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
