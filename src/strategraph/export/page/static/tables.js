// The views beside the picture: who is addressed by what, mandates, dates, the Sustainable Development Goals, all facts.
// How a group is named, by the property that says so: the same sign in every plan.
const MARKS = { addresses: "●", involves: "◐", mentionsGroup: "○" };
const OTHER_MARK = "◇";
const PORTION = 300; // rows shown at once; more on demand, so that the page stays quick

function note(text) {
  return el("p", { className: "note" }, text);
}

/** A table whose rows come in portions. */
function table(caption, heads, rows, className) {
  const body = el("tbody", {});
  let shown = 0;
  const more = button("", add, { className: "more" });
  function add() {
    body.append(...rows.slice(shown, shown + PORTION).map((row) => row()));
    shown = Math.min(shown + PORTION, rows.length);
    more.hidden = shown === rows.length;
    more.textContent = `Show more: ${(rows.length - shown).toLocaleString("en")} rows are left`;
  }
  add();
  return el("div", { className: "table" }, el("table", { className: className ?? "" }, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))), body), more);
}

function matrix() {
  const rows = (state.plan ? aims(state.plan).filter(passes) : plans).map((node) => [node, filtered(named(node, "TargetGroup"))]);
  const rest = state.plan ? otherElements(rows) : [];
  const all = [...rows, ...rest].filter(([, groups]) => groups.size);
  const columns = [...new Set(all.flatMap(([, groups]) => [...groups.keys()]))]
    .filter(passes)
    .map((group) => [group, all.filter(([, groups]) => groups.has(group)).length])
    .sort(([one, n], [other, m]) => m - n || one.label.localeCompare(other.label))
    .map(([group]) => group);
  if (!columns.length) return [note("No group is named by what is shown.")];
  const used = new Set(all.flatMap(([, groups]) => [...groups.values()].flat().map((fact) => fact.property)));
  const roles = [...new Set([...Object.keys(MARKS), ...used])].filter((role) => used.has(role));
  const most = Math.max(...all.flatMap(([, groups]) => [...groups.values()].map((list) => places(list).length)));
  // The longer side goes down, so that names stay level.
  const down = columns.length > all.length;
  const cell = (groups, group) => {
    const list = groups.get(group);
    if (!list) return el("td", {});
    const found = places(list);
    const role = roleOf(list);
    const made = button([el("span", { "aria-hidden": "true" }, MARKS[role] ?? OTHER_MARK), found.length > 1 && el("sup", {}, String(found.length))], () => (found.length ? chooseMany(found) : choose(group)),
      { className: "hit", "aria-label": `${word(role)}: ${plural(found.length, "place")}`, title: inWords(found) });
    return el("td", { className: `level${most < 4 ? found.length : Math.ceil((4 * found.length) / most)}` }, made);
  };
  const made = down
    ? table("Who is named by what", ["Group", ...all.map(([node]) => aside(node))], columns.map((group) => () => el("tr", {}, el("th", { scope: "row" }, aside(group)), all.map(([, groups]) => cell(groups, group)))), "matrix")
    : table("Who is named by what", ["", ...columns.map((group) => aside(group))], all.map(([node, groups]) => () => el("tr", {}, el("th", { scope: "row" }, aside(node)), columns.map((group) => cell(groups, group)))), "matrix");
  const key = el("p", { className: "note" }, roles.map((role) => [el("b", { "aria-hidden": "true" }, MARKS[role] ?? OTHER_MARK), ` ${word(role)}  `]), "· a small number counts the places in the text");
  return [key, made];
}

function filtered(groups) {
  const found = new Map();
  for (const [group, list] of groups) {
    const kept = list.filter((fact) => !fact.evidence.length || fact.confidence >= state.least);
    if (kept.length) found.set(group, kept);
  }
  return found;
}

/** What else at the top of the plan names groups: its vision, its mission. */
function otherElements(rows) {
  const told = new Set(rows.flatMap(([node]) => [...below(node)]));
  return state.plan.children
    .filter((node) => !told.has(node) && passes(node) && ![...below(node)].some((part) => told.has(part)))
    .map((node) => [node, filtered(named(node, "TargetGroup"))])
    .filter(([, groups]) => groups.size)
    .slice(0, 12);
}

function mandates() {
  const list = facts.filter((fact) => fact.o?.family === "Instrument" && ["StrategicPlan", "PlanElement"].includes(fact.s.family) && passesFact(fact));
  const byInstrument = new Map();
  for (const fact of list) byInstrument.set(fact.o, [...(byInstrument.get(fact.o) ?? []), fact]);
  const rank = (found) => Math.min(...found.map((fact) => (fact.property === "adoptedBy" ? 0 : fact.property === "cites" ? 2 : 1)));
  const rows = [...byInstrument].sort(([one, a], [other, b]) => rank(a) - rank(b) || one.label.localeCompare(other.label, "en", { numeric: true }));
  const made = [];
  if (!rows.length) made.push(note("Neither the plan nor its elements name a resolution or other instrument."));
  else {
    made.push(table("Resolutions and other instruments", ["Instrument", "How", "By", "Issued by", "Words"], rows.map(([node, found]) => () => {
      const by = node.out.concat(baseOf(node)).filter((fact) => fact.property === "issuedBy" && fact.o);
      return el("tr", {}, el("td", {}, chip(node)), el("td", {}, [...new Set(found.map((fact) => word(fact.property)))].join(", ")),
        el("td", {}, [...new Set(found.map((fact) => fact.s))].slice(0, 6).map((each) => el("div", {}, aside(each)))),
        el("td", {}, [...new Set(by.map((fact) => fact.o))].map((each) => el("div", {}, aside(each)))), el("td", {}, quotes(places(found))));
    })));
  }
  return [...made, ...provisions()];
}

