// The text as it was read, with the words that facts were read from.
const blocks = []; // of the text that is shown: where each begins and ends, and its element
let shownSource = -1;
let spans = []; // the pieces of the text, in order: start, end, element
let unplaced = false;

function sourceOf(plan) {
  if (!plan && plans.length > 1) return -1;
  const presents = plan?.in.find((fact) => fact.property === "presents");
  const given = presents?.s.i ?? [...sources.keys()][0] ?? -1;
  return sources.has(given) || presents ? given : -1;
}

function drawText(source = sourceOf(state.plan)) {
  if (source === shownSource && blocks.length) return;
  shownSource = source;
  blocks.length = 0;
  spans = [];
  const held = sources.get(source);
  drawChoice();
  const quotes = evidence.filter((each) => each.source === source && each.fact);
  if (!held) return drawQuotes(quotes);
  const placed = quotes.filter((each) => each.placed).sort((a, b) => a.start - b.start || b.end - a.end);
  const cuts = new Set([0, held.text.length]);
  for (const each of placed) cuts.add(each.start).add(each.end);
  for (const [start, end] of held.bare) cuts.add(start).add(end);
  const made = document.createDocumentFragment();
  const pattern = /[^\n]*\S[^\n]*/g; // a line each, as formats differ in what a blank line is
  const sorted = [...cuts].sort((a, b) => a - b);
  let cut = 0;
  for (let found; (found = pattern.exec(held.text)); ) {
    const [start, end] = [found.index, found.index + found[0].length];
    const apart = /\n[^\S\n]*\n[^\S\n]*$/.test(held.text.slice(Math.max(0, start - 40), start));
    const paragraph = el("p", { dir: "auto", lang: textLanguage(), className: apart ? "apart" : "" });
    while (sorted[cut] <= start) cut++;
    let from = start;
    for (; from < end; ) {
      const to = Math.min(sorted[cut] ?? end, end);
      const piece = el("span", {}, held.text.slice(from, to));
      spans.push({ start: from, end: to, element: piece });
      paragraph.append(piece);
      from = to;
      if (sorted[cut] <= to) cut++;
    }
    blocks.push({ start, end, element: paragraph });
    made.append(paragraph);
  }
  for (const [start, end] of held.bare) for (const span of covered(start, end)) span.element.classList.add("bare");
  for (const each of [...placed].sort((a, b) => b.end - b.start - (a.end - a.start) || COLOURED.indexOf(familyOf(a.fact)) - COLOURED.indexOf(familyOf(b.fact)))) mark(each);
  label(placed);
  if (!held.pages.length && placed.some((each) => each.page)) made.prepend(note("The document that this was read from is not at hand here: page and line tell where words stand in it."));
  at("words").replaceChildren(made);
}

function textLanguage() {
  return state.plan?.lang || null;
}

