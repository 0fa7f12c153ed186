// The picture: boxes that stand where the layout put them, drawn on a canvas; to be moved, enlarged and chosen from.
const picture = { boxes: [], lines: [], scale: 1, x: 0, y: 0, canvas: null, cells: new Map(), near: null, key: "" };
const CELL = 400; // boxes are looked up by the cells they touch
const READABLE = 0.4; // the scale at which labels can be read without effort
const DENSE = 400; // lines beyond which those that lead out of the picture are only drawn for what is chosen
const SMALLEST = 5; // pixels of letters that can be read
let waiting = false;

function pictureData() {
  const key = state.plan ? String(state.plan.i) : "all";
  const found = raw.pictures[key] ?? Object.values(raw.pictures)[0];
  return (state.whole && found?.whole) || found?.overview || { boxes: [], lines: [] };
}

function hasWhole() {
  const found = raw.pictures[state.plan ? String(state.plan.i) : "all"];
  return Boolean(found?.whole);
}

/** Take the picture of what is chosen, and look up boxes and lines by place. */
function loadPicture() {
  const data = pictureData();
  picture.columns = data.columns === 1;
  picture.boxes = data.boxes.map(([node, x, y, w, h, size, lines], i) => ({ i, node: nodes[node], x, y, w, h, size: Math.abs(size), bold: size < 0, lines, links: [] }));
  picture.lines = data.lines.map(([from, to, iri, count]) => ({ from: picture.boxes[from], to: picture.boxes[to], property: iri.replace(/^.*#/, ""), iri, count }));
  for (const line of picture.lines) {
    line.from.links.push(line);
    line.to.links.push(line);
  }
  picture.cells = new Map();
  for (const box of picture.boxes) {
    for (const cell of cellsOf(box.x - box.w / 2, box.y - box.h / 2, box.x + box.w / 2, box.y + box.h / 2)) {
      picture.cells.set(cell, [...(picture.cells.get(cell) ?? []), box]);
    }
  }
}

function* cellsOf(left, top, right, bottom) {
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) yield `${x}/${y}`;
  }
}

/** Show all of it or, where it would be too small to read, the plan and what stands around it. */
function fit(all = false) {
  const { boxes, canvas } = picture;
  if (!boxes.length || !canvas) return;
  const left = Math.min(...boxes.map((b) => b.x - b.w / 2)) - (picture.columns ? 50 : 0), right = Math.max(...boxes.map((b) => b.x + b.w / 2));
  const top = Math.min(...boxes.map((b) => b.y - b.h / 2)), bottom = Math.max(...boxes.map((b) => b.y + b.h / 2));
  const { clientWidth: w, clientHeight: h } = canvas;
  const scale = Math.min((w - 40) / (right - left), (h - 110) / (bottom - top), 1.2);
  const wide = Math.min((w - 40) / (right - left), 1.2);
  const heart = boxes.find((box) => box.node.family === "StrategicPlan") ?? boxes[0];
  [picture.scale, picture.x, picture.y] = [scale, (left + right) / 2, (top + bottom) / 2];
  if (!all && scale < READABLE) {
    // What is too high is shown from its top, if it is then wide enough to be read; else what is around the plan.
    picture.scale = wide >= READABLE ? Math.min(wide, 0.9) : picture.columns ? READABLE : 0.6;
    if (!picture.columns) [picture.x, picture.y] = [heart.x, heart.y];
    else {
      const near = heart.y + heart.h / 2 - top < (h - 100) / picture.scale; // the plan is seen from the top
      const first = wide >= READABLE || near ? top : Math.max(heart.y - heart.h / 2, top);
      if (wide < READABLE) picture.x = left + w / 2 / picture.scale;
      picture.y = first + (h / 2 - 50) / picture.scale;
    }
  }
  repaint();
}

function repaint() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    if (picture.canvas?.isConnected) paint();
  });
}

