// What a reader should look at: findings of the shapes, what could not be placed, sentences that gave no fact, doubts.
const DOUBTFUL = 0.7;

function review() {
  const source = sources.get(sourceOf(state.plan));
  const found = (raw.findings.results ?? []).map(([severity, message, node, label, line, exact]) => ({ severity, message, node: nodes[node] ?? null, label, line, exact })).filter((each) => !each.node || inPlan(each.node, state.plan));
  const made = [
    el("h3", {}, "Findings"),
    raw.findings.summary ? el("p", { className: raw.findings.conforms ? "good" : "bad" }, `The shapes (SHACL): ${raw.findings.summary}`) : note("The graph was not held against the shapes for this page."),
    found.length > 0 && el("ul", { className: "findings" }, found.slice(0, 500).map((each) => el("li", {}, el("span", { className: `severity ${each.severity}` }, each.severity), " ", told(each.message), " ",
      each.node ? chip(each.node) : el("code", {}, each.label), each.line > 0 && el("small", {}, ` line ${each.line}`)))),
  ];
  const doubts = facts.filter((fact) => fact.evidence.length && fact.confidence < DOUBTFUL && passesFact(fact));
  made.push(el("h3", {}, `Doubtful: ${plural(doubts.length, "fact")} below ${DOUBTFUL}`),
    doubts.length > 0 && el("ul", { className: "findings" }, doubts.slice(0, 200).map((fact) => el("li", {}, el("small", {}, fact.confidence.toFixed(2)), " ", button(told(sentence(fact)), () => chooseEvidence(fact.evidence[0]), { className: "plain" })))));
  if (!source) return [...made, note("The text does not stand beside the graph, so what gave no fact is not known.")].filter(Boolean);
  made.push(el("h3", {}, `Not placed: ${source.open.length}`), source.open.length ? el("ul", { className: "findings" }, source.open.map((text) => el("li", { dir: "auto" }, text))) : note("Everything that was seen could be placed."));
  made.push(el("h3", {}, source.sentences ? `No fact: ${plural(source.bare.length, "sentence")} of ${source.sentences}` : "No fact"),
    source.sentences ? el("ul", { className: "findings" }, source.bare.slice(0, 500).map(([start, end]) => el("li", { dir: "auto" }, button(shorten(source.text.slice(start, end).replace(/\s+/g, " "), 160), () => goTo(start, end), { className: "plain" }))))
      : note("No coverage stands beside the text (x.coverage.json, which a build writes)."));
  return made.filter(Boolean);
}

/** Show a place in the text that no fact was read from. */
function goTo(start, end) {
  clear();
  drawText();
  const found = covered(start, end);
  for (const span of found) span.element.classList.add("lit");
  if (found.length) reveal(found[0].element, at("words"));
  if (getComputedStyle(at("panes")).display !== "none") pane("text");
}
