// Between the text and the views: the plan at a glance, and its elements as an outline.
const open = new Set(); // elements whose parts are shown
const PROSE = ["Commitment", "Purpose"];
const MANY = 8; // groups that are named beside an element

function tag(node) {
  return el("span", { className: `tag ${node.family}` }, bare(node) ? "" : kindAndNumber(node));
}
function kindAndNumber(node) {
  return node.number ? `${kind(node)} ${node.number}` : kind(node);
}
/** Whether a node is called nothing but its kind and number: "Mission". */
function bare(node) {
  return node.label.toLowerCase() === kindAndNumber(node).toLowerCase();
}
/** What a node is called where its kind and number stand beside: its title or what it states, as long as it may be. */
function called(node) {
  return node.title || (!bare(node) && node.statement) || node.label;
}

/** A button that chooses a node, or the words that name it; what these say of a group, if not whom it is for, is told. */
function chip(node, list) {
  const role = node.family === "TargetGroup" && list?.length ? roleOf(list.map((each) => each.fact)) : FOR;
  const made = button(told(name(node), node.lang), (event) => {
    event.stopPropagation();
    if (list?.length) chooseMany(list);
    else choose(node);
  }, { className: `chip ${node.family}${role === FOR ? "" : " aside"}`, title: (role === FOR ? "" : `${word(role)}\n`) + (list?.length ? inWords(list) : kind(node)) });
  return made;
}

/** The first of the words that are quoted at some places, each once, a line each. */
function inWords(list) {
  return [...new Set(list.map((each) => `“${shorten(each.exact.replace(/\s+/g, " "), 80)}”`))].slice(0, 4).join("\n");
}

function drawOutline() {
  const pane = at("glance");
  if (!state.plan) {
    pane.replaceChildren(...collection());
    return;
  }
  const top = state.plan.children.filter((node) => shows(node));
  pane.replaceChildren(glance(state.plan), el("ul", { className: "tree" }, top.map((node) => item(node, 0))));
  markChosen();
}

function shows(node) {
  return passes(node) || [...below(node)].some(passes);
}

/** The plan in a few lines: whose it is, for which years, under which resolution, for whom. */
function glance(plan) {
  const rows = [];
  // Each row is a group with a name: a list of descriptions would be read without it from one button to the next.
  const row = (head, ...said) => said.flat().length && rows.push(el("div", { role: "group", "aria-label": head }, el("span", { "aria-hidden": "true" }, head), el("div", {}, ...said)));
  const literal = (property) => plan.out.filter((fact) => fact.property === property);
  const value = (fact) => button(told(fact.value, fact.lang), () => fact.evidence.length ? chooseEvidence(fact.evidence[0]) : choose(plan), { className: "plain" });
  row("Owner", plan.out.filter((fact) => fact.property === "owner").map((fact) => chip(fact.o, fact.evidence)));
  const years = ["startYear", "endYear"].flatMap((property) => literal(property).slice(0, 1));
  if (years.length === 2 && years[0].value === years[1].value) years.pop();
  row("Period", years.map((fact, i) => [i ? " – " : "", value(fact)]));
  const none = (text) => el("span", { className: "count" }, text);
  const few = (list, tab) => [list.slice(0, MANY).map(([node, found]) => chip(node, places(found))),
    list.length > MANY && button(`and ${list.length - MANY} more`, () => change({ tab }), { className: "plain" })];
  const mandates = plan.out.filter((fact) => fact.o?.family === "Instrument" && fact.property !== "cites");
  if (!mandates.length) row("Adopted by", none("none was read"));
  for (const property of new Set(mandates.map((fact) => fact.property))) {
    row(capital(word(property)), mandates.filter((fact) => fact.property === property).map((fact) => chip(fact.o, fact.evidence)));
  }
  const goals = aims(plan);
  if (!AIMS.slice(0, 3).includes(goals[0]?.cls)) row("Goals", none("none was read. "), button("What gave no fact", () => change({ tab: "review" }), { className: "plain" }));
  if (goals.length) {
    const first = goals.slice(0, MANY).map((node) => el("div", { className: "aim" }, node.number && el("small", {}, `${node.number} `), node.number ? aside(node, called(node)) : aside(node)));
    row(capital(plurals(goals[0].cls, 2)), first, goals.length > MANY && el("small", {}, `and ${goals.length - MANY} more, below`));
  }
  const groups = [...named(plan, "TargetGroup")].sort(byCount);
  for (const role of new Set([FOR, ...groups.map(([, found]) => roleOf(found))])) {
    const list = groups.filter(([, found]) => roleOf(found) === role);
    row(role === FOR ? "For" : capital(word(role)), list.length ? few(list, "groups") : none("no group was read"));
  }
  const cited = [...named(plan, "Instrument")].filter(([node]) => !mandates.some((fact) => fact.o === node)).sort(byCount);
  if (cited.length) row("Cites", few(cited, "mandates"));
  const counts = new Map();
  for (const node of below(plan)) if (node !== plan) counts.set(node.cls, (counts.get(node.cls) ?? 0) + 1);
  if (counts.size) row("Holds", el("span", { className: "count" }, [...counts].map(([cls, count]) => `${count} ${plurals(cls, count)}`).join(", ")));
  return el("div", { className: "glance" }, rows);
}

