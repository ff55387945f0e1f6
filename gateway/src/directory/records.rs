//! The records of a file: a line, or the few lines that a quoted field spans. What cannot be a
//! record costs its first line only; the ones after it are read on their own.

use std::io::{self, BufRead};

use super::{
    encoding::Encoding,
    lines::{Line, Lines},
    row::RowRejected,
};

/// The most lines that one record spans: an address has three.
const MOST_LINES: usize = 20;

/// One record.
#[derive(Debug)]
pub(super) struct Record {
    /// The number of its first line, from 1.
    pub(super) line: u64,
    /// How many bytes of the file end with it.
    pub(super) end: u64,
    /// Its fields, as many as the header has; or why there are none.
    pub(super) fields: Result<Vec<String>, RowRejected>,
}

/// How a file is cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// Between two fields.
    pub(super) separator: u8,
    /// How many fields a record has.
    pub(super) columns: usize,
    /// The file's alphabet.
    pub(super) encoding: Encoding,
}

/// The records of `R`, after its header.
pub(super) struct Records<R> {
    lines: Lines<R>,
    cut: Cut,
}

impl<R: BufRead> Records<R> {
    /// The records after the first non-empty line of `input`.
    pub(super) fn after_header(input: R, cut: Cut) -> io::Result<Self> {
        let mut records = Self { lines: Lines::new(input), cut };
        records.next_line()?;
        Ok(records)
    }

    /// The next record; empty lines are passed over.
    pub(super) fn next(&mut self) -> io::Result<Option<Record>> {
        let Some(first) = self.next_line()? else {
            return Ok(None);
        };
        let (line, end) = (first.number, first.end);
        let rejected = |why| Record { line, end, fields: Err(why) };
        if first.too_long {
            return Ok(Some(rejected(RowRejected::LineTooLong)));
        }
        let mut quotes = Quotes::new(self.cut.separator);
        quotes.read(&first.bytes);
        if !quotes.open() {
            let fields = self.fields(&first.bytes);
            return Ok(Some(Record { line, end, fields }));
        }
        let spanned = self.span(&mut quotes)?;
        let mut bytes = first.bytes;
        for line in &spanned {
            bytes.push(b'\n');
            bytes.extend_from_slice(&line.bytes);
        }
        match self.fields(&bytes) {
            Ok(fields) if !quotes.open() && !quotes.broken => Ok(Some(Record {
                line,
                end: spanned.last().map_or(end, |last| last.end),
                fields: Ok(fields),
            })),
            Ok(_) | Err(_) => {
                self.lines.give_back(spanned);
                Ok(Some(rejected(RowRejected::OpenQuote)))
            }
        }
    }

    /// The lines after the first until the quote closes, as far as is reasonable.
    fn span(&mut self, quotes: &mut Quotes) -> io::Result<Vec<Line>> {
        let mut spanned = Vec::new();
        while quotes.open() && spanned.len() + 1 < MOST_LINES {
            let Some(line) = self.lines.next()? else {
                break;
            };
            quotes.read(b"\n");
            quotes.read(&line.bytes);
            spanned.push(line);
        }
        Ok(spanned)
    }

    fn next_line(&mut self) -> io::Result<Option<Line>> {
        while let Some(line) = self.lines.next()? {
            if line.too_long || !line.bytes.trim_ascii().is_empty() {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    fn fields(&self, bytes: &[u8]) -> Result<Vec<String>, RowRejected> {
        let text = self.cut.encoding.decode(bytes).ok_or(RowRejected::NotText)?;
        let mut fields = split(&text, self.cut.separator);
        let extra = fields.iter().skip(self.cut.columns);
        if fields.len() < self.cut.columns || extra.clone().any(|f| !f.trim().is_empty()) {
            return Err(RowRejected::Columns { found: fields.len(), expected: self.cut.columns });
        }
        fields.truncate(self.cut.columns);
        Ok(fields)
    }
}

/// The fields of one record's text.
pub(super) fn split(text: &str, separator: u8) -> Vec<String> {
    let mut record = csv::StringRecord::new();
    let read = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .buffer_capacity(text.len().clamp(64, 8192))
        .from_reader(text.as_bytes())
        .read_record(&mut record);
    match read {
        Ok(_) => record.iter().map(str::to_owned).collect(),
        Err(_) => Vec::new(),
    }
}

/// Where the reading stands with regard to quotes.
struct Quotes {
    separator: u8,
    place: Place,
    /// Whether text came after a closing quote: the quote before it was not the opening one.
    broken: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    FieldStart,
    Bare,
    Quoted,
    /// After a quote within quotes: the end of the field, or half of a doubled quote.
    QuoteInQuoted,
}

impl Quotes {
    fn new(separator: u8) -> Self {
        Self { separator, place: Place::FieldStart, broken: false }
    }

    fn open(&self) -> bool {
        self.place == Place::Quoted
    }

    fn read(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let (quote, separator) = (*byte == b'"', *byte == self.separator);
            self.place = match self.place {
                Place::FieldStart | Place::QuoteInQuoted if quote => Place::Quoted,
                Place::Quoted if quote => Place::QuoteInQuoted,
                Place::Quoted => Place::Quoted,
                Place::FieldStart | Place::Bare | Place::QuoteInQuoted if separator => {
                    Place::FieldStart
                }
                Place::FieldStart | Place::Bare => Place::Bare,
                Place::QuoteInQuoted => {
                    self.broken = true;
                    Place::Bare
                }
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<(u64, Result<Vec<String>, RowRejected>)> {
        let cut = Cut { separator: b';', columns: 2, encoding: Encoding::Utf8 };
        let mut records = Records::after_header(text.as_bytes(), cut).unwrap();
        let mut all = Vec::new();
        while let Some(record) = records.next().unwrap() {
            all.push((record.line, record.fields));
        }
        all
    }

    fn pair(a: &str, b: &str) -> Result<Vec<String>, RowRejected> {
        Ok(vec![a.to_owned(), b.to_owned()])
    }

    #[test]
    fn a_quoted_field_may_span_lines() {
        assert_eq!(
            records("a;b\r\n1;\"rue \"\"X\"\"\r\nBP 3\"\r\n\r\n4;5\r\n"),
            [(2, pair("1", "rue \"X\"\nBP 3")), (5, pair("4", "5"))]
        );
    }

    #[test]
    fn a_quote_never_closed_costs_one_line_only() {
        assert_eq!(
            records("a;b\n1;\"Les Lilas\n2;deux\n3;\"trois\"\n4;quatre\n"),
            [
                (2, Err(RowRejected::OpenQuote)),
                (3, pair("2", "deux")),
                (4, pair("3", "trois")),
                (5, pair("4", "quatre")),
            ]
        );
    }

    #[test]
    fn a_line_with_too_few_or_too_many_columns_is_rejected() {
        assert_eq!(
            records("a;b\n1\n1;2;;\n1;2;3\n"),
            [
                (2, Err(RowRejected::Columns { found: 1, expected: 2 })),
                (3, pair("1", "2")),
                (4, Err(RowRejected::Columns { found: 3, expected: 2 })),
            ]
        );
    }

    #[test]
    fn a_quote_in_the_middle_of_a_field_is_a_letter() {
        assert_eq!(
            records("a;b\n1;écran 12\" neuf\n2;x\n"),
            [(2, pair("1", "écran 12\" neuf")), (3, pair("2", "x"))]
        );
    }
}
