// What is known of the selection: each fact with the words it was read from, by which rule, and how surely.
const CONTEXT = 32; // letters that stand beside quoted words; fewer only where the text begins or ends
const LIKE = 6; // quotations of one fact that are shown at once

function drawCard() {
  const card = at("card");
  const chosen = state.node || state.many;
  if (!chosen && card.contains(document.activeElement)) at("outline").focus(); // what had the focus goes
  card.hidden = !chosen;
  document.body.classList.toggle("chosen", Boolean(chosen));
  if (!chosen) return card.replaceChildren();
  const close = button("×", clear, { className: "close", "aria-label": "Close" });
  card.replaceChildren(close, ...(state.many ? words(state.many) : about(state.node)));
  card.scrollTop = 0;
  const now = card.querySelector(".now");
  if (now) reveal(now, card);
}

function words(list) {
  const exact = list[0].exact;
  const same = list.every((each) => each.exact === exact);
  return [
    el("h3", {}, same ? told(`“${shorten(exact, 300)}”`) : plural(list.length, "fact")),
    el("ul", { className: "facts" }, list.slice(0, 60).map((each) => el("li", {},
      el("p", { className: "fact" }, button(told(name(each.fact.s), each.fact.s.lang), () => choose(each.fact.s), { className: `chip ${each.fact.s.family}` }),
        ` ${word(each.fact.property)} `, each.fact.o ? button(told(name(each.fact.o), each.fact.o.lang), () => choose(each.fact.o), { className: `chip ${each.fact.o.family}` }) : told(object(each.fact), each.fact.lang)),
      quote(each)))),
    list.length > 60 && el("p", {}, `and ${list.length - 60} more`),
  ].filter(Boolean);
}

function about(node) {
  const part = nodes[node.parent];
  const out = node.out.filter((fact) => !structural(fact.property));
  const parts = node.out.filter((fact) => structural(fact.property) && fact.o);
  const into = node.in.filter((fact) => inPlan(fact.s, state.plan));
  const stating = into.filter((fact) => structural(fact.property));
  const naming = into.filter((fact) => !structural(fact.property));
  return [
    el("p", { className: "kind" }, tag(node), part && [" of ", button(told(name(part), part.lang), () => choose(part), { className: "plain" })],
      el("a", { className: "link", href: linkTo(node), title: "Link to this" }, "#")),
    el("h3", {}, told(called(node), node.lang)),
    node.statement && node.statement !== called(node) && el("p", { className: "statement", dir: "auto", lang: node.lang || null }, node.statement),
    stating.length > 0 && el("section", {}, el("h4", {}, "Read from"), stating.flatMap((fact) => fact.evidence).slice(0, LIKE).map(quote)),
    ...(["StrategicPlan", "PlanElement"].includes(node.family) ? [] : section("What points to it", naming, (fact) => fact.s)),
    ...section("What is said of it", out, (fact) => fact.o),
    parts.length > 0 && el("section", {}, el("h4", {}, "Its parts"), el("p", {}, parts.slice(0, 60).map((fact) => [chip(fact.o), " "]))),
    ...(["StrategicPlan", "PlanElement"].includes(node.family) ? section("What points to it", naming, (fact) => fact.s) : []),
    el("p", { className: "iri" }, el("code", { dir: "ltr" }, node.iri)),
  ].filter(Boolean);
}

function section(title, list, other) {
  if (!list.length) return [];
  const byProperty = new Map();
  for (const fact of list) byProperty.set(fact.property, [...(byProperty.get(fact.property) ?? []), fact]);
  const rank = (property) => ({ extracted: 0, computed: 1, table: 2 })[raw.terms.properties[property]?.[1]] ?? 1;
  return [el("section", {}, el("h4", {}, title), [...byProperty].sort(([a], [b]) => rank(a) - rank(b)).map(([property, found]) => {
    const [, origin = "", , definition = ""] = raw.terms.properties[property] ?? [];
    return el("div", { className: "property" },
      el("h5", { title: definition }, word(property), origin && origin !== "extracted" && el("small", {}, ` ${origin === "table" ? "from a table, not in the text" : origin}`)),
      found.slice(0, 40).map((fact) => el("div", { className: "fact" },
        other(fact) ? chip(other(fact)) : fact.datatype === "iri" && !sdg(fact.value) ? el("code", { dir: "ltr" }, fact.value) : told(object(fact), fact.lang),
        fact.by && el("small", {}, ` given by the ${fact.by}, not in the text`),
        fact.evidence.slice(0, LIKE).map(quote),
        fact.evidence.length > LIKE && el("small", {}, `and ${fact.evidence.length - LIKE} more places`))),
      found.length > 40 && el("p", {}, `and ${found.length - 40} more`));
  }))];
}

/** What stands beside quoted words, on one line, without the word that is broken off there. */
function around(text, broken, sign) {
  const line = text.replace(/\s+/g, " ");
  return text.length < CONTEXT ? line : line.replace(broken, sign);
}

/** The words behind a fact, with a link that leads to them. */
function quote(each) {
  const percent = Math.round(each.confidence * 100);
  const made = el("blockquote", { className: each === state.evidence ? "now" : "" },
    el("p", { dir: "auto" }, el("span", { className: "around" }, around(each.before, /^\S{1,20} /, "… ")),
      el("mark", {}, shorten(each.exact.replace(/\s+/g, " "), 600)), el("span", { className: "around" }, around(each.after, / \S{1,20}$/, " …"))),
    el("footer", {}, button(place(each), () => chooseEvidence(each), { className: "plain" }), " · ", el("code", {}, each.rule), " · ",
      el("meter", { min: 0, max: 1, value: each.confidence, "aria-label": "Confidence" }), ` ${percent} %`,
      el("a", { className: "link", href: linkToFact(each), title: "Link to this fact" }, "#")));
  return made;
}

function startCard() {
  watch((changed) => {
    if (["node", "evidence", "many", "plan"].some((key) => changed.has(key))) drawCard();
  });
}
