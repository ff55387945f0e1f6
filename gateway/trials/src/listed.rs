//! The portal's documents, which the API carries out by their listed name.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Value, json};

use crate::Fault;

/// The portal's documents, by the name of their operation: under which name each is listed.
#[derive(Debug, Clone)]
pub(crate) struct Listed(Arc<BTreeMap<String, String>>);

impl Listed {
    /// Those of the portal that `escale` was built with.
    pub(crate) fn read() -> Result<Self, Fault> {
        let listed = gateway::portal::operations();
        let named = |(name, text): (String, String)| Some((operation_of(&text)?, name));
        let found: BTreeMap<_, _> = listed.into_iter().filter_map(named).collect();
        if found.is_empty() {
            return Err("le portail n’est pas construit : cargo xtask portal".into());
        }
        Ok(Self(Arc::new(found)))
    }

    /// What a browser sends to have `operation` carried out.
    pub(crate) fn request(&self, operation: &str, variables: &Value) -> Result<Value, Fault> {
        let hash = self.0.get(operation).ok_or_else(|| format!("{operation} n’est pas listé"))?;
        Ok(json!({
            "operationName": operation, "variables": variables,
            "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } },
        }))
    }
}

/// The name of the operation in a document, whose fragments may come first.
fn operation_of(text: &str) -> Option<String> {
    let start = ["mutation ", "query ", "subscription "];
    let line =
        text.lines().find_map(|line| start.iter().find_map(|kind| line.strip_prefix(kind)))?;
    Some(line.chars().take_while(|c| c.is_alphanumeric()).collect())
}
