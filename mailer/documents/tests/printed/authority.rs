//! Certificates, keys and time stamps made by openssl for the tests.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use documents::seal::SealingKey;
use tempfile::TempDir;

/// A certificate and its key, in PEM.
pub(crate) struct Identity {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

impl Identity {
    pub(crate) fn sealing(&self) -> SealingKey {
        SealingKey::from_pem(&self.certificate, &self.key).expect("a certificate and its key")
    }
}

/// The platform's: self-signed, P-256.
pub(crate) fn platform() -> &'static Identity {
    static PLATFORM: LazyLock<Identity> =
        LazyLock::new(|| self_signed(&P256, "/CN=Escale · Démo Paul/O=Escale", SIGNS));
    &PLATFORM
}

/// A person's, RSA.
pub(crate) fn person() -> &'static Identity {
    static PERSON: LazyLock<Identity> =
        LazyLock::new(|| self_signed(&RSA, "/CN=Élodie Fournier/O=Collège de la Colline", SIGNS));
    &PERSON
}

/// An authority's that stamps times.
pub(crate) fn clock() -> &'static Identity {
    static CLOCK: LazyLock<Identity> = LazyLock::new(|| {
        self_signed(&RSA, "/CN=Horloge de test", "extendedKeyUsage=critical,timeStamping")
    });
    &CLOCK
}

const P256: [&str; 4] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
const RSA: [&str; 2] = ["-newkey", "rsa:2048"];
const SIGNS: &str = "keyUsage=critical,digitalSignature,nonRepudiation";

fn self_signed(algorithm: &[&str], subject: &str, extension: &str) -> Identity {
    let folder = TempDir::new().expect("a temporary folder");
    let fixed = ["req", "-x509", "-utf8", "-nodes", "-days", "36500", "-keyout", "k", "-out", "c"];
    let named = ["-subj", subject, "-addext", extension];
    openssl(folder.path(), &[&fixed[..], algorithm, &named].concat());
    let read = |name| std::fs::read_to_string(folder.path().join(name)).expect("a file in PEM");
    Identity { certificate: read("c"), key: read("k") }
}

/// The answer of our authority to a request for a time stamp.
pub(crate) fn time_stamp(request: &[u8]) -> Vec<u8> {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name: &str, content: &[u8]| {
        std::fs::write(folder.path().join(name), content).expect("a file is written");
    };
    write("request", request);
    write("c", clock().certificate.as_bytes());
    write("k", clock().key.as_bytes());
    write("serial", b"01\n");
    write("settings", SETTINGS.as_bytes());
    let arguments = "ts -reply -config settings -queryfile request -out answer";
    openssl(folder.path(), &arguments.split(' ').collect::<Vec<_>>());
    std::fs::read(folder.path().join("answer")).expect("an answer")
}

const SETTINGS: &str = "[tsa]
default_tsa = clock
[clock]
serial = serial
signer_cert = c
signer_key = k
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
";

fn openssl(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("openssl is installed");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments:?}: {complaint}");
}
