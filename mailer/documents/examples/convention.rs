//! Writes a sample convention: `cargo run -p documents --example convention -- sample.pdf`.
//! With `time` after the path, says how long one takes.

use std::time::Instant;

use documents::convention::render;

#[path = "../tests/printed/sample.rs"]
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("where to? give the path of the PDF to write")?;
    let content = if path.contains("plain") { sample::convention() } else { sample::signed() };
    std::fs::write(&path, render(&content, sample::KEY)?)?;
    if arguments.next().is_some() {
        let started = Instant::now();
        for _ in 0..100 {
            render(&content, sample::KEY)?;
        }
        let each = started.elapsed() / 100;
        std::fs::write(format!("{path}.time"), format!("{each:?} each\n"))?;
    }
    Ok(())
}