/** Pieces of the text from one place to another. */
function covered(start, end) {
  let low = 0;
  for (let high = spans.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (spans[middle].end <= start) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (; low < spans.length && spans[low].start < end; low++) found.push(spans[low]);
  return found;
}

/** Of the facts with the same words, the later of these colours them. */
const COLOURED = ["Literal", "Theme", "Organization", "Instrument", "TargetGroup"];
function familyOf(fact) {
  return fact.o?.family ?? (sdg(fact.value) ? "Theme" : "Literal"); // an SDG is read from a theme's words
}

/** Colour the words by what they say: the longest first, so that the most particular wins. */
function mark(each) {
  const family = familyOf(each.fact);
  const part = structural(each.fact.property);
  for (const span of covered(each.start, each.end)) {
    span.quoted = true;
    span.element.className = part ? "part" : `quote ${family}`;
    if (!part) span.particular = true;
  }
}

/** Write in the margin where an element of the plan begins. */
function label(placed) {
  const done = new Set();
  for (const each of placed) {
    const node = each.fact.o;
    if (!structural(each.fact.property) || !node || done.has(node) || ["Commitment", "Purpose"].includes(node.cls)) continue;
    done.add(node);
    const block = blocks.find((one) => one.end > each.start);
    if (!block) continue;
    const text = node.number ? `${kind(node)} ${node.number}` : kind(node);
    const made = button(shorten(text, 22), (event) => { event.stopPropagation(); choose(node); }, { className: "margin", title: node.label, tabIndex: -1 });
    const line = block.element.querySelector(".margins") ?? block.element.insertBefore(el("span", { className: "margins", dir: direction(textLanguage()), "aria-hidden": "true" }), block.element.firstChild);
    line.append(made);
  }
}

/** Without its text, a plan is shown by what was quoted from it, in order. */
function drawQuotes(quotes) {
  const lines = new Map();
  for (const each of quotes.sort((a, b) => a.line - b.line || a.start - b.start)) {
    if (!lines.has(each.exact)) lines.set(each.exact, each);
  }
  at("words").replaceChildren(
    el("p", { className: "note" }, quotes.length
      ? "The text itself does not stand beside the graph, so only the words quoted from it are shown. Keep the .txt that a build writes beside the graph."
      : plans.length > 1 && !state.plan ? "Choose a plan to read its text." : "The graph quotes no text."),
    ...[...lines.values()].slice(0, 2000).map((each) => {
      const made = el("p", { dir: "auto" }, el("small", {}, place(each)), " ", button(each.exact, () => chooseEvidence(each), { className: "plain" }));
      blocks.push({ start: each.start, end: each.end, element: made, each });
      return made;
    }),
  );
}

/** The facts that were read from words between two places, the shortest words first. */
function factsAt(start, end) {
  return evidence
    .filter((each) => each.source === shownSource && each.placed && each.fact && each.start < end && each.end > start)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
}

/** Light up the words of what is chosen, and bring the first of them into sight. */
function light(scroll = true) {
  for (const span of at("words").querySelectorAll(".lit")) span.classList.remove("lit");
  const wanted = state.evidence ? [state.evidence] : state.many ?? wordsOf(state.node);
  if (!wanted.length) return;
  const other = wanted.find((each) => each.source === shownSource) ?? wanted[0];
  if (other.source !== shownSource && sources.has(other.source)) drawText(other.source);
  let first = null;
  for (const each of wanted) {
    if (each.source !== shownSource) continue;
    const found = each.placed ? covered(each.start, each.end) : blocks.filter((block) => block.each?.exact === each.exact);
    for (const span of found) span.element.classList.add("lit");
    if (found.length && (!first || each.start < first.start)) first = { start: each.start, element: found[0].element };
  }
  if (first && scroll) {
    // Once more when what was out of sight has its height.
    const look = () => reveal(first.element, at("words"));
    look();
    requestAnimationFrame(() => { look(); requestAnimationFrame(look); });
  }
}

/** The words behind a node: those that state it, else those that name it. */
function wordsOf(node) {
  if (!node) return [];
  const to = node.in.filter((fact) => inPlan(fact.s, state.plan));
  const stated = to.filter((fact) => structural(fact.property)).flatMap((fact) => fact.evidence);
  if (stated.length) return stated;
  const naming = to.flatMap((fact) => fact.evidence);
  return naming.length ? naming : node.out.filter((fact) => !fact.o || !structural(fact.property)).flatMap((fact) => fact.evidence);
}

/** Scroll no more than the pane itself, and only if the element is out of sight. */
function reveal(element, pane) {
  const inner = element.getBoundingClientRect();
  const outer = pane.getBoundingClientRect();
  if (inner.top < outer.top + 40 || inner.top > outer.bottom - 80) {
    pane.scrollTop += inner.top - outer.top - outer.height / 3;
  }
}

function place(each) {
  return each.page ? `page ${each.page}, line ${each.line}` : `line ${each.line}`;
}

function spanAt(element) {
  const piece = element.closest?.("#words span");
  return piece && spans.find((span) => span.element === piece);
}

/** Choose the words under the pointer, or those that were swept over. */
function takeWords(event) {
  const swept = getSelection();
  if (swept && !swept.isCollapsed && at("words").contains(swept.anchorNode)) {
    const ends = [swept.anchorNode, swept.focusNode].map((end) => spanAt(end.parentElement ?? end)).filter(Boolean);
    if (ends.length === 2) {
      const list = factsAt(Math.min(...ends.map((e) => e.start)), Math.max(...ends.map((e) => e.end)));
      if (list.length) chooseMany(list);
      return;
    }
  }
  const span = spanAt(event.target);
  if (!span) return;
  const list = factsAt(span.start, span.end);
  if (list.length) chooseMany(shortest(list));
  else clear();
}

/** Those of some facts whose words are the shortest: what a word says, rather than the paragraph around it. */
function shortest(list) {
  const length = list[0].end - list[0].start;
  return list.filter((each) => each.end - each.start === length);
}

/** Go to the next or previous words that a fact was read from. */
function step(by) {
  const quoted = spans.filter((span) => span.particular || span.element.className.includes("part"));
  if (!quoted.length) return;
  const now = quoted.findIndex((span) => span.element.classList.contains("lit"));
  const all = quoted.filter((span) => span.element.classList.contains("lit")).length;
  const next = now < 0 ? (by > 0 ? 0 : quoted.length - 1) : (now + (by > 0 ? Math.max(all, 1) : -1) + quoted.length) % quoted.length;
  const list = factsAt(quoted[next].start, quoted[next].end);
  if (list.length) chooseMany(shortest(list));
}

/** Take a key that goes to the next or previous words. */
function stepping(event) {
  const by = { ArrowRight: 1, n: 1, ArrowLeft: -1, p: -1 }[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  step(by);
}

function startText() {
  const words = at("words");
  words.addEventListener("click", takeWords);
  words.addEventListener("keydown", stepping);
  at("paint").addEventListener("change", () => words.classList.toggle("painted", at("paint").checked));
  watch((changed) => {
    if (changed.has("plan")) drawText();
    if (["node", "evidence", "many", "plan"].some((key) => changed.has(key))) light();
  });
}
