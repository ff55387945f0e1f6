//! Accounts and spaces. The object is the school of origin `0491234A` for what is a school's,
//! unless the request says otherwise; nobody administers a platform it is attached to.

use domain::{
    accounts::school_space::{Requester, SchoolSpace, SchoolSpaceCommand},
    kernel::{
        ids::{AccessRequestId, PersonId},
        personal::Personal,
    },
};
use schema::testing::World;

use super::{Row, table};

pub(crate) fn rows() -> Vec<Row> {
    [public(), own(), school(), host(), others()].concat()
}

/// Links and forms that anyone may use; what the link or the password allows is checked there.
fn public() -> Vec<Row> {
    table! {
        //                           V O o H h T A a U X
        Query schoolForSignUp       "+ + + + + + + + + +"
            "{ done: schoolForSignUp(rne: \"0333287U\") { __typename } }" {};
        Mutation registerAccount    "+ + + + + + + + + +"
            "mutation { done: registerAccount(input: {rne: \"0333287U\", lastName: \"Durand\", firstName: \"Zoé\", password: \"Abcdef1!\", passwordConfirmation: \"Abcdef1!\"}) { __typename } }" {};
        Mutation requestVerification "+ + + + + + + + + +"
            "mutation { done: requestVerification(input: {rne: \"0333287U\"}) { __typename } }" {};
        Mutation renewVerification  "+ + + + + + + + + +"
            "mutation { done: renewVerification(input: {token: \"x\"}) { __typename } }" {};
        Mutation verifyEmail        "+ + + + + + + + + +"
            "mutation { done: verifyEmail(input: {token: \"x\", password: \"Abcdef1!\"}) { __typename } }" {};
        Query signUp                "+ + + + + + + + + +"
            "{ done: signUp(token: \"x\") { __typename } }" {};
        Mutation declineSignUp      "+ + + + + + + + + +"
            "mutation { done: declineSignUp(input: {token: \"x\"}) { __typename } }" {};
        Mutation signIn             "+ + + + + + + + + +"
            "mutation { done: signIn(input: {email: \"auditor@escale.example\", password: \"Abcdef1!\"}) { __typename } }" {};
        Mutation requestPasswordReset "+ + + + + + + + + +"
            "mutation { done: requestPasswordReset(input: {email: \"auditor@escale.example\"}) { __typename } }" {};
        Mutation resetPassword      "+ + + + + + + + + +"
            "mutation { done: resetPassword(input: {token: \"x\", password: \"Abcdef1!\", passwordConfirmation: \"Abcdef1!\"}) { __typename } }" {};
        Mutation changeEmail        "+ + + + + + + + + +"
            "mutation { done: changeEmail(input: {token: \"x\", password: \"Abcdef1!\"}) { __typename } }" {};
        Mutation requestSignInLink  "+ + + + + + + + + +"
            "mutation { done: requestSignInLink(input: {email: \"auditor@escale.example\"}) { __typename } }" {};
        Mutation useSignInLink      "+ + + + + + + + + +"
            "mutation { done: useSignInLink(input: {token: \"x\"}) { __typename } }" {};
        Mutation showLoginHint      "+ + + + + + + + + +"
            "mutation { done: showLoginHint(input: {rne: \"0491234A\"}) { __typename } }" {};
        Mutation requestAccess      "+ + + + + + + + + +"
            "mutation { done: requestAccess(input: {rne: \"0491234A\", lastName: \"Durand\", firstName: \"Zoé\", function: \"CPE\", email: \"zoe.durand@ac-nantes.fr\"}) { __typename } }" {};
        Mutation answerAccess       "+ + + + + + + + + +"
            "mutation { done: answerAccess(input: {token: \"x\", answer: GRANT}) { __typename } }" {};
        Mutation joinSpace          "+ + + + + + + + + +"
            "mutation { done: joinSpace(input: {token: \"x\", password: \"Abcdef1!\"}) { __typename } }" {};
    }
}

/// One's own account.
fn own() -> Vec<Row> {
    table! {
        //                           V O o H h T A a U X
        Query me                    "0 + + + + + + + + +"
            "{ done: me { operator banners { kind } } }" {};
        Mutation signOut            "? + + + + + + + + +"
            "mutation { done: signOut { __typename } }" {};
        Mutation changePassword     "? + + + + + + + + +"
            "mutation { done: changePassword(input: {current: \"Abcdef1!\", password: \"Abcdef2!\", passwordConfirmation: \"Abcdef2!\"}) { __typename } }" {};
        Mutation changeProfile      "? + + + + + + + + +"
            "mutation { done: changeProfile(input: {lastName: \"Durand\", firstName: \"Zoé\"}) { __typename } }" {};
        Mutation requestEmailChange "? + + + + + + + + +"
            "mutation { done: requestEmailChange(input: {email: \"neuve@escale.example\", password: \"Abcdef1!\"}) { __typename } }" {};
        Mutation acceptTerms        "? + + + + + + + + +"
            "mutation { done: acceptTerms(input: {version: \"2026-09\"}) { __typename } }" {};
        Mutation setSecretQuestion  "? + + + + + + + + +"
            "mutation { done: setSecretQuestion(input: {question: \"?\", answer: \"!\"}) { __typename } }" {};
        Mutation foundSpace         "? + + + + + + + + +"
            "mutation { done: foundSpace(input: {uai: \"0333287U\"}) { __typename } }" {};
    }
}

