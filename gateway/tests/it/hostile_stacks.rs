//! Files that are no honest stack, and a reader that dies: refused in French, with the reason,
//! and nothing deposited.

use std::{io::Write as _, process::Command};

use flate2::{Compression, Crc, write::ZlibEncoder};
use serde_json::json;

use crate::{
    stacks::{contents, letter, send, stack},
    support::{Backend, DIES, TestApp, stage::Stage},
};

/// A PDF of these objects, of which the first is the catalogue.
pub(crate) fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let size = objects.len() + 1;
    let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n").into_bytes();
    for (object, number) in objects.iter().zip(1..) {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        write!(file, "{number} 0 obj").unwrap();
        file.extend(object);
        file.extend(b"endobj\n");
    }
    let start = file.len();
    file.extend(table);
    writeln!(file, "trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").unwrap();
    file
}

pub(crate) const CATALOGUE: &[u8] = b"<</Type/Catalog/Pages 2 0 R>>";

/// A PDF of `count` empty pages.
fn pages(count: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..count).map(|at| format!("{} 0 R", at + 3)).collect();
    let tree = format!("<</Type/Pages/Count {count}/Kids[{}]>>", kids.join(" "));
    let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".to_vec();
    let mut objects = vec![CATALOGUE.to_vec(), tree.into_bytes()];
    objects.extend(std::iter::repeat_n(page, count));
    pdf(&objects)
}

/// A tree of pages that leads back to its root.
fn pages_in_a_circle() -> Vec<u8> {
    let node = |kid: usize| format!("<</Type/Pages/Count 1/Kids[{kid} 0 R]>>").into_bytes();
    pdf(&[CATALOGUE.to_vec(), node(3), node(2)])
}

/// A page with one picture, which says that it has `side` × `side` pixels.
fn picture(side: usize, filters: &str, bytes: &[u8]) -> Vec<u8> {
    let mut pixels = format!(
        "<</Type/XObject/Subtype/Image/Width {side}/Height {side}/ColorSpace/DeviceGray\
         /BitsPerComponent 8/Filter[{filters}]/Length {}>>stream\n",
        bytes.len()
    )
    .into_bytes();
    pixels.extend(bytes);
    pixels.extend(b"\nendstream ");
    let draw = b"q 595 0 0 842 0 0 cm /P Do Q";
    let draw = [b"<</Length 28>>stream\n".as_slice(), draw, b"\nendstream "].concat();
    let tree = b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec();
    let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
        /Resources<</XObject<</P 5 0 R>>>>>>";
    pdf(&[CATALOGUE.to_vec(), tree, page.to_vec(), draw, pixels])
}

/// Twice as many noughts as the reader may have memory, deflated twice over: some kilobytes.
fn bomb() -> Vec<u8> {
    let deflated = |write: &dyn Fn(&mut ZlibEncoder<Vec<u8>>)| {
        let mut into = ZlibEncoder::new(Vec::new(), Compression::fast());
        write(&mut into);
        into.finish().unwrap()
    };
    let noughts = vec![0; 1 << 20];
    let once = deflated(&|into| (0..2048).for_each(|_| into.write_all(&noughts).unwrap()));
    deflated(&|into| into.write_all(&once).unwrap())
}

/// A PNG that says it has 60 000 × 60 000 pixels.
fn vast_png() -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let named = [kind, data].concat();
        let mut sum = Crc::new();
        sum.update(&named);
        let length = u32::try_from(data.len()).unwrap();
        [&length.to_be_bytes()[..], &named, &sum.sum().to_be_bytes()[..]].concat()
    };
    let side = 60_000_u32.to_be_bytes();
    let header = [&side[..], &side[..], &[8, 0, 0, 0, 0]].concat();
    let pixels = [0x78, 0x9c, 0x63, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01];
    let chunks = [chunk(b"IHDR", &header), chunk(b"IDAT", &pixels), chunk(b"IEND", b"")];
    [&b"\x89PNG\r\n\x1a\n"[..], &chunks.concat()].concat()
}

