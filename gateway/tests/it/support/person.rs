//! Someone who speaks to the service as a browser does.

use reqwest::multipart;
use serde_json::{Value, json};

/// Someone with a browser. Clones share it.
#[derive(Clone)]
pub(crate) struct Person {
    http: reqwest::Client,
    url: String,
}

impl Person {
    /// Someone who comes to the service at `url`.
    pub(crate) fn at(url: &str) -> Self {
        let http = reqwest::Client::builder().cookie_store(true).build().unwrap();
        Self { http, url: url.to_owned() }
    }

    /// The same browser, sent to another gateway: its cookies are those of the host.
    pub(crate) fn sent_to(&self, url: &str) -> Self {
        Self { http: self.http.clone(), url: url.to_owned() }
    }

    /// Asks the API; answers `data`, and fails on errors.
    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Value {
        let answer = self.raw(query, variables).await;
        assert!(answer["errors"].is_null(), "{query}\n{answer:#}");
        answer["data"].clone()
    }

    /// Asks the API; answers all of it.
    pub(crate) async fn raw(&self, query: &str, variables: Value) -> Value {
        self.tried(query, variables).await.unwrap()
    }

    /// Asks the API, which may be gone before it answers.
    pub(crate) async fn tried(&self, query: &str, variables: Value) -> reqwest::Result<Value> {
        let body = json!({ "query": query, "variables": variables });
        let request = self.http.post(format!("{}/graphql", self.url)).json(&body);
        request.send().await?.json().await
    }

    /// Gives a command: `name` with `input`, answering the fields `wanted` of its success.
    pub(crate) async fn give(&self, name: &str, wanted: &str, input: Value) -> Value {
        let done = self.attempt(name, wanted, input).await;
        assert_ne!(done["__typename"], "Refused", "{name}: {done:#}");
        done
    }

    /// Gives a command that a rule forbids; answers the refusal’s code.
    pub(crate) async fn refused(&self, name: &str, input: Value) -> String {
        let done = self.attempt(name, "", input).await;
        assert_eq!(done["__typename"], "Refused", "{name}: {done:#}");
        done["code"].as_str().unwrap().to_owned()
    }

    async fn attempt(&self, name: &str, wanted: &str, input: Value) -> Value {
        let data = self.ask(&mutation(name, wanted), json!({ "input": input })).await;
        data["done"].clone()
    }

    /// Gives a command with a file.
    pub(crate) async fn upload(
        &self,
        name: &str,
        wanted: &str,
        input: Value,
        file: &[u8],
    ) -> Value {
        let answer = self.try_upload(name, wanted, input, file).await;
        assert!(answer["errors"].is_null(), "{name}\n{answer:#}");
        answer["data"]["done"].clone()
    }

    /// The same; answers all of it.
    pub(crate) async fn try_upload(
        &self,
        name: &str,
        wanted: &str,
        mut input: Value,
        file: &[u8],
    ) -> Value {
        input["file"] = Value::Null;
        let part = multipart::Part::bytes(file.to_vec())
            .file_name("convention.pdf")
            .mime_str("application/pdf")
            .unwrap();
        let files = vec![("variables.input.file".to_owned(), part)];
        self.send(&mutation(name, wanted), &input, files).await
    }

    /// Gives a command with several files; answers all of it.
    pub(crate) async fn upload_all(
        &self,
        name: &str,
        wanted: &str,
        mut input: Value,
        files: &[&[u8]],
    ) -> Value {
        input["files"] = vec![Value::Null; files.len()].into();
        let files = files.iter().enumerate().map(|(at, file)| {
            let part = multipart::Part::bytes(file.to_vec()).file_name(format!("{at}.jpg"));
            (format!("variables.input.files.{at}"), part)
        });
        self.send(&mutation(name, wanted), &input, files.collect()).await
    }

    /// Sends a command with files, each with its place in the variables.
    async fn send(
        &self,
        query: &str,
        input: &Value,
        files: Vec<(String, multipart::Part)>,
    ) -> Value {
        let operations = json!({ "query": query, "variables": { "input": input } });
        let places = files.iter().enumerate();
        let map: Value = places.map(|(at, (place, _))| (at.to_string(), json!([place]))).collect();
        let mut form = multipart::Form::new()
            .text("operations", operations.to_string())
            .text("map", map.to_string());
        for (at, (_, part)) in files.into_iter().enumerate() {
            form = form.part(at.to_string(), part);
        }
        let request = self.http.post(format!("{}/graphql", self.url)).multipart(form);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Opens a page or a file: its status and its bytes.
    pub(crate) async fn get(&self, address: &str) -> (u16, Vec<u8>) {
        let response = self.http.get(self.address(address)).send().await.unwrap();
        let status = response.status().as_u16();
        (status, response.bytes().await.unwrap().to_vec())
    }

    /// Presses the button of a page.
    pub(crate) async fn press(&self, address: &str, form: &[(&str, &str)]) -> (u16, String) {
        let (status, bytes) = self.submit(address, form).await;
        (status, String::from_utf8(bytes).unwrap())
    }

    /// The same, where a file is answered.
    pub(crate) async fn submit(&self, address: &str, form: &[(&str, &str)]) -> (u16, Vec<u8>) {
        let response = self.http.post(self.address(address)).form(form).send().await.unwrap();
        let status = response.status().as_u16();
        (status, response.bytes().await.unwrap().to_vec())
    }

    fn address(&self, address: &str) -> String {
        if address.starts_with("http") {
            address.to_owned()
        } else {
            format!("{}{address}", self.url)
        }
    }
}

/// The document that gives the command `name`, answering the fields `wanted` of its success.
pub(crate) fn mutation(name: &str, wanted: &str) -> String {
    let mut start = name.chars();
    let first = start.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let input = format!("{first}{}Input", start.as_str());
    format!(
        "mutation($input: {input}!) {{ done: {name}(input: $input) {{ \
         __typename ... on Refused {{ code message field }} {wanted} }} }}"
    )
}
