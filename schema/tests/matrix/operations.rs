//! The service itself: for who runs it.

use super::{Row, table};

pub(crate) fn rows() -> Vec<Row> {
    table! {
        //                               V O o H h T A a U X
        Query projections               "? - - - - - - - - +" "{ done: projections { name } }" {};
        Query rebuilds                  "? - - - - - - - - +" "{ done: rebuilds { run } }" {};
        Query health                    "? - - - - - - - - +" "{ done: health { log documents } }" {};
        Query logStatus                 "? - - - - - - - - +" "{ done: logStatus { head } }" {};
        Subscription rebuildProgress    "? - - - - - - - - +"
            "subscription { done: rebuildProgress { run } }" {};
        Mutation rebuildProjections     "? - - - - - - - - +"
            "mutation { done: rebuildProjections(input: {}) { __typename } }" {};
        Mutation cancelRebuild          "? - - - - - - - - +"
            "mutation { done: cancelRebuild(input: {run: 7}) { __typename } }" {};
        Mutation verifyProjections      "? - - - - - - - - +"
            "mutation { done: verifyProjections { __typename } }" {};
        Mutation verifyLog              "? - - - - - - - - +"
            "mutation { done: verifyLog { __typename } }" {};
        Mutation erasePerson            "? - - - - - - - - +"
            "mutation { done: erasePerson(input: {person: \"00000000-0000-0000-0000-0000000000aa\", ground: REQUEST}) { __typename } }" {};
    }
}
