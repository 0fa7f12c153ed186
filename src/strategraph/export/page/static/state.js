// What is chosen: the plan, the view, a node or a fact, and the filters. The address says it after the #.
const state = {
  plan: plans.length === 1 ? plans[0] : null, tab: "", node: null, evidence: null, many: null, whole: false, paper: false,
  classes: new Set(), goal: null, group: null, least: 0,
};
const watchers = [];

function watch(act) {
  watchers.push(act);
}

/** Change what is chosen; `changed` names what did, so that only what shows it is drawn anew. */
function change(values, { keep = false } = {}) {
  const changed = new Set(Object.keys(values).filter((key) => state[key] !== values[key]));
  Object.assign(state, values);
  if (!changed.size) return;
  if (!keep) remember();
  for (const act of watchers) act(changed);
}

function choose(node) {
  if (raw.pages[node.iri]) return location.assign(raw.pages[node.iri]); // a plan with a page of its own
  if (node.family === "StrategicPlan" && plans.length > 1 && state.plan !== node) return change({ plan: node, node, evidence: null, many: null });
  change({ node, evidence: null, many: null });
  say(`${kind(node)}: ${name(node)}`);
}
function chooseEvidence(each) {
  change({ node: each.fact?.s ?? null, evidence: each, many: null });
  if (each.fact) say(sentence(each.fact));
}
function chooseMany(list) {
  if (list.length === 1) return chooseEvidence(list[0]);
  change({ node: null, evidence: null, many: list });
  say(plural(list.length, "fact") + " in these words");
}
function clear() {
  change({ node: null, evidence: null, many: null });
}

/** Tell whether the filters let a node or fact through. */
function passes(node) {
  if (state.classes.has(node.cls)) return false;
  if (state.goal && node.family === "PlanElement" && !within(node, state.goal) && !within(state.goal, node)) return false;
  if (state.group && node.family === "PlanElement" && !reached(state.group).has(node)) return false;
  return true;
}
function passesFact(fact) {
  if (fact.evidence.length && fact.confidence < state.least) return false;
  if (!inPlan(fact.s, state.plan) || !passes(fact.s)) return false;
  return fact.o ? passes(fact.o) : true;
}
let reachedFor = null;
let reachedNodes = new Set();
/** What names a group, and what that is part of. */
function reached(group) {
  if (reachedFor !== group) {
    reachedFor = group;
    reachedNodes = new Set();
    for (const fact of group.in) {
      for (const each of above(fact.s)) reachedNodes.add(each);
    }
  }
  return reachedNodes;
}

function address(values) {
  const said = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value) said.set(key, value);
  return `#${said}`.replaceAll("%2F", "/").replaceAll("%3A", ":");
}
function linkTo(node) {
  return address({ node: node.iri });
}
function linkToFact(each) {
  return address({ fact: each.id });
}
function remember() {
  const hash = address({
    plan: plans.length > 1 ? state.plan?.iri : "",
    tab: state.tab === firstTab() ? "" : state.tab,
    fact: state.evidence?.id,
    node: state.evidence ? "" : state.node?.iri,
    paper: state.paper ? "1" : "",
  });
  if (hash !== location.hash && !(hash === "#" && !location.hash)) history.pushState(null, "", hash);
}
/** Take what the address says; what it names that is not there is passed over. */
function recall() {
  const said = new URLSearchParams(location.hash.slice(1));
  const each = byEvidence.get(said.get("fact") ?? "") ?? null;
  const node = each?.fact?.s ?? byIri.get(said.get("node") ?? "") ?? null;
  let plan = byIri.get(said.get("plan") ?? "");
  if (plan?.family !== "StrategicPlan" || raw.pages[plan.iri]) plan = plans.length === 1 ? plans[0] : null;
  if (!plan && node?.plans.length && !raw.pages[nodes[node.plans[0]].iri]) plan = nodes[node.plans[0]];
  change({ plan, node, evidence: each, many: null, tab: said.get("tab") || firstTab(), paper: said.has("paper") }, { keep: true });
}
