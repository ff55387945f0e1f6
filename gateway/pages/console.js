"use strict";
const field = (id) => document.getElementById(id);
field("console").addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = field("answer");
  try {
    const body = { query: field("query").value, variables: JSON.parse(field("variables").value || "{}") };
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    answer.textContent = JSON.stringify(await response.json(), null, 2);
  } catch (error) {
    answer.textContent = `La requête n’a pas pu être envoyée : ${error.message}`;
  }
});
