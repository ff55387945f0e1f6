//! Writes the catalogue of events: `cargo run -p domain --example events > domain/EVENTS.md`.

mod catalogue;

use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    io::stdout().write_all(catalogue::markdown().as_bytes())
}