const palette = { at: "" };
/** The colours of the style sheet, and those of each class mixed into them. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  const key = document.documentElement.dataset.theme + matchMedia("(prefers-color-scheme: dark)").matches;
  if (palette.at === key) return palette;
  const hex = (name) => style.getPropertyValue(name).trim();
  Object.assign(palette, { at: key, paper: hex("--paper"), ink: hex("--ink"), line: hex("--line"), accent: hex("--accent"), dark: hex("--dark") === "1", by: {} });
  for (const [cls, row] of Object.entries(classes)) {
    palette.by[cls] = { fill: mixed(row[2], palette.paper, palette.dark ? 0.24 : 0.2), edge: mixed(row[2], palette.paper, palette.dark ? 0.75 : 0.9), line: mixed(row[2], palette.paper, palette.dark ? 0.5 : 0.55) };
  }
  return palette;
}
function mixed(one, other, share) {
  const part = (text, i) => parseInt(text.slice(1 + 2 * i, 3 + 2 * i), 16);
  const made = [0, 1, 2].map((i) => Math.round(part(one, i) * share + part(other, i) * (1 - share)));
  return `rgb(${made})`;
}

/** The boxes that the selection is about, with what they are linked to; null where nothing is chosen. */
function nearby() {
  const wanted = new Set();
  const ends = state.evidence?.fact ? [state.evidence.fact.s, state.evidence.fact.o] : state.many ? state.many.flatMap((each) => [each.fact.s, each.fact.o]) : [state.node];
  const shown = new Map(picture.boxes.map((box) => [box.node, box]));
  for (const end of ends) {
    // What the picture leaves out is told of by what it is part of.
    const standing = [...above(end)].find((each) => shown.has(each));
    if (standing) wanted.add(shown.get(standing));
  }
  if (!wanted.size) return null;
  const around = new Set(wanted);
  for (const box of wanted) if (wanted.size < 8) for (const line of box.links) around.add(line.from).add(line.to);
  return { wanted, around };
}

function paint() {
  const { canvas, scale } = picture;
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const [w, h] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(h * ratio)) {
    canvas.width = Math.round(w * ratio);
    canvas.height = Math.round(h * ratio);
  }
  const pen = canvas.getContext("2d");
  const colour = colours();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = colour.paper;
  pen.fillRect(0, 0, w, h);
  pen.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * (w / 2 - picture.x * scale), ratio * (h / 2 - picture.y * scale));
  const view = { left: picture.x - w / 2 / scale, right: picture.x + w / 2 / scale, top: picture.y - h / 2 / scale, bottom: picture.y + h / 2 / scale };
  const near = (picture.near = nearby());
  const hidden = (box) => !passes(box.node) && box.node.family !== "StrategicPlan";
  const faded = (box) => near && !near.around.has(box);
  const inside = (box) => box.x + box.w / 2 > view.left && box.x - box.w / 2 < view.right && box.y + box.h / 2 > view.top && box.y - box.h / 2 < view.bottom;
  const dense = picture.lines.length > DENSE;
  for (const line of picture.lines) {
    const { from, to } = line;
    if (dense && !(near && (near.wanted.has(from) || near.wanted.has(to))) && !(inside(from) && inside(to))) continue;
    if (hidden(from) || hidden(to)) continue;
    if (Math.max(from.x, to.x) < view.left || Math.min(from.x, to.x) > view.right || Math.max(from.y, to.y) < view.top || Math.min(from.y, to.y) > view.bottom) continue;
    const close = near && (near.wanted.has(from) || near.wanted.has(to));
    pen.globalAlpha = near ? (close ? 1 : 0.08) : 0.8;
    pen.strokeStyle = structural(line.property) ? colour.line : colour.by[to.node.cls].line;
    pen.lineWidth = Math.max(structural(line.property) ? 2 : Math.min(1 + 0.75 * Math.log2(1 + line.count), 5), 0.7 / scale);
    curve(pen, from, to);
  }
  const seen = new Set();
  for (const cell of cellsOf(view.left, view.top, view.right, view.bottom)) for (const box of picture.cells.get(cell) ?? []) seen.add(box);
  for (const box of seen) {
    if (hidden(box)) continue;
    pen.globalAlpha = faded(box) ? 0.25 : 1;
    drawBox(pen, box, colour, near?.wanted.has(box));
  }
  pen.globalAlpha = 1;
}

