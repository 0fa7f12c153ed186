// Finds nodes by their words, and words in the text.
const HITS = 30;

function hits(query) {
  const wanted = query.normalize("NFKC").toLowerCase();
  const has = (text) => text.normalize("NFKC").toLowerCase().includes(wanted);
  const found = [];
  for (const node of nodes) {
    if (found.length >= HITS) break;
    if (node.family !== "SourceDocument" && inPlan(node, state.plan) && (has(node.label) || has(node.statement))) found.push(node);
  }
  return found;
}

function passages(query) {
  const source = sources.get(sourceOf(state.plan));
  if (!source) return [];
  const text = source.text.toLowerCase();
  if (text.length !== source.text.length) return []; // letters that grow when they are made small
  const found = [];
  for (let start = text.indexOf(query.toLowerCase()); start >= 0 && found.length < HITS; start = text.indexOf(query.toLowerCase(), start + 1)) found.push([start, start + query.length]);
  return found;
}

function drawHits() {
  const query = at("query").value.trim();
  const sheet = at("hits");
  sheet.hidden = query.length < 2;
  if (sheet.hidden) return sheet.replaceChildren();
  const list = hits(query);
  const places = passages(query);
  const text = sources.get(sourceOf(state.plan))?.text ?? "";
  const close = () => { sheet.hidden = true; };
  sheet.replaceChildren(
    ...(list.length ? [el("h3", {}, "In the graph"), el("ul", {}, list.map((node) => el("li", {}, button([tag(node), " ", told(shorten(node.label, 90), node.lang)], () => { close(); choose(node); }, { className: "line" }))))] : []),
    ...(places.length ? [el("h3", {}, "In the text"), el("ul", {}, places.map(([start, end]) => el("li", { dir: "auto" }, button([text.slice(Math.max(0, start - 40), start).replace(/\s+/g, " "), el("mark", {}, text.slice(start, end)), text.slice(end, end + 60).replace(/\s+/g, " ")], () => { close(); const read = factsAt(start, end); if (read.length) chooseMany(shortest(read)); else goTo(start, end); }, { className: "line" }))))] : []),
    ...(list.length || places.length ? [] : [note("Nothing has these words.")]),
  );
  say(`${plural(list.length + places.length, "hit")}`);
}

function startSearch() {
  const field = at("query");
  field.addEventListener("input", drawHits);
  field.addEventListener("focus", drawHits);
  document.addEventListener("click", (event) => { if (!event.composedPath().includes(at("query").closest(".search"))) at("hits").hidden = true; });
  at("query").closest(".search").addEventListener("keydown", (event) => {
    const list = [field, ...at("hits").querySelectorAll("button")];
    const now = list.indexOf(document.activeElement);
    if (event.key === "Escape") { at("hits").hidden = true; field.focus(); }
    else if (event.key === "ArrowDown" && list[now + 1]) list[now + 1].focus();
    else if (event.key === "ArrowUp" && list[now - 1]) list[now - 1].focus();
    else if (event.key === "Enter" && now === 0 && list[1]) list[1].click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
