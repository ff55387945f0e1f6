//! What is printed on pages whose codes cannot be read, by Tesseract where it is installed: a guess
//! for the person who sorts them, never more.

use std::{io, process::Stdio, time::Duration};

use documents::codes::{PrintedPlace, printed_place};
use tokio::{io::AsyncWriteExt as _, process::Command, time::timeout};

/// The engine: the machine's own, found on its path.
const ENGINE: &str = "tesseract";
/// The most pages of one stack that are looked at. A stack with more has another trouble than ink.
const MOST_PAGES: usize = 40;
/// The longest that one page may take: the usual one takes a second.
const A_PAGE: Duration = Duration::from_secs(20);

/// What each page says in print, in their order. Pages without a picture of their print are not
/// looked at; what fails or takes too long says nothing.
pub(super) async fn printed(pages: &[scans::PageReading]) -> Vec<Option<PrintedPlace>> {
    let mut said = Vec::with_capacity(pages.len());
    let mut left = MOST_PAGES;
    for page in pages {
        let look = left > 0 && !page.print.is_empty();
        left -= usize::from(look);
        said.push(if look { of_page(&page.print, &mut left).await } else { None });
    }
    said
}

/// A page is read as it lies, upright or not: the engine finds out. Without an engine no more are
/// looked at.
async fn of_page(picture: &[u8], left: &mut usize) -> Option<PrintedPlace> {
    match timeout(A_PAGE, text(picture)).await {
        Ok(Ok(text)) => printed_place(&text),
        Ok(Err(err)) if err.kind() == io::ErrorKind::NotFound => {
            *left = 0;
            None
        }
        Ok(Err(err)) => {
            tracing::warn!(%err, "the print of a page could not be read");
            None
        }
        Err(_) => {
            tracing::warn!("the print of a page took too long to read");
            None
        }
    }
}

/// The text on a picture that we made ourselves, so that no stranger’s file reaches the engine.
async fn text(picture: &[u8]) -> io::Result<String> {
    let mut engine = Command::new(ENGINE);
    engine.args(["stdin", "stdout", "--psm", "1", "--dpi", "200", "-l", "fra"]);
    engine.env("OMP_THREAD_LIMIT", "1").kill_on_drop(true);
    engine.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = engine.spawn()?;
    let Some(mut input) = child.stdin.take() else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    // It reads all before it writes.
    input.write_all(picture).await?;
    drop(input);
    let output = child.wait_with_output().await?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(io::Error::other(output.status.to_string()))
    }
}
