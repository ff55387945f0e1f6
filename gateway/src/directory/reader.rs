//! The directory's file as a stream of rows. Two readings come first: one to know the alphabet
//! and how many lines there are, one to know which UAI have several rows and which collège each
//! SEGPA belongs to. What is held in memory is a few words per collège, never the file.

use std::{
    collections::BTreeMap,
    io::{self, BufRead},
};

use domain::{
    directory::school::{SchoolKind, SchoolListing},
    kernel::uai::Uai,
};

use super::{
    encoding::{Encoding, Survey},
    layout::{Column, Layout},
    lines::Lines,
    records::{Cut, Record, Records},
    row::{Entry, Notice, RowRejected, entry},
    segpa::{Evidence, SegpaIndex},
    sites::Sites,
    source::{FileRefused, Source},
};

/// Why a directory was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is no directory.
    #[error(transparent)]
    Refused(#[from] FileRefused),
    /// It cannot be read.
    #[error("failed to read the directory's file")]
    Unreadable(#[from] io::Error),
}

/// One row of the file.
#[derive(Debug)]
pub struct Row {
    /// The number of its first line, from 1 (the header’s).
    pub line: u64,
    /// How many bytes of the file were read with it.
    pub bytes: u64,
    /// What it is.
    pub result: RowResult,
}

/// What a row is.
#[derive(Debug)]
pub enum RowResult {
    /// A school; the last of its rows when it has several.
    School {
        /// Which.
        uai: Uai,
        /// As listed, its parent included.
        listing: Box<SchoolListing>,
        /// For a SEGPA, why it has the parent it has; nothing when it has none.
        attached_by: Option<Evidence>,
        /// What was left out of it.
        notices: Vec<Notice>,
    },
    /// A site of a school of which another row comes later.
    Site {
        /// Which school.
        uai: Uai,
    },
    /// A primary school, a service: not of the second degree.
    OutOfScope,
    /// No school.
    Rejected {
        /// Its UAI as the file has it, where there is one.
        uai: Option<String>,
        /// Why.
        reason: RowRejected,
    },
}

/// A directory’s file, opened. Blocks on the disk: an import of 60 000 rows reads for a second.
pub struct Reader {
    records: Records<Box<dyn BufRead + Send>>,
    layout: Layout,
    parents: BTreeMap<Uai, (Uai, Evidence)>,
    sites: BTreeMap<Uai, Sites>,
    lines: u64,
    length: u64,
}

impl Reader {
    /// Opens `source` and reads it twice.
    pub fn open(source: &Source) -> Result<Self, OpenError> {
        let (layout, encoding, lines) = survey(source)?;
        let cut = Cut { separator: layout.separator, columns: layout.columns, encoding };
        let mut records = Records::after_header(source.open()?, cut)?;
        let mut index = SegpaIndex::default();
        let mut rows = BTreeMap::<Uai, u64>::new();
        while let Some(record) = records.next()? {
            if let Ok(Some(entry)) = record.fields.and_then(|f| entry(&layout, &f)) {
                index.add(&entry);
                *rows.entry(entry.uai).or_default() += 1;
            }
        }
        let several = rows.into_iter().filter(|(_, count)| *count > 1);
        Ok(Self {
            records: Records::after_header(source.open()?, cut)?,
            layout,
            parents: index.resolve(),
            sites: several.map(|(uai, count)| (uai, Sites::waiting_for(count))).collect(),
            lines,
            length: source.length()?,
        })
    }

    /// How many lines the file has, the header included: an upper bound of its rows.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// How many bytes the file has.
    pub fn length(&self) -> u64 {
        self.length
    }

    fn row(&mut self, record: Record) -> Row {
        let uai = match &record.fields {
            Ok(fields) => Some(self.layout.get(fields, Column::Uai).to_owned()),
            Err(_) => None,
        };
        let result = match record.fields.and_then(|f| entry(&self.layout, &f)) {
            Ok(Some(entry)) => self.school(entry),
            Ok(None) => RowResult::OutOfScope,
            Err(reason) => RowResult::Rejected { uai: uai.filter(|uai| !uai.is_empty()), reason },
        };
        Row { line: record.line, bytes: record.end, result }
    }

    fn school(&mut self, entry: Entry) -> RowResult {
        let uai = entry.uai.clone();
        let entry = match self.sites.get_mut(&uai) {
            Some(sites) => sites.add(entry),
            None => Some(entry),
        };
        let Some(Entry { mut listing, notices, .. }) = entry else {
            return RowResult::Site { uai };
        };
        let mut attached_by = None;
        if listing.kind == SchoolKind::Segpa {
            if listing.parent.is_some() {
                attached_by = Some(Evidence::Declared);
            } else if let Some((parent, evidence)) = self.parents.get(&uai) {
                listing.parent = Some(parent.clone());
                attached_by = Some(*evidence);
            }
        }
        RowResult::School { uai, listing: Box::new(listing), attached_by, notices }
    }
}

impl Iterator for Reader {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.records.next() {
            Ok(Some(record)) => Some(Ok(self.row(record))),
            Ok(None) => None,
            Err(fault) => Some(Err(fault)),
        }
    }
}

/// The header’s layout, the alphabet, and how many lines there are.
fn survey(source: &Source) -> Result<(Layout, Encoding, u64), OpenError> {
    let mut lines = Lines::new(source.open()?);
    let mut survey = Survey::default();
    let (mut header, mut count) = (None, 0);
    while let Some(line) = lines.next()? {
        count = line.number;
        survey.line(&line.bytes);
        if header.is_none() && (line.too_long || !line.bytes.trim_ascii().is_empty()) {
            if line.bytes.starts_with(b"\xff\xfe") || line.bytes.starts_with(b"\xfe\xff") {
                return Err(FileRefused::Utf16.into());
            }
            header = Some(line.bytes);
        }
    }
    let header = header.ok_or(FileRefused::Empty)?;
    let encoding = survey.encoding();
    let header =
        encoding.decode(&header).unwrap_or_else(|| String::from_utf8_lossy(&header).into_owned());
    Ok((Layout::of(&header)?, encoding, count))
}
