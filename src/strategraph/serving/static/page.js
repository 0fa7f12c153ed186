// Puts the catalogue's questions into the editor, asks the endpoint, and shows what it answers.
"use strict";

const at = (id) => document.getElementById(id);

const editor = new Yasqe(at("editor"), {
  autocompleters: [], // those that come with the editor ask other hosts
  persistenceId: null,
  createShareableLink: null,
  consumeShareLink: null,
  showQueryButton: false,
  resizeable: false,
  editorHeight: "18rem",
  value: "SELECT ?plan ?title\nWHERE { ?plan a sg:StrategicPlan ; rdfs:label ?title }\n",
  extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": run, "Cmd-Enter": run }, // Tab moves on
});
editor.getInputField().setAttribute("aria-label", "SPARQL query");

let results;
let limit = 0;
let last = 0;

function say(text, bad = false) {
  at("status").textContent = text;
  at("status").classList.toggle("bad", bad);
}

async function run() {
  const mine = ++last;
  at("run").disabled = true;
  say("Asking …");
  const start = performance.now();
  try {
    const response = await fetch("sparql", {
      method: "POST",
      headers: {
        "Content-Type": "application/sparql-query",
        Accept: "application/sparql-results+json, text/turtle",
      },
      body: editor.getValue(),
    });
    const text = await response.text();
    if (mine === last) show(response, text, performance.now() - start);
  } catch (error) {
    say(`The server cannot be reached (${error.message})`, true);
  } finally {
    at("run").disabled = false;
  }
}

function show(response, text, duration) {
  at("results").hidden = !response.ok;
  if (!response.ok) {
    say(text.trim(), true);
    return;
  }
  const contentType = response.headers.get("Content-Type").split(";")[0];
  results.setResponse({ data: text, contentType, status: response.status, executionTime: duration });
  const cut = response.headers.get("Strategraph-Cut-After");
  say(cut ? `Only the first ${Number(cut).toLocaleString()}: there are more` : "Done", Boolean(cut));
}

async function choose(question, button) {
  for (const other of at("questions").querySelectorAll("button")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  at("chosen").textContent = question.description;
  at("fields").replaceChildren(...question.parameters.map((parameter) => field(question, parameter)));
  at("parameters").hidden = false;
  editor.setValue(question.query);
  say("");
}

function field(question, parameter) {
  const label = document.createElement("label");
  const about = document.createElement("small");
  const input = document.createElement("input");
  about.textContent = parameter.description;
  input.name = parameter.name;
  input.value = parameter.default;
  input.dir = "auto";
  input.autocomplete = "off";
  input.addEventListener("input", () => bind(question));
  label.append(parameter.name, about, input);
  return label;
}

// The server writes values into the query: only it knows how to write any text as a literal.
let bound = Promise.resolve();
let turn = 0;
function bind(question) {
  const mine = ++turn;
  const values = new URLSearchParams(new FormData(at("parameters")));
  bound = fetch(`catalogue/${encodeURIComponent(question.name)}?${values}`)
    .then((response) => response.json())
    .then((found) => { if (mine === turn) editor.setValue(found.query); });
  return bound;
}

async function start() {
  const catalogue = await (await fetch("catalogue")).json();
  limit = catalogue.limit;
  results = new Yasr(at("results"), { persistenceId: null, prefixes: catalogue.prefixes });
  at("results").hidden = true;
  const plans = catalogue.graphs.length;
  at("about").textContent =
    `${plans ? `${plans} plan${plans === 1 ? "" : "s"} · ` : ""}${catalogue.timeout} s for a query` +
    (limit ? ` · ${limit.toLocaleString()} rows at most` : "");
  for (const question of catalogue.questions) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const name = document.createElement("code");
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    name.textContent = question.name;
    button.append(question.description, name);
    button.addEventListener("click", () => choose(question, button));
    item.append(button);
    at("questions").append(item);
  }
}

at("filter").addEventListener("input", () => {
  const wanted = at("filter").value.toLowerCase();
  for (const item of at("questions").children) {
    item.hidden = !item.textContent.toLowerCase().includes(wanted);
  }
});
at("parameters").addEventListener("submit", async (event) => {
  event.preventDefault();
  await bound;
  run();
});
at("run").addEventListener("click", async () => { await bound; run(); });
start().catch((error) => say(`The page could not be set up (${error.message})`, true));
