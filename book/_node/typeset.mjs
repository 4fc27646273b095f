// Typeset formulas: TeX in, SVG and spoken English out, no browser needed.
//
// stdin:  {"macros": {...}, "scale": 1.08, "formulas": [{"tex": "...", "display": true}, ...]}
// stdout: {"glyphs": {id: path}, "formulas": [{"svg": "...", "speech": "...", "glyphs": [ids]}
//          or {"error": "..."}]}
// Glyphs are drawn once for each page and used by its formulas, which stay small.

import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(import.meta.url);
const { mathjax } = require("mathjax-full/js/mathjax.js");
const { TeX } = require("mathjax-full/js/input/tex.js");
const { SVG } = require("mathjax-full/js/output/svg.js");
const { liteAdaptor } = require("mathjax-full/js/adaptors/liteAdaptor.js");
const { RegisterHTMLHandler } = require("mathjax-full/js/handlers/html.js");
const { STATE } = require("mathjax-full/js/core/MathItem.js");
const { SerializedMmlVisitor } = require("mathjax-full/js/core/MmlTree/SerializedMmlVisitor.js");
const speech = require("speech-rule-engine");
require("mathjax-full/js/input/tex/AllPackages.js");

// What the browser's copy has loaded or loads by itself; without the two that print errors in red.
const PACKAGES = [
  "base", "ams", "newcommand", "configmacros", "amscd", "bbox", "boldsymbol", "braket", "cancel",
  "cases", "centernot", "color", "enclose", "extpfeil", "gensymb", "html", "textcomp", "unicode",
  "upgreek", "verb",
];
// Attributes of a group that say how it came about, and not how it looks.
const BOOKKEEPING = new Set(["transform", "data-mml-node", "data-mjx-texclass"]);
const IDENTITY = [0, 0, 1, 1]; // x, y, horizontal and vertical scale

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);

/** Read a transform made of translate and scale; null if it is anything else. */
function readTransform(written) {
  let [x, y, across, up] = IDENTITY;
  const rest = (written ?? "").replace(/(translate|scale)\(([^)]*)\)/g, (_, kind, numbers) => {
    const [a, b] = numbers.split(/[\s,]+/).map(Number);
    if (kind === "translate") [x, y] = [x + across * a, y + up * (b || 0)];
    else [across, up] = [across * a, up * (b ?? a)];
    return "";
  });
  return rest.trim() ? null : [x, y, across, up];
}

/** Return the transform that does `inner` first and `outer` after it. */
function combine(outer, inner) {
  return [
    outer[0] + outer[2] * inner[0], outer[1] + outer[3] * inner[1],
    outer[2] * inner[2], outer[3] * inner[3],
  ];
}

function writeTransform([x, y, across, up]) {
  const parts = [];
  if (Math.round(x) || Math.round(y)) parts.push(`translate(${Math.round(x)} ${Math.round(y)})`);
  const scales = [across, up].map((scale) => +scale.toFixed(3));
  if (scales[0] !== 1 || scales[1] !== 1) {
    parts.push(`scale(${scales[0] === scales[1] ? scales[0] : scales.join(" ")})`);
  }
  return parts.length ? ` transform="${parts.join(" ")}"` : "";
}

/** Write `node` without the groups that only mirror the structure of the formula. */
function flatten(node, outer, glyphs) {
  const own = readTransform(adaptor.getAttribute(node, "transform"));
  const kind = adaptor.kind(node);
  if (kind === "g" && own) {
    const kept = adaptor.allAttributes(node).filter(({ name }) => !BOOKKEEPING.has(name));
    const inside = kept.length ? IDENTITY : combine(outer, own);
    const drawn = node.children.map((child) => flatten(child, inside, glyphs)).join("");
    if (!kept.length) return drawn;
    const attributes = kept.map(({ name, value }) => ` ${name}="${value.replace(/"/g, "&quot;")}"`);
    return `<g${writeTransform(combine(outer, own))}${attributes.join("")}>${drawn}</g>`;
  }
  if (kind === "use" && own) {
    const id = adaptor.getAttribute(node, "xlink:href").slice(1);
    glyphs.add(id);
    return `<use href="#${id}"${writeTransform(combine(outer, own))}></use>`;
  }
  for (const [, id] of adaptor.outerHTML(node).matchAll(/xlink:href="#([^"]+)"/g)) glyphs.add(id);
  const raw = adaptor.outerHTML(node).replace(/xlink:href=/g, "href=");
  const moved = writeTransform(outer);
  return moved ? `<g${moved}>${raw}</g>` : raw;
}

/** Return the formula's SVG, in em of the text around it, and the glyphs that it uses. */
function draw(container, emPerEx) {
  const svg = adaptor.firstChild(container);
  const inEm = (length) => `${+(parseFloat(length) * emPerEx).toFixed(3)}em`;
  const glyphs = new Set();
  const drawn = flatten(adaptor.firstChild(svg), IDENTITY, glyphs);
  const [width, height, box] = ["width", "height", "viewBox"].map((name) =>
    adaptor.getAttribute(svg, name));
  const depth = inEm(adaptor.getStyle(svg, "vertical-align"));
  return {
    svg: `<svg width="${inEm(width)}" height="${inEm(height)}" viewBox="${box}" ` +
      `style="vertical-align:${depth}" role="img">${drawn}</svg>`,
    glyphs: [...glyphs],
  };
}

/** Say a transpose as people say it; the speech rules only see a tack in the exponent. */
function say(mathml) {
  return speech.toSpeech(mathml)
    .replace(/ raised to the (normal )?down tack power/g, " transpose")
    .replace(/ super (normal )?down tack/g, " transpose");
}

async function main() {
  const { macros, scale, formulas } = JSON.parse(await text(process.stdin));
  await speech.setupEngine({ locale: "en", domain: "clearspeak", modality: "speech" });
  const input = new TeX({
    packages: PACKAGES,
    macros,
    formatError: (_, error) => { throw new Error(error.message); },
  });
  const output = new SVG({ fontCache: "global" });
  const page = mathjax.document("", { InputJax: input, OutputJax: output });
  const emPerEx = output.font.params.x_height * scale;
  const visitor = new SerializedMmlVisitor();
  const typeset = ({ tex, display }) => {
    try {
      const tree = page.convert(tex, { display, end: STATE.CONVERT });
      const spoken = say(visitor.visitTree(tree));
      return { ...draw(page.convert(tex, { display }), emPerEx), speech: spoken };
    } catch (error) {
      return { error: error.message };
    }
  };
  const done = formulas.map(typeset);
  const glyphs = {};
  for (const path of output.fontCache.getCache().children) {
    glyphs[adaptor.getAttribute(path, "id")] = adaptor.outerHTML(path);
  }
  process.stdout.write(JSON.stringify({ glyphs, formulas: done }));
}

await main();
