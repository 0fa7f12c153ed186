// Puts the parts together: views, panes, keys, files to save, light and dark.
const TABS = [
  ["picture", "Picture", null], ["groups", "Groups", matrix], ["mandates", "Mandates", mandates], ["dates", "Dates", dates],
  ["sdgs", "SDGs", goalsOfTheNations], ["facts", "Facts", allFacts], ["review", "Review", review],
];

function firstTab() {
  return plans.length > 1 && !state.plan ? "groups" : "picture";
}

function drawTab() {
  const tab = TABS.find(([id]) => id === state.tab) ?? TABS[0];
  for (const each of at("tabs").children) {
    const chosen = each.dataset.tab === tab[0];
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
  }
  const panel = at("panel");
  panel.setAttribute("aria-labelledby", `tab-${tab[0]}`);
  panel.className = tab[0];
  if (tab[2]) panel.replaceChildren(...tab[2]());
  else drawPicture();
  panel.scrollTop = 0;
  requestAnimationFrame(showTab); // not now: that would lay the whole page out once more before it is shown
}

/** Bring the name of the view that is open into sight, where there is no room for all names. */
function showTab() {
  at("tabs").querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function startTabs() {
  at("tabs").append(...TABS.map(([id, label]) => {
    const made = button(label, () => change({ tab: id }), { id: `tab-${id}`, role: "tab", "aria-controls": "panel" });
    made.dataset.tab = id;
    return made;
  }));
  at("tabs").addEventListener("keydown", (event) => {
    const list = [...at("tabs").children];
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const next = list[(list.indexOf(document.activeElement) + by + list.length) % list.length];
    next.focus();
    next.click();
    event.preventDefault();
  });
  watch((changed) => {
    const tab = state.tab || firstTab();
    if (changed.has("tab") || changed.has("plan")) return drawTab();
    if (tab !== "picture" && ["classes", "goal", "group", "least"].some((key) => changed.has(key))) drawTab();
  });
}

function drawHeading() {
  const plan = state.plan;
  at("title").replaceChildren(told(plan ? plan.label : plans.length ? plural(plans.length, "plan") : document.title, plan?.lang));
  const owner = plan?.out.find((fact) => fact.property === "owner")?.o?.label;
  const years = ["startYear", "endYear"].map((property) => plan?.out.find((fact) => fact.property === property)?.value).filter((year, i, all) => year && all.indexOf(year) === i).join("–");
  const read = facts.filter((fact) => fact.evidence.length && inPlan(fact.s, plan));
  const quoted = read.reduce((sum, fact) => sum + fact.evidence.length, 0);
  at("subtitle").replaceChildren(owner ? told(owner) : "", [owner && " · ", years && `${years} · `, ...(read.length || plan ? [plural(read.length, "fact"), `, each with its words (${plural(quoted, "quotation")})`] : ["each has a page of its own, with its facts and their words"])].filter(Boolean).join(""));
  if (at("plan").value !== String(plan?.i ?? "")) at("plan").value = String(plan?.i ?? "");
}

function startPlans() {
  if (plans.length < 2) return;
  at("plans").hidden = false;
  at("plan").append(el("option", { value: "" }, `All ${plans.length} plans`), ...plans.map((plan) => el("option", { value: plan.i }, shorten(plan.label, 70))));
  at("plan").addEventListener("change", () => {
    const plan = at("plan").value === "" ? null : nodes[Number(at("plan").value)];
    if (plan && raw.pages[plan.iri]) choose(plan);
    else change({ plan, node: null, evidence: null, many: null, goal: null, group: null });
  });
}

/** Show one part of the page, where there is only room for one. */
function pane(id) {
  document.body.dataset.pane = id;
  for (const each of at("panes").children) {
    if (each.dataset.pane === id) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
  if (id === "views") showTab();
  if (id === "views" && state.tab === "picture") fit();
  if (id === "text") light();
}

// --------------------------------------------------------------------------------------------------
// Files

function save(name, parts, type) {
  const href = URL.createObjectURL(new Blob(parts, { type }));
  el("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).blob();
}
/** A value as a cell: quoted where it must be, and never a formula. */
function cell(value) {
  const text = String(value).replace(/\s+/g, " ");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
function csv() {
  const rows = [["subject", "class", "property", "value", "words", "line", "page", "rule", "confidence", "iri"]];
  for (const fact of shownFacts()) {
    for (const each of fact.evidence.length ? fact.evidence : [null]) {
      rows.push([name(fact.s), fact.s.cls, fact.property, object(fact), each?.exact ?? "", each?.line || "", each?.page || "", each?.rule ?? `given by ${fact.by}`, each?.confidence ?? "", fact.s.iri]);
    }
  }
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
function startSaving() {
  const stem = (state.plan ?? plans[0] ?? { iri: "graph" }).iri.split("/").pop() || "graph";
  const sheet = at("save").querySelector(".sheet");
  const files = { turtle: ["Turtle: the graph", `${stem}.ttl`, "text/turtle"], graphml: ["GraphML: for Gephi", `${stem}.graphml`, "application/graphml+xml"] };
  for (const [key, [label, file, type]] of Object.entries(files)) {
    if (raw.files[key]) sheet.append(button(label, async () => save(file, [await unpacked(raw.files[key])], type)));
  }
  sheet.append(button("CSV: the facts that are shown", () => save(`${stem}.facts.csv`, ["\ufeff", csv()], "text/csv")));
  const text = sources.get(sourceOf(state.plan));
  if (text) sheet.append(button("Text: as it was read", () => save(`${stem}.txt`, [text.text], "text/plain")));
  for (const menu of document.querySelectorAll("details.menu")) {
    document.addEventListener("click", (event) => { if (!event.composedPath().includes(menu)) menu.open = false; });
    menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.firstElementChild.focus(); event.stopPropagation(); } });
  }
}

// --------------------------------------------------------------------------------------------------
// Light and dark, keys

function startTheme() {
  const root = document.documentElement;
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  const show = () => { at("theme").setAttribute("aria-pressed", String(dark())); repaint(); };
  at("theme").addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; show(); });
  show();
}

/** Go on to the next part of the page that is in sight, or back to the one before. */
function nextPart(by) {
  const parts = ["text", "outline", "views", "card"].map(at).filter((part) => part.getClientRects().length);
  const now = parts.findIndex((part) => part.contains(document.activeElement));
  parts[now < 0 ? 0 : (now + by + parts.length) % parts.length].focus();
}

function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "Escape" && !typing) clear();
    else if (event.key === "/" && !typing) at("query").focus();
    else if (event.key === "F6") nextPart(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  });
}

for (const [label, href] of Object.entries(raw.links)) {
  at("places").hidden = false;
  at("places").append(el("a", { href }, label));
}
startText();
startPages();
startOutline();
startCard();
startPicture();
startTabs();
startSearch();
startPlans();
startTheme();
startKeys();
watch((changed) => { if (changed.has("plan")) drawHeading(); });
at("panes").addEventListener("click", (event) => { if (event.target.dataset.pane) pane(event.target.dataset.pane); });
drawHeading();
drawText();
drawOutline();
pane("outline");
recall();
startSaving();
addEventListener("popstate", recall);
addEventListener("hashchange", recall);
document.documentElement.dataset.ready = "true";
