//! Writes a sample convention: `cargo run -p documents --example convention -- sample.pdf`.
//! Of a path with `plain` in it the boxes are empty, with `online` all four signed online.
//! With `time` after the path, says how long one takes.

use std::time::Instant;

use documents::RenderFault;
use documents::convention::{render, render_signed};

#[path = "../tests/printed/sample.rs"]
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("where to? give the path of the PDF to write")?;
    std::fs::write(&path, made(&path)?)?;
    if arguments.next().is_some() {
        let started = Instant::now();
        for _ in 0..100 {
            made(&path)?;
        }
        let each = started.elapsed() / 100;
        std::fs::write(format!("{path}.time"), format!("{each:?} each\n"))?;
    }
    Ok(())
}

fn made(path: &str) -> Result<Vec<u8>, RenderFault> {
    if path.contains("online") {
        return render_signed(&sample::stamped(), &sample::signing(), sample::KEY);
    }
    let content = if path.contains("plain") { sample::convention() } else { sample::signed() };
    render(&content, sample::KEY)
}