/// The same file, which a password opens.
fn encrypted(pdf: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let [clear, locked] = ["clear.pdf", "locked.pdf"].map(|name| folder.path().join(name));
    std::fs::write(&clear, pdf).unwrap();
    let password = ["--encrypt", "secret", "owner", "256", "--"];
    let done = Command::new("qpdf").args(password).args([&clear, &locked]).status();
    assert!(done.unwrap().success());
    std::fs::read(locked).unwrap()
}

#[tokio::test]
async fn what_can_be_told_at_once_is_refused_at_once() {
    let stage = Stage::set(Backend::Sqlite).await;
    let whole = stack(&[&letter()]);
    let broken = "Ce fichier est incomplet ou abîmé\u{202f}: enregistrez-le de nouveau, puis \
                  déposez-le.";
    let files = [
        (
            b"bonjour".to_vec(),
            "NOT_A_SCAN",
            "Ce fichier n’est ni un PDF, ni une image TIFF, JPEG ou PNG\u{202f}: numérisez la \
             convention dans l’un de ces formats.",
        ),
        (
            encrypted(&whole),
            "FILE_ENCRYPTED",
            "Ce PDF est protégé par un mot de passe\u{202f}: déposez-le sans protection.",
        ),
        (whole[..whole.len() / 2].to_vec(), "FILE_TRUNCATED", broken),
        (pages_in_a_circle(), "FILE_TRUNCATED", broken),
        (pages(100_000), "TOO_MANY_PAGES", "Ce PDF a trop de pages\u{202f}: 400 au plus."),
        (pages(0), "NO_PAGE", "Ce PDF ne contient aucune page."),
    ];

    for (file, code, message) in files {
        let told = send(&stage.college, &file).await;

        assert_eq!((&told["code"], &told["message"]), (&json!(code), &json!(message)));
    }
}

#[tokio::test]
async fn what_the_reader_finds_is_told_on_the_page_of_the_stack() {
    let stage = Stage::set(Backend::Sqlite).await;
    let broken = "Ce fichier est incomplet ou abîmé\u{202f}: numérisez les pages de nouveau.";
    let vast = "Les images de ce fichier sont trop grandes\u{202f}: numérisez à 300 points par \
                pouce au plus.";
    let stopped = "La lecture de ce fichier s’est arrêtée avant la fin\u{202f}: déposez ses \
                   conventions une à une, en choisissant l’élève. La lecture en était à la page 1.";
    let files = [
        (vast_png(), vast),
        (picture(60_000, "/FlateDecode", b"x"), vast),
        (picture(100, "/FlateDecode/FlateDecode", &bomb()), stopped),
        (b"II*\0\x08\0\0\0\xff\xff garbage".to_vec(), broken),
        (b"\xff\xd8\xff\xe0 cut".to_vec(), broken),
    ];

    for (file, message) in files {
        let sent = send(&stage.college, &file).await;
        let scan = sent["scan"]["id"].as_str().unwrap().to_owned();
        stage.app.drain().await;

        let found = contents(&stage.college, &scan).await;
        assert_eq!((&found["state"], &found["refusal"]), (&json!("REFUSED"), &json!(message)));
        assert_eq!(found["contents"]["conventions"], json!([]));
    }
    stage.verify().await;
}

#[tokio::test]
async fn a_stack_whose_reader_is_killed_goes_to_a_person_and_says_so() {
    let app = TestApp::start_with_child(Backend::Sqlite, "Read", DIES).await;
    let stage = Stage::set_on(app).await;

    let sent = send(&stage.college, &stack(&[&letter()])).await;
    let scan = sent["scan"]["id"].as_str().unwrap().to_owned();
    stage.app.drain().await;

    let found = contents(&stage.college, &scan).await;
    assert_eq!(found["state"], "REFUSED");
    let told = found["refusal"].as_str().unwrap();
    assert!(told.starts_with("La lecture de ce fichier s’est arrêtée avant la fin"), "{told}");
    // What was sent is still there for whoever sorts it by hand.
    assert_eq!(stage.college.get(&format!("/numerisation/{scan}/fichier")).await.0, 200);
}
