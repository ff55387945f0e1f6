//! A certificate for `localhost`, signed by an authority made for one test.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// What the server shows, and what its clients must trust.
pub(super) struct Certificate {
    pub(super) authority: Vec<u8>,
    pub(super) chain: PathBuf,
    pub(super) key: PathBuf,
}

impl Certificate {
    /// Made in `folder` by the openssl command, which Debian's ca-certificates brings.
    pub(super) fn make(folder: &Path) -> Self {
        let new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
        let authority = [
            &["req", "-x509"][..],
            &new_key[..],
            &["-keyout", "ca.key", "-out", "ca.pem", "-days", "2"],
            &["-subj", "/CN=Authority of a test"],
        ]
        .concat();
        let request = [
            &["req"][..],
            &new_key[..],
            &["-keyout", "server.key", "-out", "server.csr"],
            &["-subj", "/CN=localhost"],
        ]
        .concat();
        let signature = [
            &["x509", "-req", "-in", "server.csr", "-days", "2"][..],
            &["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"],
            &["-extfile", "names.ext", "-out", "server.pem"],
        ]
        .concat();
        std::fs::write(folder.join("names.ext"), "subjectAltName=DNS:localhost\n")
            .expect("a temporary folder that can be written");
        for arguments in [authority, request, signature] {
            openssl(folder, &arguments);
        }
        Self {
            authority: std::fs::read(folder.join("ca.pem")).expect("the authority just made"),
            chain: folder.join("server.pem"),
            key: folder.join("server.key"),
        }
    }
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|error| panic!("apt-get install openssl ({error})"));
    assert!(output.status.success(), "openssl: {}", String::from_utf8_lossy(&output.stderr));
}
