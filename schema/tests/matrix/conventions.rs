//! Conventions, letters and history: those of the placement of a pupil of `0491234A` at the host.

use schema::testing::World;

use super::{Row, table};

pub(crate) fn rows() -> Vec<Row> {
    [readings(), history(), decisions(), deposits(), scans(), sorting(), signing(), letters()]
        .concat()
}

async fn placed(world: World) {
    world.placed().await;
}

async fn deposited(world: World) {
    world.placed().await;
    world.deposited().await;
}

fn readings() -> Vec<Row> {
    table! {
        //                              V O o H h T A a U X
        Query conventions               "? + - + - - + - + -"
            "{ done: conventions(filter: {platform: \"demo\", host: \"0590121L\", origin: \"0491234A\"}) { validated } }" {};
        Query convention                "? + 0 + 0 0 + 0 + 0"
            "query($id: String!) { done: convention(id: $id) { id } }"
            { "id": World::convention().to_string() } given placed;
        Subscription conventionChanged  "? + 0 + 0 0 + 0 + 0"
            "subscription($id: ID!) { done: conventionChanged(id: $id) { position } }"
            { "id": World::convention().to_string() } given placed;
    }
}

fn history() -> Vec<Row> {
    table! {
        //                 V O o H h T A a U X
        Query auditTrail   "? 0 0 0 0 0 + 0 + 0"
            "query($id: String!) { done: auditTrail(subject: {kind: CONVENTION, id: $id}) { total } }"
            { "id": World::convention().to_string() } given placed;
        Query conventionAt "? + 0 + 0 0 + 0 + 0"
            "query($id: String!) { done: conventionAt(id: $id, at: \"2027-01-13T00:00:00Z\") { state } }"
            { "id": World::convention().to_string() } given placed;
    }
}

fn decisions() -> Vec<Row> {
    table! {
        //                            V O o H h T A a U X
        Mutation validateConvention   "? - 0 + 0 0 + 0 - 0"
            "mutation($id: String!) { done: validateConvention(input: {convention: $id}) { __typename } }"
            { "id": World::convention().to_string() } given deposited;
        Mutation invalidateConvention "? - 0 + 0 0 + 0 - 0"
            "mutation($id: String!) { done: invalidateConvention(input: {convention: $id, reason: \"Signature\"}) { __typename } }"
            { "id": World::convention().to_string() } given deposited;
        Mutation regenerateConvention "? - 0 + 0 0 + 0 - 0"
            "mutation($id: String!) { done: regenerateConvention(input: {convention: $id}) { __typename } }"
            { "id": World::convention().to_string() } given deposited;
        Mutation remindConvention     "? - 0 + 0 0 + 0 - 0"
            "mutation($id: String!) { done: remindConvention(input: {convention: $id}) { __typename } }"
            { "id": World::convention().to_string() } given deposited;
    }
}

fn deposits() -> Vec<Row> {
    table! {
        //                           V O o H h T A a U X
        Mutation depositConvention   "? + 0 + 0 0 + 0 - 0"
            "mutation($id: String!) { done: depositConvention(input: {convention: $id, file: \"#__graphql_file__:0\"}) { __typename } }"
            { "id": World::convention().to_string() } given placed;
        Mutation depositConventions  "? + - - - - - - - -"
            "mutation { done: depositConventions(input: {school: \"0491234A\", files: [\"#__graphql_file__:0\"]}) { __typename } }" {}
            given placed;
        Mutation depositPhotographs  "? + 0 + 0 0 + 0 - 0"
            "mutation($id: String!) { done: depositPhotographs(input: {convention: $id, files: [\"#__graphql_file__:0\"]}) { __typename } }"
            { "id": World::convention().to_string() } given placed;
    }
}

