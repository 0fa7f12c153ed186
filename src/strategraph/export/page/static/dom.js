// Makes elements. All that is shown goes through here as text: nothing is ever read as markup.

// Characters that turn the order of letters round or that nobody can see are made harmless, one for one,
// so that places in the text stay what they are.
const OVERRIDES = /[\u202d\u202e]/g;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

function clean(text) {
  return String(text).replace(OVERRIDES, "\u2060").replace(CONTROLS, "\ufffd");
}

/** Return an element: `properties` are set on it, but for `aria-…`, `data-…`, `role` and `for`, its attributes. */
function el(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null) continue;
    if (/^(aria-|data-|role$|for$|colspan$|scope$|lang$|dir$)/.test(key)) made.setAttribute(key, clean(value));
    else made[key] = value;
  }
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    made.append(child instanceof Node ? child : clean(child));
  }
  return made;
}

function at(id) {
  return document.getElementById(id);
}

/** Return a text in its own direction and language, apart from what stands around it. */
function told(text, lang, className) {
  return el("bdi", { lang: lang || null, className: className ?? "" }, text);
}

/** The direction of a language's script. */
function direction(lang) {
  return /^(ar|fa|he|ur|ps|sd|ug|yi|dv|ckb)\b/i.test(lang ?? "") ? "rtl" : "ltr";
}

function button(text, act, properties) {
  const made = el("button", { type: "button", ...properties }, text);
  made.addEventListener("click", act);
  return made;
}

function say(text) {
  at("live").textContent = clean(text);
}

function plural(count, one, many) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many ?? `${one}s`}`;
}

function shorten(text, length) {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}
