// One derivation: whole or line by line, with shapes, with numbers.
import { frame, unframe } from "./boxes.js";
import { drawing, formsOf, inline } from "./forms.js";

const OFFLINE = "This part could not be loaded. Try again when you are connected.";
const states = new Map(); // tools -> { at, shapes, numbers }; at is null while all is shown
const originals = new WeakMap(); // mjx-container -> its own drawing
let data = null;

const layout = () => document.documentElement.dataset.wgLayout;
const linesOf = (block) => [...block.querySelectorAll(":scope > .wg-step")];

/** What a button, or a key, asks for. */
export async function press(tools, tool) {
  const block = tools.parentElement;
  const state = states.get(tools) ?? { at: null, shapes: false, numbers: false };
  const last = linesOf(block).length - 1;
  if (tool === "shapes" || tool === "numbers") state[tool] = !state[tool];
  else {
    state.at = {
      whole: null,
      step: state.at ?? 0,
      back: Math.max((state.at ?? 0) - 1, 0),
      next: Math.min((state.at ?? -1) + 1, last),
      first: 0,
      last,
    }[tool];
  }
  states.set(tools, state);
  if (!data) show(tools, state, false); // stepping need not wait for the marks
  try {
    data ??= await formsOf(tools);
  } catch {
    tools.querySelector(".wg-said").textContent = OFFLINE;
    tools.classList.add("wg-failed");
    state.shapes = state.numbers = false;
  }
  if (data) tools.classList.remove("wg-failed");
  show(tools, state);
  if (state.at !== null && !["shapes", "numbers"].includes(tool)) follow(block, state.at);
}

document.addEventListener("wg-layout", () => {
  for (const [tools, state] of states) show(tools, state, false);
});

function show(tools, state, speak = true) {
  const block = tools.parentElement;
  const lines = linesOf(block);
  unframe(block);
  if (state.at === null) delete block.dataset.wgAt;
  else block.dataset.wgAt = state.at;
  if (block.matches(".wg-derivation")) {
    lines.forEach((line, at) => showLine(block, line, at, state));
    showGiven(block, state);
  } else {
    showResults(block, state);
  }
  if (data && state.at !== null) {
    frame(lines[state.at], "wg-new");
    if (state.at) frame(lines[state.at - 1], "wg-old");
  }
  markButtons(tools, state, lines.length - 1);
  if (speak && !tools.classList.contains("wg-failed")) say(tools, lines, state);
}

function showLine(block, line, at, { at: current, shapes, numbers }) {
  const stepping = current !== null;
  line.classList.toggle("wg-later", stepping && at > current);
  line.classList.toggle("wg-current", at === current);
  if (at === current) line.setAttribute("aria-current", "step");
  else line.removeAttribute("aria-current");
  const parts = data && partsOf(block);
  for (const formula of line.querySelectorAll(":scope > div.math")) {
    const forms = parts?.[formulaLayout(formula, parts)].lines[at];
    draw(formula, shapes && forms ? forms[1] : stepping && forms ? forms[0] : null, shapes);
  }
  line.querySelector(":scope > .wg-values")?.remove();
  if (numbers && parts) line.append(values((parts[layout()] ?? parts.rows).lines[at]));
}

/** The layout in which a formula is written; one without a twin is the same in both. */
function formulaLayout(formula, parts) {
  if (formula.classList.contains("wg-in-columns")) return "columns";
  if (formula.classList.contains("wg-in-rows") || !parts.columns) return "rows";
  return layout();
}

function partsOf(block) {
  return data.parts[[...block.classList].find((name) => /^wg-(of|ends)-/.test(name))];
}

/** Put the drawing with this number in place of a formula's own; null puts that back. */
function draw(formula, number, shaped = false) {
  const box = formula.querySelector("mjx-container");
  const shown = box.querySelector(":scope > svg");
  if (!originals.has(box)) originals.set(box, shown);
  const own = originals.get(box);
  const wanted = number === null ? own : drawing(data, number);
  if (number !== null && !shaped) wanted.setAttribute("aria-label", own.getAttribute("aria-label"));
  if (wanted !== shown) shown.replaceWith(wanted);
}

function values([, , above, value]) {
  const line = document.createElement("p");
  line.className = "wg-values";
  const left = document.createElement("span");
  left.append("line above: ", inline(data, above));
  const right = document.createElement("span");
  right.append("this line: ", inline(data, value));
  line.append(left, right);
  return line;
}

function showGiven(block, { numbers }) {
  block.querySelector(":scope > .wg-given")?.remove();
  if (!numbers || !data) return;
  const parts = partsOf(block);
  const given = document.createElement("p");
  given.className = "wg-given";
  given.append("Take ");
  const all = (parts[layout()] ?? parts.rows).given;
  all.forEach((number, at) => {
    const piece = document.createElement("span");
    piece.append(inline(data, number), at < all.length - 1 ? ", " : ".");
    given.append(piece, " ");
  });
  block.querySelector(":scope > .wg-tools").after(given);
}

function showResults(block, { shapes }) {
  for (const cell of block.querySelectorAll("[class*='wg-ends-']")) {
    const parts = data && partsOf(cell);
    for (const formula of cell.querySelectorAll(":scope > div.math")) {
      draw(formula, shapes && parts ? parts[formulaLayout(formula, parts)] : null, true);
    }
  }
}

function markButtons(tools, { at, shapes, numbers }, last) {
  const pressed = { whole: at === null, step: at !== null, shapes, numbers };
  for (const [name, value] of Object.entries(pressed)) {
    tools.querySelector(`[data-wg-tool="${name}"]`)?.setAttribute("aria-pressed", String(value));
  }
  const off = { back: at === null || at === 0, next: at === null || at === last };
  for (const [name, value] of Object.entries(off)) {
    const button = tools.querySelector(`[data-wg-tool="${name}"]`);
    if (!button) continue;
    // The focus must not fall out of the page when the last line is reached.
    if (value && document.activeElement === button && at !== null) {
      tools.querySelector(`[data-wg-tool="${name === "next" ? "back" : "next"}"]`).disabled = false;
      tools.querySelector(`[data-wg-tool="${name === "next" ? "back" : "next"}"]`).focus();
    }
    button.disabled = value;
  }
}

function say(tools, lines, { at }) {
  const said = tools.querySelector(".wg-said");
  if (at === null) {
    said.textContent = "";
    return;
  }
  const reasons = [...lines[at].querySelectorAll(":scope > .wg-because")];
  const reason = reasons.find((one) => one.getClientRects().length) ?? reasons[0];
  said.textContent = `Line ${at + 1} of ${lines.length}: ${spoken(reason)}`;
}

/** The words of a reason, its formulas as they are spoken. */
function spoken(reason) {
  const copy = reason.cloneNode(true);
  const hidden = layout() === "columns" ? ".wg-in-rows" : ".wg-in-columns";
  for (const part of copy.querySelectorAll(`.wg-mark, ${hidden}`)) part.remove();
  for (const svg of copy.querySelectorAll("svg[aria-label]")) {
    svg.replaceWith(svg.getAttribute("aria-label"));
  }
  return copy.textContent.trim();
}

function follow(block, at) {
  const line = linesOf(block)[at];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  line.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}
