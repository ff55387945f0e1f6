//! The table of who gets what, one file a context. A column a persona, in the order of
//! [`Persona`]:
//!
//! ```text
//! V  visitor               O  manager of the school of origin   o  of another school
//! H  manager of the host   h  of another host                   T  teacher at the host
//! A  administrator         a  of another platform               U  auditor
//! X  operator
//! ```
//!
//! A cell is `+` allowed (answered or refused by a rule, but never for want of a right),
//! `-` forbidden, `0` nothing of the kind (null, or not found), `?` sign in first.

mod accounts;
mod conventions;
mod directory;
mod ministages;
mod operations;
mod platforms;

use std::{fmt, pin::Pin};

use schema::testing::{Persona, World};
use serde_json::Value;

/// Where a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    Query,
    Mutation,
    Subscription,
}

impl fmt::Display for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// What someone gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    Allowed,
    Forbidden,
    Nothing,
    Unauthenticated,
    /// Something went wrong that has nothing to do with rights.
    Broken,
}

impl Cell {
    fn read(mark: char) -> Self {
        match mark {
            '+' => Self::Allowed,
            '-' => Self::Forbidden,
            '0' => Self::Nothing,
            '?' => Self::Unauthenticated,
            other => panic!("{other} is no cell"),
        }
    }

    /// What `answer`, whose field is called `done`, says.
    pub(crate) fn of(answer: &Value) -> Self {
        match answer["errors"][0]["extensions"]["code"].as_str() {
            Some("FORBIDDEN") => Self::Forbidden,
            Some("NOT_FOUND") => Self::Nothing,
            Some("UNAUTHENTICATED") => Self::Unauthenticated,
            Some(_) => Self::Broken,
            None if answer["errors"].is_array() => Self::Broken,
            None if answer.get("data").is_some_and(|data| data["done"].is_null()) => Self::Nothing,
            None => Self::Allowed,
        }
    }
}

/// Prepares a world beyond [`World::new`].
pub(crate) type Given = fn(World) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// One field.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) root: Root,
    pub(crate) name: &'static str,
    /// The request, whose field is aliased to `done`.
    pub(crate) request: &'static str,
    pub(crate) variables: fn() -> Value,
    pub(crate) given: Given,
    /// One mark a persona.
    pub(crate) cells: &'static str,
}

impl Row {
    /// `Query.me`.
    pub(crate) fn field(&self) -> String {
        format!("{}.{}", self.root, self.name)
    }

    /// What the table says.
    pub(crate) fn expected(&self, persona: Persona) -> Cell {
        let mut marks = self.cells.chars().filter(|mark| !mark.is_whitespace());
        Cell::read(marks.nth(persona as usize).unwrap())
    }
}

/// Nothing beyond [`World::new`].
pub(crate) fn nothing(_: World) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(std::future::ready(()))
}

/// All rows.
pub(crate) fn rows() -> Vec<Row> {
    [
        directory::rows(),
        accounts::rows(),
        platforms::rows(),
        ministages::rows(),
        conventions::rows(),
        operations::rows(),
    ]
    .concat()
}

/// Rows as a table:
///
/// ```text
/// table! {
///     Query school "V O o H h T A a U X" "{ done: school(uai: \"0491234A\") { uai } }" {};
/// }
/// ```
macro_rules! table {
    ($($root:ident $name:ident $cells:literal $request:literal $variables:tt
        $(given $given:expr)?;)+) => {
        vec![$($crate::matrix::Row {
            root: $crate::matrix::Root::$root,
            name: stringify!($name),
            request: $request,
            variables: || serde_json::json!($variables),
            given: $crate::matrix::given!($($given)?),
            cells: $cells,
        }),+]
    };
}

macro_rules! given {
    () => {
        $crate::matrix::nothing
    };
    ($given:expr) => {
        |world| Box::pin($given(world))
    };
}

pub(crate) use {given, table};
