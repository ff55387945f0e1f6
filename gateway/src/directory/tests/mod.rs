//! From files to reports, on the extracts of `fixtures` and, where they are, the real files.

mod any_bytes;
mod closing;
mod files;
mod imports;
mod real;
mod segpa;

use std::{
    collections::BTreeMap,
    convert::Infallible,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use domain::{
    directory::school::{SchoolCommand, SchoolListing},
    kernel::uai::Uai,
};

use super::{Options, Outcome, Reader, Report, Row, RowResult, Schools, Source, import};

/// Schools in memory, which decide as the domain does.
#[derive(Default)]
struct Register {
    schools: Mutex<BTreeMap<Uai, Option<SchoolListing>>>,
    under_way: AtomicUsize,
    most_under_way: AtomicUsize,
}

impl Register {
    fn decide(&self, command: SchoolCommand) -> Outcome {
        let mut schools = self.schools.lock().unwrap();
        match command {
            SchoolCommand::ListSchool { uai, listing } => {
                match schools.insert(uai, Some(listing.clone())) {
                    None => Outcome::Added,
                    Some(Some(before)) if before == listing => Outcome::Unchanged,
                    Some(_) => Outcome::Changed,
                }
            }
            SchoolCommand::CloseSchool { uai } => match schools.get_mut(&uai) {
                Some(school @ Some(_)) => {
                    *school = None;
                    Outcome::Closed
                }
                Some(None) | None => Outcome::Unchanged,
            },
        }
    }

    fn listing(&self, uai: &str) -> SchoolListing {
        let schools = self.schools.lock().unwrap();
        schools[&uai.parse().unwrap()].clone().unwrap()
    }
}

impl Schools for Register {
    type Fault = Infallible;

    async fn apply(&self, uai: Uai, command: SchoolCommand) -> Result<Outcome, Infallible> {
        let now = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_under_way.fetch_max(now, Ordering::SeqCst);
        tokio::task::yield_now().await;
        self.under_way.fetch_sub(1, Ordering::SeqCst);
        match &command {
            SchoolCommand::ListSchool { uai: named, .. }
            | SchoolCommand::CloseSchool { uai: named } => assert_eq!(*named, uai),
        }
        Ok(self.decide(command))
    }

    async fn open(&self) -> Result<Vec<Uai>, Infallible> {
        let schools = self.schools.lock().unwrap();
        let open = schools.iter().filter(|(_, listing)| listing.is_some());
        Ok(open.map(|(uai, _)| uai.clone()).collect())
    }
}

fn reader(source: impl Into<Source>) -> Reader {
    Reader::open(&source.into()).unwrap()
}

fn rows(source: impl Into<Source>) -> Vec<Row> {
    reader(source).map(Result::unwrap).collect()
}

/// The schools of a file.
fn schools(source: impl Into<Source>) -> BTreeMap<Uai, SchoolListing> {
    let schools = rows(source).into_iter().filter_map(|row| match row.result {
        RowResult::School { uai, listing, .. } => Some((uai, *listing)),
        RowResult::Site { .. } | RowResult::OutOfScope | RowResult::Rejected { .. } => None,
    });
    schools.collect()
}

/// The report of an import, in which every row is accounted for.
async fn imported(source: impl Into<Source>, register: &Register, options: Options) -> Report {
    let report = import(reader(source), register, options, |_| {}).await.unwrap();
    assert_eq!(report.accounted(), report.read);
    report
}
