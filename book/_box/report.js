// Verdicts as the book shows them. Everything goes in as text; formulas are typeset afterwards.

const MARKS = {
  proved: ["✓", "holds, proved for all sizes", "ok", "wg-holds"],
  agrees: ["≈", "agrees at every point tried, not proved", "agrees", "wg-open"],
  layout: ["⇄", "holds in another layout", "layout", "wg-open"],
  wrong: ["✗", "does not hold", "wrong", "wg-fails"],
  ill_formed: ["✗", "means nothing as it stands", "wrong", "wg-fails"],
  not_understood: ["?", "could not be read", "unread", "wg-open"],
};
const LETTERS = { theta: "\\theta" };
const QUOTED = /(“[^”]*”|`[^`]*`|\$[^$]*\$|\\[A-Za-z]+(?:\{[^{}]*\})*)/;

export const make = (tag, className, ...children) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
};

const inline = (latex) => make("span", "math mathjax_process", `\\(${latex}\\)`);
const display = (latex) => make("div", "math mathjax_process", `\\[${latex}\\]`);
const tag = (words) => make("span", "wg-tag", words);

/** A sentence: `$...$` is a formula, what is quoted and a command are code. */
function prose(sentence) {
  return sentence.split(QUOTED).filter(Boolean).map((part, place, all) => {
    if (all.length > 1 || QUOTED.test(part)) {
      if (/^\$.+\$$/s.test(part)) return inline(part.slice(1, -1));
      if (/^[“`].*[”`]$/s.test(part)) return make("code", "", part.slice(1, -1));
      if (/^\\[A-Za-z]/.test(part)) return make("code", "", part);
    }
    return part;
  });
}

const number = (value) => (typeof value === "number" ? String(Number(value.toPrecision(5))) : `${value}`);

function written(value) {
  if (!Array.isArray(value)) return number(value);
  return value.length === 1 ? written(value[0]) : `(${value.map(written).join(", ")})`;
}

/** Vectors one by one, u_1 = (2, 0.5); everything else as it is. */
function inputs(name, value) {
  const letter = LETTERS[name] ?? name;
  if (!Array.isArray(value) || !Array.isArray(value[0])) return [`${letter}=${written(value)}`];
  return value.map((row, word) => `${letter}_{${word + 1}}=${written(row)}`);
}

function witness({ sizes, indices, inputs: read, component, left, right }, reference) {
  const given = [...Object.entries(sizes), ...Object.entries(indices)].map((pair) => pair.join("="));
  for (const [name, value] of Object.entries(read)) given.push(...inputs(name, value));
  const take = given.flatMap((one) => [inline(one), ", "]).slice(0, -1);
  const entry = component.length ? ["In entry ", inline(component.join(",")), " "] : ["Then "];
  const quantity = reference ? inline(reference) : "the left side";
  const values = [" is ", inline(number(left)), " and the line gives ", inline(number(right)), "."];
  return make("p", "wg-witness", "Take ", ...take, ". ", ...entry, quantity, ...values);
}

function verdict({ status, message, reference }) {
  const [mark, words, , css] = MARKS[status];
  const [said] = message.split("\n");
  const holds = ["proved", "agrees", "layout"].includes(status);
  if (!reference && holds) return make("p", "wg-verdict", make("span", css, `${mark} ${said}`));
  const more = said ? [": ", ...prose(said)] : [];
  return make("p", "wg-verdict", make("span", css, `${mark} ${words}`), ...more);
}

function asRead(line, read) {
  if (read) return display(read);
  const [, ...marked] = line.message.split("\n");
  return make("pre", "wg-typed", marked.join("\n") || line.latex);
}

function judged(line, read) {
  const box = make("div", `wg-line wg-line-${MARKS[line.status][2]}`, asRead(line, read), verdict(line));
  box.dataset.status = line.status;
  if (line.witness) box.append(witness(line.witness, line.reference));
  if (line.slip) {
    const { kind, sentence } = line.slip;
    box.dataset.slip = kind;
    box.append(make("p", "wg-slip", tag("slip"), make("strong", "", `${kind}.`), " ", ...prose(sentence)));
  }
  if (line.repair) {
    box.append(make("p", "wg-head", tag("repaired")), display(`${line.reference} = ${line.repair}`));
  }
  for (const remark of line.remarks) box.append(make("p", "wg-remark", tag("remark"), ...prose(remark)));
  return box;
}

/** One derivation's report; `target` is what the choices say of its target, if it has one. */
export function report(derivation, read, target) {
  const aim = target ? [inline(target.quantity), ` (${target.title})`] : ["your own definitions"];
  // Of the assumptions, those that make a difference to this target.
  const told = Object.entries(derivation.assuming).filter(([key]) => !target || key in target.assuming);
  const given = told.map((pair) => pair.join(": ").replaceAll("_", " "));
  const settings = [`U has one ${derivation.layout.slice(0, -1)} per word`, ...given].join("; ");
  const head = make("p", "wg-assuming", tag("judged against"), ...aim, ". ", tag("assuming"), settings);
  const lines = derivation.lines.map((line, place) => judged(line, read[place]));
  const summary = make("p", "wg-summary", make("strong", "", derivation.summary));
  return make("div", "wg-report", head, ...lines, summary);
}
