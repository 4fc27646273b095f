// What a cell shows: text, errors, figures, formulas and tables, in place of the stored output.

const MIME_ORDER = ["text/html", "image/svg+xml", "text/latex", "text/markdown", "text/plain"];
const TAGS = new Set(
  (
    "a b br caption code dd details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i li ol p " +
    "pre s section small span strong sub summary sup table tbody td tfoot th thead tr u ul"
  ).split(" "),
);
const ATTRIBUTES = new Set(["class", "colspan", "lang", "role", "rowspan", "scope", "title"]);

const make = (tag, className, ...children) => {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
};

/** Parse HTML and keep only plain markup: nothing that runs, loads or points elsewhere. */
export function cleanHtml(text) {
  const parsed = new DOMParser().parseFromString(text, "text/html");
  const clean = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || !TAGS.has(node.localName)) return "";
    const copy = document.createElement(node.localName);
    for (const { name, value } of node.attributes) {
      if (ATTRIBUTES.has(name)) copy.setAttribute(name, value);
    }
    copy.append(...[...node.childNodes].map(clean));
    return copy;
  };
  const fragment = document.createDocumentFragment();
  fragment.append(...[...parsed.body.childNodes].map(clean));
  return fragment;
}

const textBlock = (className, text) => {
  const pre = make("pre", "", text);
  const block = make("div", `output ${className} notranslate`, make("div", "highlight", pre));
  return { block, pre };
};

/** "$\displaystyle x$" as SymPy writes it, in the form that pages typeset. */
function formula(latex) {
  const bare = latex.trim().replace(/^\$+/, "").replace(/\$+$/, "");
  const inline = /^\$[^$]/.test(latex.trim());
  const math = make(inline ? "span" : "div", "math", inline ? `\\(${bare}\\)` : `\\[${bare}\\]`);
  return make(inline ? "p" : "div", "output text_latex", math);
}

/** The Markdown that cells show without an HTML form of it: paragraphs, code, bold, formulas. */
function markdown(text) {
  const block = make("div", "output text_markdown");
  for (const paragraph of text.trim().split(/\n\s*\n/)) {
    const line = make("p", "");
    for (const part of paragraph.split(/(`[^`]+`|\*\*[^*]+\*\*|\$\$[^$]+\$\$|\$[^$]+\$)/)) {
      if (/^`.+`$/s.test(part)) line.append(make("code", "", part.slice(1, -1)));
      else if (/^\*\*.+\*\*$/s.test(part)) line.append(make("strong", "", part.slice(2, -2)));
      else if (/^\$\$.+\$\$$/s.test(part)) line.append(`\\[${part.slice(2, -2)}\\]`);
      else if (/^\$.+\$$/s.test(part)) line.append(make("span", "math", `\\(${part.slice(1, -1)}\\)`));
      else line.append(part);
    }
    block.append(line);
  }
  return block;
}

export class Output {
  /** @param {object} cell the cell; @param {boolean} shown false keeps what the page has, unless the cell fails */
  constructor(cell, shown) {
    this.cell = cell;
    this.shown = shown && Boolean(cell.box);
    this.stored = cell.box ? [...cell.box.querySelectorAll(".cell_output:not(.wg-live)")] : [];
    this.element = make("div", "cell_output wg-live mathjax_process");
    this.placed = false;
  }

  add({ kind, data }) {
    if (kind === "display") this.element.append(this.render(JSON.parse(data)));
    else this.addText(kind, data);
    if (kind === "error" && this.cell.box) this.shown = true;
    if (this.shown) this.place();
  }

  addText(kind, text) {
    if (this.last?.kind !== kind || this.element.lastChild !== this.last.block) {
      const names = { stdout: "stream", stderr: "stream wg-stderr", error: "wg-error" };
      this.last = { kind, ...textBlock(names[kind], "") };
      this.element.append(this.last.block);
    }
    this.last.pre.append(text);
  }

  render(bundle) {
    const mime = MIME_ORDER.find((name) => bundle[name]);
    const content = bundle[mime];
    if (mime === "text/html") return make("div", "output wg-markup", cleanHtml(content));
    if (mime === "image/svg+xml") return this.figure(content);
    if (mime === "text/latex") return formula(content);
    if (mime === "text/markdown") return markdown(content);
    return textBlock("text_plain", content ?? "").block;
  }

  /** As an image, which runs nothing; with the caption and the description that the page has. */
  figure(svg) {
    const before = this.stored.flatMap((one) => [...one.querySelectorAll("img")]);
    const place = this.element.querySelectorAll("img.wg-figure").length;
    const image = make("img", "wg-figure");
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    image.alt = "Figure made by this cell";
    if (before[place] && !this.cell.edited) image.alt = before[place].alt;
    const caption = before[place]?.closest("figure")?.querySelector("figcaption")?.cloneNode(true);
    if (!caption) return image;
    for (const named of [caption, ...caption.querySelectorAll("[id]")]) named.removeAttribute("id");
    for (const link of caption.querySelectorAll(".headerlink")) link.remove();
    return make("figure", "align-default", image, caption);
  }

  /** Take the place of the stored output, or of an earlier live one. */
  place() {
    if (this.placed) return;
    this.placed = true;
    this.cell.output?.element.remove();
    for (const one of this.stored) one.hidden = true;
    this.cell.box.append(this.element);
    this.cell.output = this;
  }

  async finish() {
    if (!this.shown) return;
    this.place();
    this.element.classList.toggle("wg-empty", !this.element.hasChildNodes());
    if (/\\\(|\\\[/.test(this.element.textContent)) await typeset(this.element);
    for (const box of this.element.querySelectorAll("pre, mjx-container[display='true']")) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0; // a keyboard can scroll it
    }
  }

  /** Bring back the stored output. */
  remove() {
    this.element.remove();
    for (const one of this.stored) one.hidden = false;
    this.cell.output = null;
  }
}

let mathjax;

/** Typeset formulas with the site's MathJax, which is loaded if the page has done without. */
export function typeset(element) {
  mathjax ??= loadMathJax();
  // One after the other: MathJax loses its place when it is asked twice at a time.
  const done = mathjax.then(() => window.MathJax.typesetPromise([element]));
  mathjax = done.catch(() => {});
  return done;
}

async function loadMathJax() {
  const onPage = document.querySelector('script[src*="/mathjax/"]');
  if (!onPage) {
    const { mathjax } = await (await fetch(new URL("manifest.json", import.meta.url))).json();
    const settings = { ...mathjax.settings, ...window.MathJax };
    window.MathJax = { ...settings, startup: { ...settings.startup, typeset: false } };
    const script = document.createElement("script");
    script.src = new URL(mathjax.src, import.meta.url).href;
    const loaded = new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error("MathJax could not be loaded."));
    });
    document.head.append(script);
    await loaded;
  }
  while (!window.MathJax?.startup?.promise) await new Promise((done) => setTimeout(done, 50));
  await window.MathJax.startup.promise;
}
