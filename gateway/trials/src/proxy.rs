//! The reverse proxy as it is deployed, before the gateways of a house: `HAProxy` with
//! `deploy/proxy/haproxy.cfg`, and a certificate of its own.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    Fault,
    house::{House, free_port},
};

const SETTINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/proxy/haproxy.cfg");
const PATIENCE: Duration = Duration::from_secs(20);

/// One that runs. Killed when it is dropped.
pub(crate) struct Proxy {
    child: Child,
    url: String,
}

impl Proxy {
    /// Starts it before the first two gateways, and comes back once people are let through.
    pub(crate) async fn start(house: &House, http: &reqwest::Client) -> Result<Self, Fault> {
        let certificate = house.file("proxy.pem");
        certify(&certificate)?;
        let (plain, secure) = (free_port()?, free_port()?);
        let gateway = |number| house.url(number).trim_start_matches("http://").to_owned();
        let child = Command::new(program())
            .args(["-W", "-db", "-f", SETTINGS])
            .env("ESCALE_HTTP", format!("127.0.0.1:{plain}"))
            .env("ESCALE_HTTPS", format!("127.0.0.1:{secure}"))
            .env("ESCALE_CERTIFICATE", &certificate)
            .env("ESCALE_A", gateway(0))
            .env("ESCALE_B", gateway(1))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|fault| format!("haproxy : {fault} (apt-get install haproxy)"))?;
        let proxy = Self { child, url: format!("https://127.0.0.1:{secure}") };
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let answer = http.get(proxy.url()).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(proxy);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err("le mandataire ne laisse passer personne".into())
    }

    /// Where people reach it.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

/// Debian puts it where only root looks.
fn program() -> &'static str {
    const THERE: &str = "/usr/sbin/haproxy";
    if Path::new(THERE).exists() { THERE } else { "haproxy" }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // SIGTERM reaches its worker too, SIGKILL would not.
        let pid = self.child.id().to_string();
        let _told = Command::new("kill").args(["-TERM", &pid]).status();
        let _status = self.child.wait();
    }
}

/// A certificate that signs itself, and its key, in one file.
fn certify(file: &Path) -> Result<(), Fault> {
    let (key, certificate) = (file.with_extension("key"), file.with_extension("crt"));
    let status = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj"])
        .args(["/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout"])
        .args([key.as_os_str(), "-out".as_ref(), certificate.as_os_str()])
        .stderr(Stdio::null())
        .status()?;
    if !status.success() {
        return Err("openssl n’a pas fait de certificat".into());
    }
    let both = [std::fs::read(certificate)?, std::fs::read(key)?].concat();
    Ok(std::fs::write(file, both)?)
}
