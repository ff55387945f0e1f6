//! The physical lines of a file: numbered, bounded, and able to be given back.

use std::{
    collections::VecDeque,
    io::{self, BufRead, Read},
};

/// The most bytes of one line: a hundred times the longest of the official files.
const LONGEST: u64 = 1 << 17;

/// One physical line, without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// From 1.
    pub(super) number: u64,
    /// Its bytes; none of a line that is too long.
    pub(super) bytes: Vec<u8>,
    /// How many bytes of the file end with it.
    pub(super) end: u64,
    /// Whether it was too long to be kept.
    pub(super) too_long: bool,
}

/// The lines of `R`, without the byte-order mark.
pub(super) struct Lines<R> {
    input: R,
    number: u64,
    end: u64,
    back: VecDeque<Line>,
}

impl<R: BufRead> Lines<R> {
    /// From the beginning of `input`.
    pub(super) fn new(input: R) -> Self {
        Self { input, number: 0, end: 0, back: VecDeque::new() }
    }

    /// The next line.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        match self.back.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.read(),
        }
    }

    /// Gives lines back, to be read again in the same order.
    pub(super) fn give_back(&mut self, lines: Vec<Line>) {
        for line in lines.into_iter().rev() {
            self.back.push_front(line);
        }
    }

    fn read(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let mut read = self.bounded(&mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        let too_long = read == LONGEST && bytes.last() != Some(&b'\n');
        while too_long && read > 0 && bytes.last() != Some(&b'\n') {
            bytes.clear();
            read = self.bounded(&mut bytes)?;
        }
        if self.number == 0 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        self.number += 1;
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        if too_long {
            bytes.clear();
        }
        Ok(Some(Line { number: self.number, bytes, end: self.end, too_long }))
    }

    fn bounded(&mut self, bytes: &mut Vec<u8>) -> io::Result<u64> {
        let read = self.input.by_ref().take(LONGEST).read_until(b'\n', bytes)? as u64;
        self.end += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_line_and_the_byte_order_mark_are_left_out() {
        let mut lines = Lines::new(&b"\xef\xbb\xbfa\r\nb\n\nc"[..]);

        let mut seen = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            seen.push((line.number, String::from_utf8(line.bytes).unwrap(), line.end));
        }
        assert_eq!(
            seen,
            [
                (1, "a".to_owned(), 6),
                (2, "b".to_owned(), 8),
                (3, String::new(), 9),
                (4, "c".to_owned(), 10),
            ]
        );
    }

    #[test]
    fn a_line_without_end_does_not_fill_the_memory() {
        let endless = [vec![b'x'; 300_000], b"\nnext".to_vec()].concat();
        let mut lines = Lines::new(&endless[..]);

        let first = lines.next().unwrap().unwrap();
        assert!(first.too_long && first.bytes.is_empty());
        assert_eq!(lines.next().unwrap().unwrap().bytes, b"next");
        assert_eq!(lines.next().unwrap(), None);
    }
}