const INDENT = 30; // as sides.py has it

/**
 * The six points of a line: a straight lead, a curve, a lead; as `course` in sides.py. It leaves and arrives at edges; in
 * columns it passes what stands between at the left, where nothing stands.
 */
function course(start, end) {
  const columns = picture.columns;
  const [first, last] = [start.x - start.w / 2, end.x - end.w / 2];
  if (Math.abs(start.x - end.x) >= (start.w + end.w) / 2) {
    if (start.x > end.x) return course(end, start);
    const gate = columns && last > 0 && start.x < 0 ? 0 : last;
    const right = start.x + start.w / 2;
    const middle = (right + gate) / 2;
    return [right, start.y, right, start.y, middle, start.y, middle, end.y, gate, end.y, last, end.y];
  }
  if (columns && Math.abs(first - last) > INDENT / 4) {
    if (first > last) return course(end, start);
    const [x, bottom] = [first + 0.4 * INDENT, start.y + start.h / 2];
    return [x, bottom, x, bottom, x, end.y, x, end.y, last, end.y, last, end.y];
  }
  if (columns) {
    const x = Math.min(first, last) - 60 - Math.max(first, last, 0);
    return [first, start.y, first, start.y, x, start.y, x, end.y, last, end.y, last, end.y];
  }
  const down = Math.sign(end.y - start.y) / 2;
  const [here, there] = [start.y + down * start.h, end.y - down * end.h];
  const middle = (here + there) / 2;
  return [start.x, here, start.x, here, start.x, middle, end.x, middle, end.x, there, end.x, there];
}

function curve(pen, from, to) {
  const points = course(from, to);
  pen.beginPath();
  pen.moveTo(points[0], points[1]);
  pen.lineTo(points[2], points[3]);
  pen.bezierCurveTo(...points.slice(4, 10));
  pen.lineTo(points[10], points[11]);
  pen.stroke();
}

function drawBox(pen, box, colour, chosen) {
  const { scale } = picture;
  const [x, y] = [box.x - box.w / 2, box.y - box.h / 2];
  const own = colour.by[box.node.cls];
  pen.beginPath();
  if (scale < 0.12) pen.rect(x, y, box.w, box.h);
  else pen.roundRect(x, y, box.w, box.h, 9);
  pen.fillStyle = colour.paper;
  if (pen.globalAlpha < 1) pen.fill();
  pen.fillStyle = scale * box.size < SMALLEST ? own.line : own.fill;
  pen.fill();
  if (scale * box.size < SMALLEST && !chosen) return;
  pen.strokeStyle = chosen ? colour.accent : own.edge;
  pen.lineWidth = chosen ? Math.max(3.5, 2.5 / scale) : 1.25;
  pen.stroke();
  if (scale * box.size < SMALLEST) return;
  pen.fillStyle = colour.ink;
  pen.font = `${box.bold ? "600 " : ""}${box.size}px system-ui, "Liberation Sans", Arial, sans-serif`;
  const rtl = direction(box.node.lang) === "rtl" || /^[^A-Za-z\u00c0-\u024f]*[\u0590-\u08ff]/.test(box.lines[0]);
  const start = picture.columns && box.node.family === "PlanElement";
  pen.textAlign = start ? "start" : "center";
  pen.textBaseline = "middle";
  pen.direction = rtl ? "rtl" : "ltr";
  const from = !start ? box.x : rtl ? x + box.w - 11 : x + 11;
  box.lines.forEach((line, i) => pen.fillText(clean(line), from, box.y + (i - (box.lines.length - 1) / 2) * box.size * 1.3, box.w - 8));
}

