//! Platforms: their look for everybody, their settings for few. The object is `demo`, with
//! the host `0590121L`.

use super::{Row, table};

pub(crate) fn rows() -> Vec<Row> {
    [reads(), settings(), hosts()].concat()
}

fn reads() -> Vec<Row> {
    table! {
        //               V O o H h T A a U X
        Query platform  "+ + + + + + + + + +" "{ done: platform(slug: \"demo\") { name } }" {};
        Query platforms "+ + + + + + + + + +" "{ done: platforms { name } }" {};
        Query hosts     "+ + + + + + + + + +" "{ done: hosts(platform: \"demo\") { uai } }" {};
        Query formations "+ + + + + + + + + +" "{ done: formations(platform: \"demo\") { label } }" {};
    }
}

fn settings() -> Vec<Row> {
    table! {
        //                              V O o H h T A a U X
        Mutation openPlatform          "? - - - - - - - - +"
            "mutation { done: openPlatform(input: {slug: \"neuve\", name: \"Neuve\"}) { __typename } }" {};
        Mutation renewLicence          "? - - - - - - - - +"
            "mutation { done: renewLicence(input: {platform: \"demo\", until: \"31/08/2028\"}) { __typename } }" {};
        Mutation changeBranding        "? - - - - - + - - -"
            "mutation { done: changeBranding(input: {platform: \"demo\", displayName: \"Démo\", colour: \"#0f5c66\"}) { __typename } }" {};
        Mutation changeRules           "? - - - - - + - - -"
            "mutation { done: changeRules(input: {platform: \"demo\", bookingClosesDays: 2, cancelClosesDays: 0, remindDays: 7, expireDays: 2, confirmGraceHours: 48, promotionHours: 48, depositMostBytes: 20971520}) { __typename } }" {};
        Mutation changeConventionNotes "? - - - - - + - - -"
            "mutation { done: changeConventionNotes(input: {platform: \"demo\", first: \"a\", second: \"b\"}) { __typename } }" {};
        Mutation changeConventionArticles "? - - - - - + - - -"
            "mutation { done: changeConventionArticles(input: {platform: \"demo\", articles: []}) { __typename } }" {};
        Mutation storeGuide            "? - - - - - + - - -"
            "mutation { done: storeGuide(input: {platform: \"demo\", file: \"#__graphql_file__:0\"}) { __typename } }" {};
        Mutation grantRole             "? - - - - - + - - +"
            "mutation { done: grantRole(input: {platform: \"demo\", login: \"hostteacher@escale.example\", role: AUDITOR}) { __typename } }" {};
        Mutation revokeRole            "? - - - - - + - - +"
            "mutation { done: revokeRole(input: {platform: \"demo\", account: \"00000000-0000-0000-0000-0000acc00008\", role: AUDITOR}) { __typename } }" {};
    }
}

fn hosts() -> Vec<Row> {
    table! {
        //                               V O o H h T A a U X
        Mutation attachHost             "? - - - - - + - - -"
            "mutation { done: attachHost(input: {platform: \"demo\", host: \"0440001M\"}) { __typename } }" {};
        Mutation detachHost             "? - - - - - + - - -"
            "mutation { done: detachHost(input: {platform: \"demo\", host: \"0590121L\"}) { __typename } }" {};
        Mutation setNotificationAddress "? - - + - - + - - -"
            "mutation { done: setNotificationAddress(input: {platform: \"demo\", host: \"0590121L\", email: \"stages@escale.example\"}) { __typename } }" {};
        Mutation addFormation           "? - - + - - + - - -"
            "mutation { done: addFormation(input: {platform: \"demo\", host: \"0590121L\", level: CAP, label: \"Cuisine\"}) { __typename } }" {};
        Mutation retireFormation        "? - - + - - + - - -"
            "mutation { done: retireFormation(input: {formation: \"00000000-0000-0000-0000-0000000000f0\"}) { __typename } }" {};
    }
}