fn signing() -> Vec<Row> {
    table! {
        //                              V O o H h T A a U X
        Query signingRequest            "+ + + + + + + + + +"
            "{ done: signingRequest(token: \"x\") { __typename } }" {} given placed;
        Query verifySignedConvention    "+ + + + + + + + + +"
            "{ done: verifySignedConvention(input: {reference: \"C-7F3K-92QD\", code: \"x\"}) { __typename } }" {}
            given placed;
        Mutation requestSigningCode     "+ + + + + + + + + +"
            "mutation { done: requestSigningCode(input: {token: \"x\"}) { __typename } }" {} given placed;
        Mutation sign                   "+ + + + + + + + + +"
            "mutation { done: sign(input: {token: \"x\", code: \"0\", method: TYPED, name: \"x\", words: \"x\"}) { __typename } }" {}
            given placed;
        Mutation declineToSign          "+ + + + + + + + + +"
            "mutation { done: declineToSign(input: {token: \"x\", reason: \"x\"}) { __typename } }" {} given placed;
        Mutation recoverSigningLink     "+ + + + + + + + + +"
            "mutation { done: recoverSigningLink(input: {reference: \"C-7F3K-92QD\", birthDate: \"2012-03-04\", role: GUARDIAN}) { __typename } }" {}
            given placed;
        Mutation openSigning            "? + 0 + 0 0 + 0 - 0"
            "mutation($id: String!) { done: openSigning(input: {convention: $id, signatories: []}) { __typename } }"
            { "id": World::convention().to_string() } given placed;
        Mutation correctSignatory       "? + 0 + 0 0 + 0 - 0"
            "mutation($id: String!) { done: correctSignatory(input: {convention: $id, role: HOST, name: \"Paul Démo\", email: \"chef@lycee.example\"}) { __typename } }"
            { "id": World::convention().to_string() } given placed;
        Mutation resendSigningLink      "? + 0 + 0 0 + 0 - 0"
            "mutation($id: String!) { done: resendSigningLink(input: {convention: $id, role: GUARDIAN}) { __typename } }"
            { "id": World::convention().to_string() } given placed;
    }
}

async fn scanned(world: World) {
    world.placed().await;
    world.scanned().await;
}

fn scans() -> Vec<Row> {
    table! {
        //                          V O o H h T A a U X
        Query scan                  "? + 0 0 0 0 + 0 + 0"
            "query($id: ID!) { done: scan(id: $id) { contents { toClassify { page } } } }"
            { "id": World::scan().to_string() } given scanned;
        Query scans                 "? + - - - - + - + -"
            "{ done: scans(school: \"0491234A\", platform: \"demo\") { total } }" {}
            given scanned;
        Subscription scanProgressed "? + 0 0 0 0 + 0 + 0"
            "subscription($id: ID!) { done: scanProgressed(id: $id) { read } }"
            { "id": World::scan().to_string() } given scanned;
        Mutation receiveScan        "? + - - - - + - - -"
            "mutation { done: receiveScan(input: {school: \"0491234A\", platform: \"demo\", file: \"#__graphql_file__:0\"}) { __typename } }"
            {} given placed;
    }
}

fn sorting() -> Vec<Row> {
    table! {
        //                          V O o H h T A a U X
        Mutation assignScanPage     "? + 0 0 0 0 + 0 - 0"
            "mutation($id: String!, $convention: String!) { done: assignScanPage(input: {scan: $id, page: 2, convention: $convention, number: 2}) { __typename } }"
            { "id": World::scan().to_string(), "convention": World::convention().to_string() }
            given scanned;
        Mutation discardScanPage    "? + 0 0 0 0 + 0 - 0"
            "mutation($id: String!) { done: discardScanPage(input: {scan: $id, page: 2}) { __typename } }"
            { "id": World::scan().to_string() } given scanned;
        Mutation depositIncomplete  "? + 0 0 0 0 + 0 - 0"
            "mutation($id: String!, $convention: String!) { done: depositIncomplete(input: {scan: $id, convention: $convention}) { __typename } }"
            { "id": World::scan().to_string(), "convention": World::convention().to_string() }
            given scanned;
    }
}

fn letters() -> Vec<Row> {
    table! {
        //                    V O o H h T A a U X
        Query letters         "? + - - - - + - + +"
            "{ done: letters(filter: {platform: \"demo\", school: \"0491234A\"}) { total } }" {};
        Query letter          "? + 0 0 0 0 + 0 + +"
            "{ done: letter(id: \"00000000-0000-0000-0000-000000001e77\") { title } }" {} given placed;
        Mutation resendLetter "? + 0 0 0 0 + 0 - +"
            "mutation { done: resendLetter(input: {letter: \"00000000-0000-0000-0000-000000001e77\"}) { __typename } }" {}
            given placed;
    }
}
