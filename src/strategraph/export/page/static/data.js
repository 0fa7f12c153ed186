// Reads the page's data into nodes, facts and evidence that know each other. The rows are those of content.py.
const raw = JSON.parse(at("data").textContent);
const sources = new Map(Object.entries(raw.sources).map(([node, source]) => [Number(node), source]));

const nodes = raw.nodes.map(([iri, cls, parent, plans, label, lang, number, title, statement], i) => ({
  i, iri, cls, parent, plans, label, lang, number, title, statement,
  family: raw.terms.classes[cls][1], out: [], in: [], children: [],
}));
for (const node of nodes) if (node.parent >= 0) nodes[node.parent].children.push(node);

const evidence = raw.evidence.map(([id, source, start, end, line, page, rule, confidence, exact, before, after], i) => {
  const text = start >= 0 ? sources.get(source)?.text : undefined;
  return {
    i, id, source, start, end, line, page, confidence, rule: raw.rules[rule], fact: null, placed: text !== undefined,
    exact: exact ?? text.slice(start, end),
    before: before ?? text.slice(Math.max(0, start - 32), start),
    after: after ?? text.slice(end, end + 32),
  };
});

const facts = raw.facts.map(([s, property, o, first, count, value, lang, datatype, by], i) => {
  const fact = {
    i, s: nodes[s], property, o: o < 0 ? null : nodes[o], value: value ?? "", lang: lang ?? "",
    datatype: datatype ?? "", by: by ?? "", evidence: evidence.slice(first, first + count),
  };
  for (const each of fact.evidence) each.fact = fact;
  fact.confidence = Math.max(0, ...fact.evidence.map((each) => each.confidence));
  fact.s.out.push(fact);
  fact.o?.in.push(fact);
  return fact;
});

const classes = raw.terms.classes;
const plans = nodes.filter((node) => node.family === "StrategicPlan");
const byIri = new Map(nodes.map((node) => [node.iri, node]));
const byEvidence = new Map(evidence.map((each) => [each.id, each]));
const LEFT_TO_RIGHT = new Set(["number", "startYear", "endYear"]);

function word(property) {
  return raw.terms.properties[property]?.[0] ?? property.split(/[/#]/).pop();
}
function structural(property) {
  return raw.terms.properties[property]?.[2] === 1;
}
function kind(node) {
  return classes[node.cls][0];
}
/** A node's name as short as it can be told: its number and title, else its label. */
function name(node) {
  return node.label;
}
/** The words of a fact's other end. */
function object(fact) {
  return fact.o ? name(fact.o) : fact.datatype === "iri" ? sdg(fact.value)?.label ?? fact.value : fact.value;
}
function sentence(fact) {
  return `${name(fact.s)} · ${word(fact.property)} · ${object(fact)}`;
}
/** A node and all that is part of it. */
function* below(node, seen = new Set()) {
  if (seen.has(node)) return;
  seen.add(node);
  yield node;
  for (const child of node.children) yield* below(child, seen);
}
/** A node and all that it is part of, the nearest first. */
function* above(node) {
  for (let each = node, steps = 0; each && steps < 100; each = nodes[each.parent], steps++) yield each;
}
function within(node, whole) {
  for (const each of above(node)) if (each === whole) return true;
  return false;
}
function inPlan(node, plan) {
  return plan === null || node === plan || node.plans.includes(plan.i);
}
/** What a fact or node says of the United Nations' goals: the goal's number and the target's, if it is one. */
function sdg(iri) {
  const found = /^http:\/\/metadata\.un\.org\/sdg\/((\d{1,2})(?:\.[0-9a-z]{1,2}){0,2})$/.exec(iri);
  return found ? { goal: Number(found[2]), code: found[1], label: `SDG ${found[1]}` } : null;
}
const AIMS = ["Goal", "Priority", "Objective", "Outcome", "Action"]; // the first three are what plans call their goals
/** What a plan has for goals: the first of these that it has; those within others only where one holds all. */
function aims(plan) {
  const own = nodes.filter((node) => node.family === "PlanElement" && inPlan(node, plan));
  for (const cls of AIMS) {
    const found = own.filter((node) => node.cls === cls);
    const all = new Set(found);
    const top = found.filter((node) => ![...above(nodes[node.parent])].some((each) => all.has(each)));
    if (found.length) return top.length > 1 ? top : found;
  }
  return own.filter((node) => node.parent === plan?.i);
}
/** The facts that a node or its parts state of nodes of a family, each other end with its facts. */
function named(node, family) {
  const found = new Map();
  for (const part of below(node)) {
    for (const fact of part.out) {
      if (fact.o?.family === family && !structural(fact.property)) {
        found.set(fact.o, [...(found.get(fact.o) ?? []), fact]);
      }
    }
  }
  return found;
}
const FOR = "addresses"; // of all parts that a group has, the one that says whom something is for
/** The part that a group has in some facts: whom it is for, where any of them says so. */
function roleOf(list) {
  return (list.find((fact) => fact.property === FOR) ?? list[0]).property;
}
/** Places in the text for which words stand, each only once: the same words can support several facts. */
function places(list) {
  return [...new Map(list.flatMap((fact) => fact.evidence).map((e) => [`${e.source}/${e.start}/${e.end}/${e.line}/${e.exact}`, e])).values()];
}
