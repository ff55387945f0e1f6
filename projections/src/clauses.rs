//! The condition of a list, written from the filters that were given and no others, so that
//! the database can use its indices.

use rusqlite::{Connection, Row, params_from_iter};

use crate::{Page, ToValue, Value, Window};

/// Conditions that must all hold, with what is bound to them. The texts come from the program
/// alone; what people typed is always bound.
#[derive(Default)]
pub(crate) struct Clauses {
    text: String,
    bound: Vec<Value>,
}

impl Clauses {
    /// None yet; `values` are bound before theirs, to the `?` of what is selected.
    pub(crate) fn selecting(values: impl IntoIterator<Item = Value>) -> Self {
        Self { text: String::new(), bound: values.into_iter().collect() }
    }

    /// A condition without a value.
    pub(crate) fn when(&mut self, condition: &str) {
        self.text.push_str(if self.text.is_empty() { " WHERE " } else { " AND " });
        self.text.push_str(condition);
    }

    /// A condition on one value, written as `?`.
    pub(crate) fn with(&mut self, condition: &str, value: &(impl ToValue + ?Sized)) {
        self.when(condition);
        self.bound.push(value.to_value());
    }

    /// A condition on one value, written as `?` more than once.
    pub(crate) fn with_each(&mut self, condition: &str, value: &(impl ToValue + ?Sized)) {
        self.when(condition);
        let times = condition.matches('?').count();
        self.bound.extend((0..times).map(|_| value.to_value()));
    }

    /// A condition on one value, if there is a value.
    pub(crate) fn maybe<T: ToValue>(&mut self, condition: &str, value: Option<&T>) {
        if let Some(value) = value {
            self.with(condition, value);
        }
    }

    /// Each of the words of `typed` is in the folded column.
    pub(crate) fn words(&mut self, column: &str, typed: &str) {
        for word in domain::kernel::text::folded(typed).split(' ') {
            if !word.is_empty() {
                self.with(&format!("instr({column}, ?) > 0"), word);
            }
        }
    }

    /// All of `inner`, which `condition`, up to its `(SELECT …`, opens.
    pub(crate) fn within(&mut self, condition: &str, inner: Self) {
        self.when(&format!("{condition}{})", inner.text));
        self.bound.extend(inner.bound);
    }

    /// How many rows of `from` hold.
    pub(crate) fn count(&self, db: &Connection, from: &str) -> rusqlite::Result<u64> {
        self.sums(db, &format!("SELECT count(*) FROM {from}"), "", |row| row.get(0))
    }

    /// The one row that `select`, the conditions and `rest` give.
    pub(crate) fn sums<T>(
        &self,
        db: &Connection,
        select: &str,
        rest: &str,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        db.prepare_cached(&format!("{select}{}{rest}", self.text))?
            .query_row(params_from_iter(&self.bound), read)
    }

    /// All rows of `select` that hold, in order.
    pub(crate) fn all<T>(
        self,
        db: &Connection,
        select: &str,
        order: &str,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        db.prepare_cached(&format!("{select}{} ORDER BY {order}", self.text))?
            .query_map(params_from_iter(&self.bound), read)?
            .collect()
    }

    /// One row of `select` for each value of `key`.
    pub(crate) fn grouped<T>(
        self,
        db: &Connection,
        select: &str,
        key: &str,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        db.prepare_cached(&format!("{select}{} GROUP BY {key}", self.text))?
            .query_map(params_from_iter(&self.bound), read)?
            .collect()
    }

    /// The part of them that `window` wants, and how many there are in all.
    pub(crate) fn page<T>(
        mut self,
        db: &Connection,
        list: &List<'_>,
        window: Window,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Page<T>> {
        let total = self.count(db, list.from)?;
        let text = format!(
            "SELECT {} FROM {}{} ORDER BY {} LIMIT ? OFFSET ?",
            list.columns, list.from, self.text, list.order
        );
        self.bound.push(i64::from(window.limit).to_value());
        self.bound.push(i64::from(window.offset).to_value());
        let items = db
            .prepare_cached(&text)?
            .query_map(params_from_iter(&self.bound), read)?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Page { items, total })
    }
}

/// A list: which columns, of which tables, in which order.
pub(crate) struct List<'a> {
    /// What is read.
    pub(crate) columns: &'a str,
    /// The tables, joined.
    pub(crate) from: &'a str,
    /// The order, down to the key.
    pub(crate) order: &'a str,
}