/// A school that no platform attaches: its managers alone, and the operator for some readings.
fn school() -> Vec<Row> {
    table! {
        //                       V O o H h T A a U X
        Query schoolSpace       "? + - - - - - - - -"
            "{ done: schoolSpace(uai: \"0491234A\") { managers } }" {};
        Query spaceMembers      "? + - - - - - - - +"
            "{ done: spaceMembers(uai: \"0491234A\") { login } }" {};
        Query invitations       "? + - - - - - - - +"
            "{ done: invitations(uai: \"0491234A\") { id } }" {};
        Query accessRequests    "? + - - - - - - - -"
            "{ done: accessRequests(uai: \"0491234A\") { id } }" {};
        Mutation inviteMember   "? + - - - - - - - -"
            "mutation { done: inviteMember(input: {uai: \"0491234A\", email: \"x@ac-nantes.fr\", role: MANAGER}) { __typename } }" {};
        Mutation grantAccess    "? + 0 0 0 0 0 0 0 0"
            "mutation { done: grantAccess(input: {request: \"00000000-0000-0000-0000-00000000ac01\"}) { __typename } }" {}
            given asked;
        Mutation declineAccess  "? + 0 0 0 0 0 0 0 0"
            "mutation { done: declineAccess(input: {request: \"00000000-0000-0000-0000-00000000ac01\"}) { __typename } }" {}
            given asked;
    }
}

/// Someone asked for access to the school of origin.
async fn asked(world: World) {
    let person = PersonId::from_u128(0xa5);
    let requester = Requester {
        last_name: "Durand".to_owned(),
        first_name: "Zoé".to_owned(),
        function: "CPE".to_owned(),
        email: "zoe.durand@ac-nantes.fr".parse().unwrap(),
    };
    let ask = SchoolSpaceCommand::RequestAccess {
        uai: World::origin(),
        request: AccessRequestId::from_u128(0xac01),
        requester: Personal::new(person, requester),
        at: world.api.clock.now(),
    };
    let stream = World::origin();
    world.api.given::<SchoolSpace>(stream.as_str(), ask).await;
}

/// The host, which `demo` attaches: the platform's administrators act for it too.
fn host() -> Vec<Row> {
    table! {
        //                       V O o H h T A a U X
        Mutation removeMember   "? - - + - - + - - -"
            "mutation { done: removeMember(input: {uai: \"0590121L\", account: \"00000000-0000-0000-0000-0000acc00005\"}) { __typename } }" {};
        Mutation storeSignature "? - - + - - + - - -"
            "mutation { done: storeSignature(input: {uai: \"0590121L\", file: \"#__graphql_file__:0\"}) { __typename } }" {};
        Mutation removeSignature "? - - + - - + - - -"
            "mutation { done: removeSignature(input: {uai: \"0590121L\"}) { __typename } }" {};
        Mutation storeStamp     "? - - + - - + - - -"
            "mutation { done: storeStamp(input: {uai: \"0590121L\", file: \"#__graphql_file__:0\"}) { __typename } }" {};
        Mutation removeStamp    "? - - + - - + - - -"
            "mutation { done: removeStamp(input: {uai: \"0590121L\"}) { __typename } }" {};
    }
}

/// Another's account: that of the host's manager.
fn others() -> Vec<Row> {
    table! {
        //                       V O o H h T A a U X
        Query accountsAdmin     "? - - - - - + - + +"
            "{ done: accountsAdmin(platform: \"demo\") { total } }" {};
        Mutation unlockAccount  "? 0 0 0 0 0 + 0 0 +"
            "mutation { done: unlockAccount(input: {account: \"00000000-0000-0000-0000-0000acc00003\"}) { __typename } }" {};
        Mutation appointOperator "? 0 0 0 0 0 0 0 0 +"
            "mutation { done: appointOperator(input: {account: \"00000000-0000-0000-0000-0000acc00003\"}) { __typename } }" {};
        Mutation dismissOperator "? 0 0 0 0 0 0 0 0 +"
            "mutation { done: dismissOperator(input: {account: \"00000000-0000-0000-0000-0000acc00003\"}) { __typename } }" {};
    }
}
