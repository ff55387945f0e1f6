//! Requests to the API within this process, as a browser's would be: by the name of a listed
//! document, with the cookie of a session.

use gateway::app::App;
use serde_json::Value;

use crate::{Fault, listed::Listed, stage::School};

/// Where requests are made.
#[derive(Clone)]
pub(super) struct Desk {
    app: App,
    listed: Listed,
}

impl Desk {
    pub(super) fn open(app: &App) -> Result<Self, Fault> {
        Ok(Self { app: app.clone(), listed: Listed::read()? })
    }

    /// What the API answers to `school`, written as it would travel.
    pub(super) async fn ask(
        &self,
        school: &School,
        operation: &str,
        variables: &Value,
    ) -> Result<Vec<u8>, Fault> {
        let caller = self.app.caller(&school.cookie, None).await?;
        let request = self.listed.request(operation, variables)?;
        let request: async_graphql::Request = serde_json::from_value(request)?;
        let answer = self.app.api.execute(request.data(caller)).await;
        if let Some(error) = answer.errors.first() {
            return Err(format!("{operation} : {}", error.message).into());
        }
        Ok(serde_json::to_vec(&answer)?)
    }
}
