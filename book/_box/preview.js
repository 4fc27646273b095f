// The lines in a box, typeset while they are typed: as the checker read them, where it has.

import { fromAscii } from "./ascii.js";

const ENVIRONMENTS = "equation|align|alignat|gather|multline|eqnarray|flalign|displaymath|math";
const DISPLAY = new RegExp(
  `\\\\begin\\{(${ENVIRONMENTS})(\\*?)\\}([^]*?)\\\\end\\{\\1\\2\\}|\\\\\\[([^]*?)\\\\\\]|\\$\\$([^]*?)\\$\\$`,
  "g",
);
const WRAPPERS = /\\(?:begin|end)\{(?:aligned|split|alignedat|gathered)\}(?:\{\d+\})?/g;
const LABELS = /\\(?:label|tag|intertext|nonumber|notag)\*?(?:\{[^{}]*\})?/g;
const TOKEN = /\\(?:begin|end)\{[A-Za-z]+\*?\}|\\\\\*?(?:\[[^\]]*\])?|\\.|[{}]|[^\\{}]+|\\/gs;
const MOST_ROWS = 60;
const MOST_CHARACTERS = 2000; // of one row
const PAUSE = 150; // milliseconds

/** The rows of a display, split outside braces and inner environments. */
function rowsOf(body) {
  const rows = [""];
  let depth = 0;
  for (const [token] of body.replace(WRAPPERS, "").replace(LABELS, "").matchAll(TOKEN)) {
    if (token.startsWith("\\\\") && depth <= 0) {
      rows.push("");
      continue;
    }
    if (token === "{" || token.startsWith("\\begin{")) depth += 1;
    if (token === "}" || token.startsWith("\\end{")) depth -= 1;
    rows[rows.length - 1] += token;
  }
  return rows;
}

/** The formulas in a text: those of its displays, or else each of its lines. */
export function formulas(text) {
  const shown = [...text.matchAll(DISPLAY)].map((match) => match[3] ?? match[4] ?? match[5]);
  const bodies = shown.length ? shown : text.split("\n");
  const bare = (row) =>
    (row.includes("\\begin{") ? row : row.replace(/(^|[^\\])&/g, "$1 ")).trim().replace(/^\$+|\$+$/g, "");
  return bodies.flatMap(rowsOf).map(bare).filter(Boolean);
}

/** What a line is known by: the checker drops a line's last sign, and where it has room. */
const bone = (line) => line.replace(/\s+/g, "").replace(/[.,;]+$/, "");

const element = (tag, className, text = "") =>
  Object.assign(document.createElement(tag), { className, textContent: text });

/** A formula for MathJax, or, where that would take long, its text. */
function row(latex) {
  if (latex.length > MOST_CHARACTERS) return element("pre", "wg-box-row", latex);
  return element("div", "wg-box-row math mathjax_process", `\\[${latex}\\]`);
}

export class Preview {
  #made = new Map(); // LaTeX -> element, as typeset
  #waiting = null;
  #round = 0;
  #read = new Map(); // line as typed -> LaTeX of it as read

  constructor(place, typeset) {
    Object.assign(this, { place, typeset });
    this.stage = element("div", "wg-box-stage"); // typeset out of sight, then shown at once
    this.stage.setAttribute("aria-hidden", "true");
    place.after(this.stage);
  }

  /** Remember how the checker read some lines; what it could not read has no LaTeX. */
  learn(lines, read) {
    lines.forEach(({ latex }, place) => read[place] && this.#read.set(bone(latex), read[place]));
  }

  show(text) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#update(formulas(text)), PAUSE);
  }

  async #update(all) {
    const mine = (this.#round += 1);
    const wanted = all.slice(0, MOST_ROWS).map((line) => this.#read.get(bone(line)) ?? fromAscii(line));
    const rows = new Map(wanted.map((latex) => [latex, this.#made.get(latex) ?? row(latex)]));
    const fresh = [...rows].filter(([latex]) => !this.#made.has(latex)).map(([, each]) => each);
    this.stage.replaceChildren(...fresh);
    try {
      if (fresh.some((each) => each.localName === "div")) await this.typeset(this.stage);
    } catch {
      // MathJax is not to be had, or gave up: the rows show their LaTeX.
    }
    if (mine !== this.#round) return;
    this.#made = rows;
    this.stage.replaceChildren();
    this.place.replaceChildren(...wanted.map((latex, n) => this.#copy(rows.get(latex), n, wanted)));
    if (all.length > wanted.length) {
      this.place.append(element("p", "wg-box-more", `… and ${all.length - wanted.length} more`));
    }
    this.place.hidden = !wanted.length;
  }

  /** The same formula twice needs two elements. */
  #copy(made, position, wanted) {
    return wanted.indexOf(wanted[position]) === position ? made : made.cloneNode(true);
  }
}
