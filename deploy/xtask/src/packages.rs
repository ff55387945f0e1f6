//! The programs that the tests need, installed from Debian's own packages when they are missing.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::cargo::{on_path, run};
use crate::console::say;
use crate::fault::Fault;
use crate::postgres;

/// Something the tests run for real, how to see that it is there, and the package that brings it.
struct Need {
    package: &'static str,
    purpose: &'static str,
    present: fn() -> bool,
}

/// All that the pages are built with; it brings the rest itself.
const NPM: Need =
    Need { package: "npm", purpose: "to build the web pages", present: || on_path("npm") };

const NEEDS: [Need; 15] = [
    NPM,
    Need {
        package: "chromium",
        purpose: "the browser that the pages are tested in",
        present: || on_path("chromium"),
    },
    Need {
        package: "postgresql",
        purpose: "the server that the journal is tested on",
        present: || postgres::programs().is_some(),
    },
    Need {
        package: "python3-aiosmtpd",
        purpose: "a real SMTP server to send letters to",
        present: || python_knows("aiosmtpd"),
    },
    Need {
        package: "python3-cryptography",
        purpose: "Ed25519 for another implementation of proofs",
        present: || python_knows("cryptography"),
    },
    Need {
        package: "python3-pip",
        purpose: "to install that implementation",
        present: || python_knows("pip"),
    },
    Need {
        package: "poppler-utils",
        purpose: "pdftotext, pdfinfo and pdfsig, to read the documents",
        present: || ["pdftotext", "pdfinfo", "pdfsig"].into_iter().all(on_path),
    },
    Need {
        package: "mupdf-tools",
        purpose: "mutool, another reader of the documents",
        present: || on_path("mutool"),
    },
    Need {
        package: "python3-venv",
        purpose: "to install pyHanko, which checks signatures",
        present: || python_knows("ensurepip"),
    },
    Need {
        package: "qpdf",
        purpose: "to check and to mangle PDF files",
        present: || on_path("qpdf"),
    },
    Need {
        package: "tesseract-ocr",
        purpose: "to read the print of pages whose codes are lost",
        present: || on_path("tesseract"),
    },
    Need {
        package: "tesseract-ocr-fra",
        purpose: "the same, in French",
        present: tesseract_knows_french,
    },
    Need {
        package: "openssl",
        purpose: "a certificate for the SMTP server",
        present: || on_path("openssl"),
    },
    Need {
        package: "haproxy",
        purpose: "the proxy before the gateways, while they are restarted",
        present: || on_path("haproxy") || Path::new("/usr/sbin/haproxy").exists(),
    },
    Need {
        package: "strace",
        purpose: "to kill the service at named points, and to fail its disk",
        present: || on_path("strace"),
    },
];

/// Read by Debian's scripts while PostgreSQL is installed: a server of the system, made and started by
/// itself, is not wanted.
const NO_SYSTEM_CLUSTER: &str = "/etc/postgresql-common/createcluster.d/escale-tests.conf";

/// Installs what the tests need and the machine lacks; does nothing, and needs no right, when nothing is missing.
pub(crate) fn ensure() -> Result<(), Fault> {
    ensure_all(&NEEDS)
}

/// The same for what the web pages are built with.
pub(crate) fn ensure_npm() -> Result<(), Fault> {
    if (NPM.present)() { Ok(()) } else { ensure_all(&[NPM]) }
}

fn ensure_all(needs: &[Need]) -> Result<(), Fault> {
    let missing = missing(needs);
    for need in needs {
        let state = if missing.contains(&need.package) { "missing" } else { "present" };
        say(format!("   {state}  {:<17} {}", need.package, need.purpose));
    }
    if missing.is_empty() {
        return Ok(());
    }
    install(elevation(&missing)?, &missing)?;
    let packages = self::missing(needs);
    if packages.is_empty() {
        Ok(())
    } else {
        Err(Fault::Lacking { packages, why: "installed, and yet not found" })
    }
}

fn missing(needs: &[Need]) -> Vec<&'static str> {
    needs.iter().filter(|need| !(need.present)()).map(|need| need.package).collect()
}

/// The words to put before a command that needs root; none when we are root.
fn elevation(packages: &[&'static str]) -> Result<&'static [&'static str], Fault> {
    let lacking = |why| Err(Fault::Lacking { packages: packages.to_vec(), why });
    if !on_path("apt-get") {
        return lacking("this is not a Debian (no apt-get)");
    }
    match postgres::identity("-u", &[]) {
        Some(0) => Ok(&[]),
        _ if on_path("sudo") => Ok(&["sudo"]),
        _ => lacking("programs are missing, and there is neither root nor sudo to install them"),
    }
}

fn install(root: &[&str], packages: &[&'static str]) -> Result<(), Fault> {
    let failed = |_| Fault::Lacking {
        packages: packages.to_vec(),
        why: "apt-get failed (is the network reachable?)",
    };
    let declined = packages.contains(&"postgresql") && decline_system_cluster(root);
    let update = as_root(root, &["apt-get", "update", "-q"]);
    let done = update.and_then(|()| {
        let arguments = ["apt-get", "install", "-q", "-y", "--no-install-recommends"];
        as_root(root, &[&arguments[..], packages].concat())
    });
    if declined {
        as_root(root, &["rm", "-f", NO_SYSTEM_CLUSTER])?;
    }
    done.map_err(failed)
}

/// Asks Debian's scripts not to make a cluster. Without it a cluster would be there in vain, no more.
fn decline_system_cluster(root: &[&str]) -> bool {
    let script = format!(
        "mkdir -p '{}' && echo 'create_main_cluster = false' >'{NO_SYSTEM_CLUSTER}'",
        Path::new(NO_SYSTEM_CLUSTER).parent().unwrap_or(Path::new("/")).display()
    );
    as_root(root, &["sh", "-c", &script]).is_ok()
}

fn as_root(root: &[&str], words: &[&str]) -> Result<(), Fault> {
    let all = [root, &["env", "DEBIAN_FRONTEND=noninteractive"], words].concat();
    let line = all.join(" ");
    say(format!("   {line}"));
    run(&line, Command::new(all[0]).args(&all[1..]).stdin(Stdio::null()))
}

/// Asks Debian's own Python, which alone sees Debian's modules; the tests run that one too.
fn python_knows(module: &str) -> bool {
    Command::new("/usr/bin/python3")
        .args(["-c", &format!("import {module}")])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn tesseract_knows_french() -> bool {
    let asked = Command::new("tesseract").arg("--list-langs").output();
    asked.is_ok_and(|it| String::from_utf8_lossy(&it.stdout).lines().any(|line| line == "fra"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_that_python_lacks_is_not_present() {
        assert!(!python_knows("no_such_module_anywhere"));
    }
}
