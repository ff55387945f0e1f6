//! Reading the domain's types back from a row.

use std::{error::Error, str::FromStr};

use jiff::Timestamp;
use rusqlite::{Row, types::Type};

/// What queries read from a row beside what rusqlite knows.
pub trait Columns {
    /// A text as `T` (`Uai`, an id, a date, an enumeration…).
    fn parsed<T: FromStr<Err: Error + Send + Sync + 'static>>(
        &self,
        column: &str,
    ) -> rusqlite::Result<T>;

    /// A text as `T`, if there is one.
    fn maybe_parsed<T: FromStr<Err: Error + Send + Sync + 'static>>(
        &self,
        column: &str,
    ) -> rusqlite::Result<Option<T>>;

    /// An instant.
    fn instant(&self, column: &str) -> rusqlite::Result<Timestamp>;

    /// An instant, if there is one.
    fn maybe_instant(&self, column: &str) -> rusqlite::Result<Option<Timestamp>>;
}

impl Columns for Row<'_> {
    fn parsed<T: FromStr<Err: Error + Send + Sync + 'static>>(
        &self,
        column: &str,
    ) -> rusqlite::Result<T> {
        let text: String = self.get(column)?;
        text.parse().map_err(|e| unreadable(self, column, Box::new(e)))
    }

    fn maybe_parsed<T: FromStr<Err: Error + Send + Sync + 'static>>(
        &self,
        column: &str,
    ) -> rusqlite::Result<Option<T>> {
        let text: Option<String> = self.get(column)?;
        text.map(|text| text.parse()).transpose().map_err(|e| unreadable(self, column, Box::new(e)))
    }

    fn instant(&self, column: &str) -> rusqlite::Result<Timestamp> {
        let micros: i64 = self.get(column)?;
        Timestamp::from_microsecond(micros).map_err(|e| unreadable(self, column, Box::new(e)))
    }

    fn maybe_instant(&self, column: &str) -> rusqlite::Result<Option<Timestamp>> {
        let micros: Option<i64> = self.get(column)?;
        micros
            .map(Timestamp::from_microsecond)
            .transpose()
            .map_err(|e| unreadable(self, column, Box::new(e)))
    }
}

fn unreadable(row: &Row<'_>, column: &str, cause: Box<dyn Error + Send + Sync>) -> rusqlite::Error {
    let index = row.as_ref().column_index(column).unwrap_or_default();
    rusqlite::Error::FromSqlConversionFailure(index, Type::Text, cause)
}