function plurals(cls, count) {
  const label = classes[cls][0].toLowerCase();
  return count === 1 ? label : /y$/.test(label) ? label.replace(/y$/, "ies") : `${label}s`;
}

function byCount([one, facts1], [other, facts2]) {
  return places(facts2).length - places(facts1).length || one.label.localeCompare(other.label);
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function item(node, depth) {
  const parts = node.children.filter((part) => shows(part));
  const many = state.plan.children.length > 40;
  const shown = open.has(node) || (depth < 1 && !many && parts.some((part) => !PROSE.includes(part.cls)) && !open.has(-node.i - 1));
  const list = el("ul", {});
  const made = el("li", { className: `entry ${node.cls}`, dir: direction(node.lang) });
  made.dataset.node = node.i;
  const words = node.statement === called(node) ? "" : node.statement;
  const line = button([
    tag(node), " ", el("strong", {}, told(called(node), node.lang)),
    words && el("span", { className: "words", lang: node.lang || null }, words),
  ], () => choose(node), { className: "line" });
  const groups = [...named(node, "TargetGroup")].filter(([group]) => passes(group)).sort(byCount);
  const mandates = [...named(node, "Instrument")].filter(([each]) => passes(each));
  const said = el("div", { className: "said", role: "group", "aria-label": "Named by it" },
    groups.slice(0, MANY).map(([group, found]) => chip(group, places(found))),
    groups.length > MANY && el("small", {}, `+${groups.length - MANY}`),
    mandates.slice(0, 4).map(([each, found]) => chip(each, places(found))));
  made.append(line);
  if (groups.length || mandates.length) made.append(said);
  if (parts.length) {
    const count = new Map();
    for (const part of parts) count.set(part.cls, (count.get(part.cls) ?? 0) + 1);
    const text = [...count].map(([cls, n]) => `${n} ${plurals(cls, n)}`).join(", ");
    const twist = button(text, () => {
      const now = twist.getAttribute("aria-expanded") !== "true";
      if (now) { open.add(node); open.delete(-node.i - 1); } else { open.delete(node); open.add(-node.i - 1); }
      twist.setAttribute("aria-expanded", String(now));
      list.hidden = !now;
      if (now && !list.firstChild) list.append(...parts.map((part) => item(part, depth + 1)));
    }, { className: "twist", "aria-expanded": String(shown) });
    list.hidden = !shown;
    if (shown) list.append(...parts.map((part) => item(part, depth + 1)));
    made.append(twist, list);
  }
  return made;
}

/** Several plans: what each is and holds. */
function collection() {
  const rows = plans.map((plan) => {
    const literal = (property) => plan.out.find((fact) => fact.property === property)?.value ?? "";
    const mandate = plan.out.find((fact) => fact.property === "adoptedBy")?.o;
    const years = [...new Set([literal("startYear"), literal("endYear")])].filter(Boolean).join("–");
    const about_ = [
      el("strong", {}, told(plan.label, plan.lang)),
      el("span", { className: "words" },
        [plan.out.find((fact) => fact.property === "owner")?.o?.label, years, mandate?.label, plan.children.length > 0 && plural([...below(plan)].length - 1, "element")]
          .filter(Boolean).flatMap((text, i) => [i > 0 && " · ", told(text)])),
    ];
    const page = raw.pages[plan.iri];
    if (page) return el("li", {}, el("a", { className: "line", href: page }, about_));
    return el("li", {}, button(about_, () => change({ plan, node: null, evidence: null, many: null, tab: "picture" }), { className: "line" }));
  });
  return [el("p", { className: "note" }, `${plural(plans.length, "plan")} in this collection.`), el("ul", { className: "tree" }, rows)];
}

/** Mark what is chosen in the outline, opening what it is in. */
function markChosen() {
  const pane = at("glance");
  for (const each of pane.querySelectorAll("[aria-current]")) each.removeAttribute("aria-current");
  let node = state.evidence?.fact?.o?.family === "PlanElement" ? state.evidence.fact.o : state.node ?? state.many?.[0]?.fact?.s;
  if (!node || !state.plan) return;
  let found = null;
  for (const each of [...above(node)].reverse()) {
    const entry = pane.querySelector(`[data-node="${each.i}"]`);
    if (!entry) continue;
    found = entry;
    if (each !== node) {
      const twist = entry.querySelector(":scope > .twist[aria-expanded=false]");
      if (twist && !PROSE.includes(node.cls)) twist.click();
    }
  }
  const line = found?.querySelector(":scope > .line");
  if (line) {
    line.setAttribute("aria-current", "true");
    reveal(line, pane);
  }
}

// --------------------------------------------------------------------------------------------------
// Filters

function drawFilters() {
  const sheet = at("filters").querySelector("form");
  const present = [...new Set(nodes.filter((node) => inPlan(node, state.plan)).map((node) => node.cls))];
  const select = (label, key, list) => {
    const made = el("select", {}, el("option", { value: "" }, "all"), list.map((node) => el("option", { value: node.i, selected: state[key] === node }, shorten(node.label, 60))));
    made.addEventListener("change", () => change({ [key]: made.value === "" ? null : nodes[Number(made.value)] }, { keep: true }));
    return el("label", {}, label, made);
  };
  const range = el("input", { type: "range", min: 0, max: 1, step: 0.05, value: state.least });
  const shown = el("output", {}, state.least.toFixed(2));
  range.addEventListener("input", () => { shown.textContent = Number(range.value).toFixed(2); });
  range.addEventListener("change", () => change({ least: Number(range.value) }, { keep: true }));
  const groups = nodes.filter((node) => node.family === "TargetGroup" && node.in.length && inPlan(node, state.plan));
  sheet.replaceChildren(
    el("fieldset", {}, el("legend", {}, "Show"), present.map((cls) => {
      const box = el("input", { type: "checkbox", checked: !state.classes.has(cls) });
      box.addEventListener("change", () => {
        const off = new Set(state.classes);
        if (box.checked) off.delete(cls);
        else off.add(cls);
        change({ classes: off }, { keep: true });
      });
      return el("label", { className: "check" }, box, " ", classes[cls][0]);
    })),
    state.plan ? select("Within", "goal", aims(state.plan)) : null,
    select("For the group", "group", groups),
    el("label", {}, "Confidence at least ", shown, range),
    button("Clear", () => { change({ classes: new Set(), goal: null, group: null, least: 0 }, { keep: true }); drawFilters(); }),
  );
}

function startOutline() {
  at("filters").addEventListener("toggle", () => at("filters").open && drawFilters());
  at("filters").querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  watch((changed) => {
    if (["plan", "classes", "goal", "group"].some((key) => changed.has(key))) drawOutline();
    else if (["node", "evidence", "many"].some((key) => changed.has(key))) markChosen();
    const count = state.classes.size + Boolean(state.goal) + Boolean(state.group) + Boolean(state.least);
    at("filtered").textContent = count ? ` (${count})` : "";
  });
}