// --------------------------------------------------------------------------------------------------
// Moving, enlarging, choosing

function boxAt(event) {
  const frame = picture.canvas.getBoundingClientRect();
  const x = picture.x + (event.clientX - frame.left - frame.width / 2) / picture.scale;
  const y = picture.y + (event.clientY - frame.top - frame.height / 2) / picture.scale;
  const spare = 4 / picture.scale;
  const inside = (box) => Math.abs(box.x - x) <= box.w / 2 + spare && Math.abs(box.y - y) <= box.h / 2 + spare;
  for (const cell of cellsOf(x, y, x, y)) for (const box of picture.cells.get(cell) ?? []) if (inside(box) && passes(box.node)) return box;
  return null;
}

/** The line nearest to the pointer, if it is near enough to be meant. */
function lineAt(event) {
  const frame = picture.canvas.getBoundingClientRect();
  const x = picture.x + (event.clientX - frame.left - frame.width / 2) / picture.scale;
  const y = picture.y + (event.clientY - frame.top - frame.height / 2) / picture.scale;
  let found = null, least = 6 / picture.scale;
  for (const line of picture.lines) {
    if (!passes(line.from.node) || !passes(line.to.node)) continue;
    const [x0, y0, x1, y1, x2, y2, x3, y3] = course(line.from, line.to).slice(2, 10);
    for (let t = 0; t <= 1; t += 0.03) {
      const s = 1 - t; // a Bézier curve
      const px = s ** 3 * x0 + 3 * s * s * t * x1 + 3 * s * t * t * x2 + t ** 3 * x3;
      const py = s ** 3 * y0 + 3 * s * s * t * y1 + 3 * s * t * t * y2 + t ** 3 * y3;
      const far = Math.hypot(px - x, py - y);
      if (far < least) [found, least] = [line, far];
    }
  }
  return found;
}

/** The evidence for a line: for what its end says, or what is part of it and not drawn. */
function evidenceOf(line) {
  const list = [...below(line.from.node)].flatMap((part) => part.out).filter((fact) => fact.o === line.to.node && (fact.property === line.property || fact.property === line.iri));
  return places(list);
}

function enlarge(by, event) {
  const next = Math.min(Math.max(picture.scale * by, 0.02), 4);
  if (event) {
    const frame = picture.canvas.getBoundingClientRect();
    const dx = event.clientX - frame.left - frame.width / 2, dy = event.clientY - frame.top - frame.height / 2;
    picture.x += dx / picture.scale - dx / next;
    picture.y += dy / picture.scale - dy / next;
  }
  picture.scale = next;
  picture.moved = true;
  repaint();
}

/** Go to the nearest box in a direction. */
function moveTo(dx, dy) {
  const from = picture.near ? [...picture.near.wanted][0] : null;
  const start = from ?? picture.boxes.find((box) => box.node.family === "StrategicPlan") ?? picture.boxes[0];
  if (!from) return start && choose(start.node);
  let best = null, least = Infinity;
  for (const box of picture.boxes) {
    if (box === start || !passes(box.node)) continue;
    const along = (box.x - start.x) * dx + (box.y - start.y) * dy;
    const across = Math.abs((box.x - start.x) * dy) + Math.abs((box.y - start.y) * dx);
    if (along > 1 && along + 2 * across < least) [best, least] = [box, along + 2 * across];
  }
  if (best) choose(best.node);
}

/** Bring the chosen box into the picture, if it is out of it. */
function follow() {
  if (!picture.moved) fit();
  const box = nearby()?.wanted.values().next().value;
  if (!box || !picture.canvas?.isConnected) return;
  const w = picture.canvas.clientWidth / picture.scale / 2, h = picture.canvas.clientHeight / picture.scale / 2;
  if (Math.abs(box.x - picture.x) > w - box.w / 2) picture.x = box.x;
  if (Math.abs(box.y - picture.y) > h - box.h / 2) picture.y = box.y;
}

