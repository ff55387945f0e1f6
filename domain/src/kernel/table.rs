//! State × command as a table of text: every pair is tried, and the whole is read and compared
//! at once.

use std::fmt::Write as _;

use super::{
    decider::{Decider, Event as _, Refusal as _},
    spec::given,
};

/// One line a command, one column a phase (given as the events that lead to it). A cell is the
/// names of the events that follow, `-` for nothing, or `✗` and the refusal’s code.
pub fn table<D: Decider>(
    phases: &[(&str, Vec<D::Event>)],
    commands: &[(&str, D::Command)],
) -> String {
    let header = std::iter::once(String::new()).chain(phases.iter().map(|(name, _)| bare(name)));
    let mut rows = vec![header.collect::<Vec<_>>()];
    for (name, command) in commands {
        let cells = phases.iter().map(|(_, events)| {
            match given::<D>(events).when(command.clone()).outcome() {
                Ok(events) if events.is_empty() => bare("-"),
                Ok(events) => events.iter().map(D::Event::name).collect::<Vec<_>>().join("+"),
                Err(refusal) => format!("✗{}", refusal.code()),
            }
        });
        rows.push(std::iter::once(bare(name)).chain(cells).collect());
    }
    aligned(&rows)
}

fn bare(text: &str) -> String {
    text.to_owned()
}

/// `rows` with their columns under one another, a line feed before each.
fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    rows.iter().fold(String::new(), |mut text, row| {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            // Writing to a string cannot fail.
            let _ = write!(line, "{cell:width$}  ");
        }
        text.push('\n');
        text.push_str(line.trim_end());
        text
    })
}
