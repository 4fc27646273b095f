// The other forms of a page's formulas: one file, loaded at the first use.
let sheet = null;

/** Load the file once; a failure may be tried again. A script: a page on disk may not fetch. */
export function formsOf(tools) {
  sheet ??= load(new URL(tools.dataset.wgForms, document.baseURI))
    .then((data) => {
      addGlyphs(data.glyphs);
      return data;
    })
    .catch((error) => {
      sheet = null;
      throw error;
    });
  return sheet;
}

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = () => resolve(window.wgForms);
    script.onerror = () => reject(new Error(address.href));
    script.src = address.href;
    document.head.append(script);
  }).finally(() => document.querySelector(`script[src="${address.href}"]`)?.remove());
}

function addGlyphs(glyphs) {
  const holder = document.createElement("div");
  holder.innerHTML = `<svg class="wg-glyphs" aria-hidden="true" width="0" height="0"><defs>${
    Object.values(glyphs).join("")}</defs></svg>`;
  document.body.append(holder.firstChild);
}

/** The drawing with this number, with its words. */
export function drawing(data, number) {
  const [svg, words] = data.formulas[number];
  const holder = document.createElement("template");
  holder.innerHTML = svg;
  const drawn = holder.content.firstChild;
  drawn.setAttribute("aria-label", words);
  return drawn;
}

/** A formula in the text, as the book's pages have it. */
export function inline(data, number) {
  const box = document.createElement("mjx-container");
  box.className = "MathJax";
  box.setAttribute("jax", "SVG");
  box.append(drawing(data, number));
  const span = document.createElement("span");
  span.className = "math";
  span.append(box);
  return span;
}
