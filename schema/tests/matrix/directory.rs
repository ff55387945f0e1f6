//! The directory: for everybody.

use super::{Row, table};

//                         V O o H h T A a U X
const EVERYBODY: &str = "+ + + + + + + + + +";

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = table! {
        Query school "" "{ done: school(uai: \"0491234A\") { uai } }" {};
        Query schools "" "{ done: schools { total } }" {};
    };
    for row in &mut rows {
        row.cells = EVERYBODY;
    }
    rows.extend(table! {
        Query directoryImport     "? - - - - - - - - +" "{ done: directoryImport { stage } }" {};
        Mutation importDirectory  "? - - - - - - - - +"
            "mutation { done: importDirectory(input: {file: \"#__graphql_file__:0\"}) { __typename } }" {};
    });
    rows
}
