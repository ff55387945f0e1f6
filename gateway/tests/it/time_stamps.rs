//! The time stamp of the seal, from an authority over HTTP: openssl behind a server of the test. One
//! that fails in any way costs the document its time stamp, never its seal.

use std::{path::Path, process::Command};

use axum::{Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use documents::signatures::{Integrity, Signature, Trust, verify};
use gateway::{config::Config, sealer::Sealer};
use journal::{Journal, Settings};
use tempfile::TempDir;

use crate::scans::convention;

/// How the authority answers.
#[derive(Debug, Clone, Copy)]
enum Manner {
    Stamps,
    /// The stamp of something else.
    StampsAnother,
    SaysNo,
    Babbles,
    /// More than anybody should read.
    NeverEnds,
}

/// An authority with a certificate of its own.
struct Authority(TempDir);

const SETTINGS: &str = "[tsa]\ndefault_tsa = clock\n[clock]\nserial = serial\nsigner_cert = c\n\
                        signer_key = k\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\n\
                        digests = sha256\ness_cert_id_alg = sha256\n";

impl Authority {
    fn set() -> Self {
        let it = Self(tempfile::tempdir().unwrap());
        std::fs::write(it.0.path().join("settings"), SETTINGS).unwrap();
        std::fs::write(it.0.path().join("serial"), "01\n").unwrap();
        openssl(
            it.0.path(),
            "req -x509 -nodes -days 36500 -newkey rsa:2048 -keyout k -out c -subj /CN=Horloge \
             -addext extendedKeyUsage=critical,timeStamping",
        );
        it
    }

    fn stamp(folder: &Path, question: &[u8]) -> Vec<u8> {
        std::fs::write(folder.join("request"), question).unwrap();
        openssl(folder, "ts -reply -config settings -queryfile request -out answer");
        std::fs::read(folder.join("answer")).unwrap()
    }

    /// The address where it answers so.
    async fn serve(&self, manner: Manner) -> String {
        let folder = self.0.path().to_owned();
        let answer = async move |State(manner): State<Manner>, question: Bytes| match manner {
            Manner::Stamps => (StatusCode::OK, Self::stamp(&folder, &question)),
            Manner::StampsAnother => {
                openssl(&folder, "ts -query -data settings -sha256 -cert -out other");
                let other = std::fs::read(folder.join("other")).unwrap();
                (StatusCode::OK, Self::stamp(&folder, &other))
            }
            Manner::SaysNo => (StatusCode::SERVICE_UNAVAILABLE, Vec::new()),
            Manner::Babbles => (StatusCode::OK, b"<html>portail captif</html>".to_vec()),
            Manner::NeverEnds => (StatusCode::OK, vec![b'0'; 1024 * 1024]),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/tsa", listener.local_addr().unwrap());
        let router = Router::new().route("/tsa", post(answer)).with_state(manner);
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        url
    }
}

fn openssl(folder: &Path, arguments: &str) {
    let mut openssl = Command::new("openssl");
    let output = openssl.args(arguments.split(' ')).current_dir(folder).output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments}: {complaint}");
}

/// What is found in a document sealed with the authority at `url`, trusted or not.
async fn sealed(url: String, authority: &Authority) -> Signature {
    let journal = Journal::open(Settings::memory()).await.unwrap();
    let data = tempfile::tempdir().unwrap();
    let mut config = Config { data_dir: data.path().to_owned(), ..Config::default() };
    config.seal.tsa_url = Some(url);
    let sealer = Sealer::open(&config, &journal).await.unwrap();
    let at = journal.clock().now();

    let pdf = sealer.seal(convention().unwrap(), at).await.unwrap();

    let clock = std::fs::read_to_string(authority.0.path().join("c")).unwrap();
    let trust = Trust::nobody(at).and_ours(sealer.certificates()).unwrap();
    let mut found = verify(&pdf, &trust.and_roots(&clock).unwrap());
    assert_eq!(found.len(), 1);
    let seal = found.remove(0);
    assert_eq!(seal.integrity, Integrity::Intact);
    assert!(seal.by_us && seal.trusted && seal.covers_whole_file);
    let file = data.path().join("sealed.pdf");
    std::fs::write(&file, pdf).unwrap();
    let said = Command::new("pdfsig").arg("-nocert").arg(&file).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("Signature Validation: Signature is Valid."), "{said}");
    seal
}

#[tokio::test(flavor = "multi_thread")]
async fn the_seal_bears_the_stamp_of_the_authority_that_is_set() {
    let authority = Authority::set();

    let seal = sealed(authority.serve(Manner::Stamps).await, &authority).await;

    let stamped = seal.time_stamped.expect("a time stamp");
    assert!(stamped.duration_since(seal.claimed.unwrap()).abs().as_secs() < 60, "{seal:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_fails_in_any_way_costs_the_stamp_and_never_the_seal() {
    let authority = Authority::set();
    for manner in [Manner::StampsAnother, Manner::SaysNo, Manner::Babbles, Manner::NeverEnds] {
        let seal = sealed(authority.serve(manner).await, &authority).await;
        assert_eq!(seal.time_stamped, None, "{manner:?}");
    }
    let nobody = sealed("http://127.0.0.1:9/tsa".to_owned(), &authority).await;
    assert_eq!(nobody.time_stamped, None);
}