function aside(node, text = node.title || node.label) {
  return button(told(shorten(text, 80), node.lang), () => choose(node), { className: "plain" });
}

function baseOf(node) {
  return node.out.filter((fact) => fact.property === "revisionOf" && fact.o).flatMap((fact) => fact.o.out);
}

function quotes(list) {
  return list.slice(0, 3).map((each) => el("div", { className: "quoted" }, button(told(`“${shorten(each.exact.replace(/\s+/g, " "), 90)}”`), () => chooseEvidence(each), { className: "plain" }), el("small", {}, ` ${place(each)}`)));
}

/** Nodes of families that have no view of their own, such as the provisions of a resolution, with what is said of them. */
function provisions() {
  const known = new Set(["StrategicPlan", "PlanElement", "TargetGroup", "Theme", "Instrument", "Organization", "Event", "SourceDocument", "Concept", "Activity", "SoftwareAgent"]);
  const byFamily = new Map();
  for (const node of nodes) if (!known.has(node.family) && inPlan(node, state.plan) && passes(node)) byFamily.set(node.family, [...(byFamily.get(node.family) ?? []), node]);
  return [...byFamily].map(([family, list]) => {
    const properties = [...new Set(list.flatMap((node) => node.out.filter((fact) => !structural(fact.property)).map((fact) => fact.property)))].slice(0, 6);
    const name = raw.terms.classes[family]?.[0] ?? kind(list[0]);
    return table(name, [capital(name), ...properties.map(word)], list.map((node) => () => el("tr", {}, el("th", { scope: "row" }, chip(node)),
      properties.map((property) => el("td", {}, node.out.filter((fact) => fact.property === property).map((fact) => [fact.o ? chip(fact.o) : told(object(fact), fact.lang), " "]))))));
  });
}

const DATED = new Set(["gYear", "gYearMonth", "date", "dateTime"]);
function dates() {
  const list = facts.filter((fact) => !fact.o && DATED.has(fact.datatype) && /^-?\d{4}/.test(fact.value) && passesFact(fact) && ["StrategicPlan", "PlanElement"].includes(fact.s.family) | !["Instrument", "Event"].includes(fact.s.family));
  if (!list.length) return [note("Nothing that is shown bears a date.")];
  const years = list.map((fact) => Number(fact.value.slice(0, 4)));
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const spread = Math.max(last - first, 1);
  const line = el("ol", { className: "dates" });
  for (const fact of [...list].sort((a, b) => a.value.localeCompare(b.value))) {
    const bar = el("span", { className: "stem", "aria-hidden": "true" });
    bar.style.insetInlineStart = `${(100 * (Number(fact.value.slice(0, 4)) - first)) / spread}%`;
    line.append(el("li", {}, el("time", {}, fact.value), el("span", { className: "track" }, bar),
      el("span", {}, `${word(fact.property)} · `, chip(fact.s, fact.evidence))));
  }
  return [note(`${first} to ${last}. Dates are those that the graph holds.`), line];
}

function goalsOfTheNations() {
  const found = new Map();
  for (const fact of facts) {
    const goal = !fact.o && sdg(fact.value);
    if (goal && passesFact(fact) && fact.s.family === "PlanElement") found.set(goal.goal, [...(found.get(goal.goal) ?? []), { ...fact, code: goal.code }]);
  }
  if (!found.size) return [note("Nothing that is shown contributes to a Sustainable Development Goal, as far as the graph says.")];
  const count = (list) => new Set(list.map((fact) => fact.s)).size;
  const most = Math.max(...[...found.values()].map(count));
  const rows = [...found].sort(([a], [b]) => a - b).map(([goal, list]) => () => {
    const bar = el("span", { className: "bar-fill", "aria-hidden": "true" });
    bar.style.inlineSize = `${(100 * count(list)) / most}%`;
    const codes = [...new Set(list.map((fact) => fact.code))].filter((code) => code !== String(goal)).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    return el("tr", {}, el("th", { scope: "row" }, `SDG ${goal}`), el("td", { className: "bars" }, el("span", { className: "bar-track" }, bar), ` ${plural(count(list), "element")}`),
      el("td", {}, codes.join(", ")), el("td", {}, [...new Set(list.map((fact) => fact.s))].filter((node) => !PROSE.includes(node.cls)).slice(0, 8).map((node) => [chip(node), " "])));
  });
  return [note("Links with the Sustainable Development Goals are worked out from the themes and groups that an element names, or said by the text; the card of an element tells which."), table("Sustainable Development Goals", ["Goal", "Elements", "Targets", "Among them"], rows)];
}

function allFacts() {
  const list = shownFacts();
  if (!list.length) return [note("No fact passes the filters.")];
  const rows = list.map((fact) => () => el("tr", {}, el("td", {}, aside(fact.s)), el("td", {}, word(fact.property)), el("td", {}, fact.o ? aside(fact.o) : told(object(fact), fact.lang)),
    el("td", {}, quotes(fact.evidence)), el("td", { className: "number" }, fact.evidence.length ? fact.confidence.toFixed(2) : raw.terms.properties[fact.property]?.[1] ?? "")));
  return [note(`${plural(list.length, "fact")} read from the text.`), table("Facts", ["Of", "Property", "Value", "Words", "Sure"], rows)];
}

function shownFacts() {
  return facts.filter((fact) => (fact.evidence.length || fact.by) && passesFact(fact)).sort((a, b) => (a.evidence[0]?.start ?? 0) - (b.evidence[0]?.start ?? 0));
}
