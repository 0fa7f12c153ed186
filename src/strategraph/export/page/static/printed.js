// The pages of a source as they are printed: the lines that were read, where they stand, and boxes around what is quoted.
const SVG = "http://www.w3.org/2000/svg";
let sheet = null; // the page that is shown: its place among the pages, its words and their boxes

function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The pages of the source that is shown. */
function pagesShown() {
  return sources.get(shownSource)?.pages ?? [];
}

/** The words of a page: where they stand in the text and on the paper. */
function wordsOfPage([, , , rows]) {
  const found = [];
  for (const [top, height, base, size, first, ...rest] of rows) {
    let end = first;
    for (let i = 0; i < rest.length; i += 4) {
      const start = end + rest[i];
      end = start + rest[i + 1];
      found.push({ start, end, left: rest[i + 2], width: rest[i + 3], top, height, base, size: size / 10, line: rows.length });
    }
  }
  return found;
}

/** The place among the pages of the first that has words of some text on it, -1 where none has. */
function pageWith(start, end, near) {
  const pages = pagesShown();
  const has = (page) => wordsOfPage(page).some((word) => word.start < end && word.end > start);
  const likely = pages.findIndex((page) => page[0] === near);
  return likely >= 0 && has(pages[likely]) ? likely : pages.findIndex(has);
}

function drawSheet(place, list = []) {
  const page = pagesShown()[place];
  if (!page) return at("paper").replaceChildren(note("These words stand on none of the pages that were read."));
  const [number, width, height] = page;
  const text = sources.get(shownSource).text;
  const words = wordsOfPage(page);
  const lit = (word) => list.some((each) => each.start < word.end && each.end > word.start);
  const quoted = words.filter(lit);
  const said = quoted.length ? `, with the words “${shorten(quoted.map((word) => text.slice(word.start, word.end)).join(" "), 200)}” in a box` : "";
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": clean(`Page ${number}${said}`) });
  picture.append(svg("rect", { class: "leaf", width, height }));
  for (const box of boxes(quoted)) picture.append(svg("rect", { class: "box", rx: 2, ...box }));
  for (const word of words) {
    const family = covered(word.start, word.end)[0]?.element.className ?? "";
    if (family.includes("quote")) picture.append(svg("rect", { class: `under ${family.replace(/\b(lit|bare|part)\b/g, "")}`, x: word.left, y: word.base + 1.5, width: word.width, height: 1 }));
    const made = svg("text", { x: word.left + word.width / 2, y: word.base, "font-size": word.size, "text-anchor": "middle", textLength: Math.max(word.width, 1), lengthAdjust: "spacingAndGlyphs" }, clean(text.slice(word.start, word.end)));
    made.word = word;
    picture.append(made);
  }
  picture.addEventListener("click", (event) => {
    const word = event.target.word;
    const found = word ? factsAt(word.start, word.end) : [];
    if (found.length) chooseMany(shortest(found));
    else clear();
  });
  const pages = pagesShown();
  const turn = el("select", { "aria-label": "Page" }, pages.map(([each], i) => el("option", { value: i, selected: i === place }, `Page ${each}`)));
  turn.addEventListener("change", () => turnTo(Number(turn.value)));
  const way = (by, sign, label) => button(sign, () => turnTo(place + by), { "aria-label": label, disabled: !pages[place + by] });
  at("paper").replaceChildren(
    el("div", { className: "turning" }, way(-1, "‹", "Previous page"), turn, el("span", {}, `of ${pages.length}`), way(1, "›", "Next page")),
    picture,
    note("The lines that were read, where they stand on the page. Pictures, and what heads and foots the pages, are not drawn."));
  sheet = { place, box: picture.querySelector(".box") };
}

function turnTo(place) {
  const wanted = chosenWords();
  drawSheet(place, wanted);
  at("paper").scrollTop = 0;
  at("paper").querySelector("select").focus();
}

/** Boxes around words: one for those that follow each other on a line. */
function boxes(words) {
  const found = [];
  for (const word of words) {
    const last = found.at(-1);
    if (last && last.top === word.top && word.left >= last.x && word.left - last.x - last.width < 3 * word.size) last.width = word.left + word.width - last.x;
    else found.push({ x: word.left, y: word.top, width: word.width, height: word.height, top: word.top });
  }
  return found.map(({ x, y, width, height }) => ({ x: x - 1.5, y: y - 0.5, width: width + 3, height: height + 1 }));
}

function chosenWords() {
  return (state.evidence ? [state.evidence] : state.many ?? wordsOf(state.node)).filter((each) => each.source === shownSource && each.placed);
}

/** Show the page with what is chosen, or the one that is open. */
function lightPage() {
  if (!state.paper || !pagesShown().length) return;
  const wanted = chosenWords();
  const first = [...wanted].sort((a, b) => a.start - b.start)[0];
  drawSheet(first ? pageWith(first.start, first.end, first.page) : sheet?.place ?? 0, wanted);
  if (sheet?.box) reveal(sheet.box, at("paper"));
}

/** Let the reader choose between the text and its pages, where there are any. */
function drawChoice() {
  const has = pagesShown().length > 0;
  at("printed").closest("label").hidden = !has;
  at("printed").checked = state.paper;
  at("paper").hidden = !(has && state.paper);
  at("words").hidden = has && state.paper;
  at("paint").closest("label").hidden = has && state.paper;
}

function startPages() {
  at("printed").addEventListener("change", () => change({ paper: at("printed").checked }));
  at("paper").addEventListener("keydown", (event) => {
    if (event.target.tagName !== "SELECT") stepping(event);
  });
  watch((changed) => {
    if (changed.has("plan")) sheet = null;
    if (changed.has("paper")) drawChoice();
    if (changed.has("paper") && !state.paper) light();
    if (["node", "evidence", "many", "plan", "paper"].some((key) => changed.has(key))) lightPage();
  });
}
