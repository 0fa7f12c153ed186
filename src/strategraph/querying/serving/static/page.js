// Puts the catalogue's questions into the editor, asks the endpoint, and shows what it answers.
import { element, rows, triples } from "./answer.js";

const at = (id) => document.getElementById(id);

const ROWS = "application/sparql-results+json";
const SAVED = {
  rows: { CSV: "text/csv", TSV: "text/tab-separated-values", JSON: ROWS, XML: "application/sparql-results+xml" },
  triples: {
    Turtle: "text/turtle", "N-Triples": "application/n-triples",
    "JSON-LD": "application/ld+json", "RDF/XML": "application/rdf+xml",
  },
};
const SUFFIXES = {
  CSV: "csv", TSV: "tsv", JSON: "srj", XML: "srx",
  Turtle: "ttl", "N-Triples": "nt", "JSON-LD": "jsonld", "RDF/XML": "rdf",
};

const editor = new Yasqe(at("editor"), {
  autocompleters: [], // those that come with the editor ask other hosts
  syntaxErrorCheck: false, // it wants prefixes declared that the server knows; the server says what is wrong
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

let catalogue = { prefixes: {}, base: "" };
let last = 0; // the number of the last query: answers to those before it come too late
let bound = Promise.resolve(); // kept once the values of the parameters are in the query

function say(text, bad = false) {
  at("status").textContent = text;
  at("status").classList.toggle("bad", bad);
}

function ask(query, accept) {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept };
  return fetch("sparql", { method: "POST", headers, body: query });
}

async function run() {
  const mine = ++last;
  at("run").disabled = true;
  say("Asking …");
  try {
    await bound;
    const query = editor.getValue();
    const start = performance.now();
    const response = await ask(query, `${ROWS}, text/turtle`);
    const text = await response.text();
    if (mine === last) show(query, response, text, performance.now() - start);
  } catch (error) {
    if (mine === last) say(`The server cannot be reached (${error.message})`, true);
  } finally {
    if (mine === last) at("run").disabled = false;
  }
}

function show(query, response, text, duration) {
  at("answer").hidden = at("save").hidden = !response.ok;
  if (!response.ok) {
    say(text.trim(), true);
    return;
  }
  const kind = response.headers.get("Content-Type").startsWith(ROWS) ? "rows" : "triples";
  const found = kind === "rows" ? JSON.parse(text) : null;
  at("answer").replaceChildren(...(found ? rows(found, shorten, look) : triples(text)));
  at("save").replaceChildren("Save as", ...Object.keys(SAVED[kind]).map((name) => saver(query, name, SAVED[kind][name])));
  const cut = response.headers.get("Strategraph-Cut-After");
  const number = found?.results?.bindings.length;
  const count = number === undefined ? "Done" : `${number.toLocaleString()} ${number === 1 ? "row" : "rows"}`;
  say(cut ? `Only the first ${Number(cut).toLocaleString()}: there are more` : `${count} in ${seconds(duration)}`, Boolean(cut));
}

function seconds(milliseconds) {
  return milliseconds < 10 ? "less than 0.01 s" : `${(milliseconds / 1000).toFixed(2)} s`;
}

function saver(query, name, mediaType) {
  const button = element("button", { className: "plain", type: "button" }, name);
  button.addEventListener("click", async () => {
    const response = await ask(query, mediaType);
    if (!response.ok) return say((await response.text()).trim(), true);
    const href = URL.createObjectURL(await response.blob());
    element("a", { href, download: `answer.${SUFFIXES[name]}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  });
  return button;
}

// The longest namespace that fits; a name with a slash in it would be no name in SPARQL.
function shorten(iri) {
  const fitting = Object.entries(catalogue.prefixes)
    .filter(([, namespace]) => iri.startsWith(namespace) && !/[/#]/.test(iri.slice(namespace.length)))
    .sort(([, one], [, other]) => other.length - one.length);
  if (fitting.length) return `${fitting[0][0]}:${iri.slice(fitting[0][1].length)}`;
  return catalogue.base && iri.startsWith(catalogue.base) ? iri.slice(catalogue.base.length) : iri;
}

// What the graphs say of a node that was clicked, and which others lead to it.
function look(iri) {
  choose(null);
  remember(null);
  editor.setValue(`SELECT ?property ?value ?of
WHERE {
  { <${iri}> ?property ?value }
  UNION
  { ?of ?property <${iri}> }
}
ORDER BY ?of ?property ?value
`);
  at("editor").scrollIntoView({ block: "nearest" });
  run();
}

// What a parameter can be, offered from the data: by its name, or by its question's name and its own.
const VALUES = (value, pattern) => `SELECT DISTINCT (${value} AS ?value) { ${pattern} } ORDER BY ?value LIMIT 500`;
const LABELS = (pattern) => VALUES("STR(?label)", `${pattern} . ?node rdfs:label ?label`);
const END = (variable) => `REPLACE(STR(${variable}), "^.*/([^/]+/[^/]+)$", "$1")`;
const NAME = (variable) => `IF(STRSTARTS(STR(${variable}), STR(sg:)), STRAFTER(STR(${variable}), STR(sg:)), STR(${variable}))`;
const GROUPS = LABELS("?node a sg:TargetGroup");
const ENDS = VALUES(`REPLACE(STR(?node), "^.*/plan/[^/]*/", "")`,
  "?node a sg:PlanElement FILTER(!EXISTS { ?node a sg:Commitment } && !EXISTS { ?node a sg:Purpose })");
const YEARS = VALUES("STR(?year)", "?plan sg:startYear|sg:endYear ?year");
const CHOICES = {
  group: GROUPS, of_group: GROUPS, named: GROUPS, theme: LABELS("?node a sg:Theme"),
  owned_by: LABELS("?plan sg:owner ?node"), of_plan: LABELS("?node a sg:StrategicPlan"),
  who: LABELS("?element sg:responsible ?node"), "mandates.of": LABELS("?paragraph sg:addressee ?node"),
  "names.of": LABELS("?node skos:prefLabel|skos:altLabel ?name"),
  "mappings.of": VALUES(END("?node"), "?node owl:sameAs|skos:exactMatch|skos:closeMatch|skos:broadMatch|skos:narrowMatch|skos:relatedMatch ?other"),
  within: ENDS, under: ENDS, element: ENDS, other: ENDS, "evidence.of": ENDS,
  by: VALUES(NAME("?predicate"), "?evidence rdf:predicate ?predicate"),
  "evidence.to": VALUES(END("?node"), "?evidence rdf:object ?node FILTER(ISIRI(?node))"),
  of_kind: VALUES(NAME("?class"), "?node a sg:PlanElement, ?class FILTER(?class != sg:PlanElement && STRSTARTS(STR(?class), STR(sg:)))"),
  year: VALUES("SUBSTR(STR(?due), 1, 4)", "?element sg:due ?due"), from: YEARS, "plans.to": YEARS,
  wanted: VALUES("STR(?unit)", "?measure sg:unit ?unit"),
  at: "SELECT DISTINCT (STR(?line) AS ?value) { ?evidence sg:line ?line } ORDER BY ?line LIMIT 500",
};
const offered = new Map();
async function choices(query) {
  if (!offered.has(query)) {
    offered.set(query, ask(query, ROWS)
      .then((response) => (response.ok ? response.json() : { results: { bindings: [] } }))
      .then((found) => [...new Set(found.results.bindings.map((row) => row.value?.value).filter(Boolean))]));
  }
  return offered.get(query);
}

// The address names the question and its values, so that an answer can be linked to.
let written = "";
function remember(question, values = new URLSearchParams()) {
  const said = new URLSearchParams(question ? { question: question.name } : {});
  for (const [name, value] of values) if (value) said.set(`p.${name}`, value);
  written = `${said}` ? `#${said}` : "";
  if (location.hash !== written) history.pushState(null, "", written || location.pathname);
}
function recall() {
  if (location.hash === written) return;
  const said = new URLSearchParams(location.hash.slice(1));
  const question = catalogue.questions.find((each) => each.name === said.get("question"));
  if (!question) return;
  choose(question, Object.fromEntries([...said].filter(([name]) => name.startsWith("p.")).map(([name, value]) => [name.slice(2), value])));
}

function choose(question, values = {}) {
  for (const button of at("questions").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === question?.name));
  }
  at("parameters").hidden = !question;
  at("chosen").textContent = question?.description ?? "";
  at("fields").replaceChildren(...(question?.parameters ?? []).map((parameter) => field(question, parameter)));
  turn++; // values of another question that are still on their way come too late
  bound = Promise.resolve();
  if (!question) return;
  editor.setValue(question.query);
  at("parameters").scrollIntoView({ block: "nearest" });
  for (const [name, value] of Object.entries(values)) {
    const input = at("parameters").elements.namedItem(name);
    if (input) input.value = value;
  }
  if (Object.keys(values).length) bind(question);
  else remember(question);
  run();
}

function field(question, parameter) {
  const input = element("input", {
    name: parameter.name, value: parameter.default, dir: "auto", autocomplete: "off",
  });
  input.addEventListener("input", () => bind(question));
  const list = element("datalist", { id: `choices-${parameter.name}` });
  const query = CHOICES[`${question.name}.${parameter.name}`] ?? CHOICES[parameter.name];
  if (query) {
    input.setAttribute("list", list.id);
    choices(query)
      .then((found) => list.append(...found.map((value) => element("option", { value }))))
      .catch(() => {}); // without choices it can still be written
  }
  return element("label", {}, parameter.name, element("small", {}, parameter.description), input, list);
}

// The server writes values into the query: only it knows how to write any text as a literal.
let turn = 0;
function bind(question) {
  const mine = ++turn;
  const values = new URLSearchParams(new FormData(at("parameters")));
  remember(question, values);
  bound = fetch(`catalogue/${encodeURIComponent(question.name)}?${values}`)
    .then(async (response) => {
      if (!response.ok) throw new Error((await response.text()).trim());
      const found = await response.json();
      if (mine === turn) editor.setValue(found.query);
    });
  bound.catch((error) => { if (mine === turn) say(error.message, true); });
}

async function start() {
  catalogue = await (await fetch("catalogue")).json();
  const plans = catalogue.graphs.length;
  at("about").textContent =
    `${plans ? `${plans} plan${plans === 1 ? "" : "s"} · ` : ""}${catalogue.timeout} s for a query` +
    (catalogue.limit ? ` · ${catalogue.limit.toLocaleString()} rows at most` : "");
  for (const question of catalogue.questions) {
    const button = element(
      "button", { type: "button", value: question.name }, question.description, element("code", {}, question.name),
    );
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => choose(question));
    at("questions").append(element("li", {}, button));
  }
  recall();
  addEventListener("popstate", recall);
}

at("filter").addEventListener("input", () => {
  const wanted = at("filter").value.toLowerCase();
  for (const item of at("questions").children) {
    item.hidden = !item.textContent.toLowerCase().includes(wanted);
  }
});
at("parameters").addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
start().catch((error) => say(`The page could not be set up (${error.message})`, true));
