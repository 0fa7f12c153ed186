// Shows an answer: rows as a table that can be sorted, yes or no as a word, triples as text.
const PORTION = 200; // rows shown at once; more on demand, so that the page stays quick
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long"].map((name) => XSD + name));
const order = new Intl.Collator(undefined, { numeric: true });

/** Return an element with these properties and children. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Return what to show for SPARQL results in JSON; `look` is called with the IRI of a node that is clicked. */
export function rows(results, shorten, look) {
  if (!("results" in results)) {
    return [element("p", { className: "verdict" }, results.boolean ? "Yes" : "No")];
  }
  const columns = results.head.vars;
  let found = results.results.bindings;
  const body = element("tbody");
  const more = element("button", { className: "plain more", type: "button" });
  let shown = 0;

  function add() {
    const next = found.slice(shown, shown + PORTION);
    body.append(...next.map((row) => element("tr", {}, ...columns.map((name) => cell(row[name], shorten, look)))));
    shown += next.length;
    more.hidden = shown === found.length;
    more.textContent = `Show more: ${(found.length - shown).toLocaleString()} rows are left`;
  }

  function sort(name, head) {
    const up = head.ariaSort !== "ascending";
    for (const other of head.parentNode.children) other.ariaSort = null;
    head.ariaSort = up ? "ascending" : "descending";
    const there = found.filter((row) => row[name]).sort((one, other) => compare(one[name], other[name]));
    found = [...(up ? there : there.reverse()), ...found.filter((row) => !row[name])]; // what is not there, last
    body.replaceChildren();
    shown = 0;
    add();
  }

  const heads = columns.map((name) => {
    const button = element("button", { type: "button" }, name);
    const head = element("th", { scope: "col" }, button);
    button.addEventListener("click", () => sort(name, head));
    return head;
  });
  more.addEventListener("click", add);
  add();
  return [element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body), more];
}

/** Return what to show for triples, which are text already. */
export function triples(text) {
  return [element("pre", {}, text)];
}

function cell(term, shorten, look) {
  if (!term) return element("td");
  if (term.type === "uri") {
    // Lines may break after a slash, as people read IRIs.
    const parts = shorten(term.value).split(/(?<=[/#])/).flatMap((part) => [part, element("wbr")]);
    const button = element("button", { className: "plain", type: "button", title: term.value }, ...parts);
    button.addEventListener("click", () => look(term.value));
    return element("td", {}, button);
  }
  if (NUMBERS.has(term.datatype)) return element("td", { className: "number" }, term.value);
  // Each value is read in the direction of its own text, so that Arabic stands right beside English at the left.
  const value = element("span", { lang: term["xml:lang"] ?? "" }, term.value);
  const made = element("td", { dir: "auto", className: width(term.value) }, value);
  const kind = term["xml:lang"] ?? (term.datatype ? shorten(term.datatype) : "");
  if (kind && kind !== "xsd:string") made.append(" ", element("small", { dir: "ltr" }, kind));
  return made;
}

function width(text) {
  if (text.length > 160) return "text";
  return text.length > 40 ? "long" : "";
}

function compare(one, other) {
  if (NUMBERS.has(one.datatype) && NUMBERS.has(other.datatype)) return one.value - other.value;
  return order.compare(one.value, other.value);
}