function drawPicture() {
  const key = `${state.plan?.i ?? "all"}/${state.whole}`;
  if (picture.key !== key) {
    loadPicture();
    picture.key = key;
  }
  const canvas = el("canvas", { "aria-hidden": "true" });
  const box = el("div", { className: "stage", tabIndex: 0, role: "application", "aria-label": `Picture of ${plural(picture.boxes.length, "node")}. Arrow keys move from one to the next, plus and minus enlarge, 0 shows all. The outline says the same in words.` }, canvas);
  const whole = hasWhole() && el("label", { className: "check" }, toggle(), " Everything");
  const tools = el("div", { className: "tools" }, whole, button("−", () => enlarge(1 / 1.3), { "aria-label": "Smaller" }), button("+", () => enlarge(1.3), { "aria-label": "Larger" }), button("All", () => fit(true), { "aria-label": "Show all" }));
  picture.canvas = canvas;
  at("panel").replaceChildren(box, tools, legend());
  handle(box, canvas);
  picture.moved = false;
  new ResizeObserver(() => { follow(); repaint(); }).observe(canvas); // the card takes room when something is chosen
}

function toggle() {
  const made = el("input", { type: "checkbox", checked: state.whole });
  made.addEventListener("change", () => { change({ whole: made.checked }, { keep: true }); drawPicture(); at("panel").querySelector(".tools input")?.focus(); });
  return made;
}

function legend() {
  const present = [...new Set(picture.boxes.map((box) => box.node.cls))];
  return el("ul", { className: "legend", "aria-label": "Colours" }, present.map((cls) => el("li", { className: classes[cls][1] }, swatch(cls), classes[cls][0])));
}
function swatch(cls) {
  const made = el("span", { className: "swatch" });
  made.style.backgroundColor = classes[cls][2];
  return made;
}

function handle(box, canvas) {
  const pointers = new Map();
  let moved = 0;
  canvas.addEventListener("pointerdown", (event) => {
    pointers.set(event.pointerId, event);
    canvas.setPointerCapture(event.pointerId);
    moved = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) {
      const over = boxAt(event);
      canvas.style.cursor = over ? "pointer" : "grab";
      canvas.title = over ? clean(`${kind(over.node)}: ${over.node.label}`) : "";
      return;
    }
    const others = [...pointers.values()].filter((other) => other.pointerId !== event.pointerId);
    if (others.length) {
      const far = (one, other) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      enlarge(far(event, others[0]) / far(before, others[0]), event);
    } else {
      picture.moved = true;
      picture.x -= (event.clientX - before.clientX) / picture.scale;
      picture.y -= (event.clientY - before.clientY) / picture.scale;
    }
    moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
    pointers.set(event.pointerId, event);
    repaint();
  });
  const up = (event) => {
    pointers.delete(event.pointerId);
    if (event.type !== "pointerup" || moved > 6) return;
    const hit = boxAt(event);
    if (hit) return choose(hit.node);
    const line = lineAt(event);
    const list = line ? evidenceOf(line) : [];
    if (list.length) chooseMany(list);
    else if (line) choose(line.to.node);
    else clear();
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    enlarge(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 300), event);
  }, { passive: false });
  box.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves[event.key]) moveTo(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") enlarge(1.3);
    else if (event.key === "-") enlarge(1 / 1.3);
    else if (event.key === "0") fit(true);
    else return;
    event.preventDefault();
  });
}

function startPicture() {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  watch((changed) => {
    if (state.tab !== "picture" || changed.has("tab") || changed.has("plan")) return;
    if (["node", "evidence", "many"].some((key) => changed.has(key))) follow();
    repaint();
  });
}
