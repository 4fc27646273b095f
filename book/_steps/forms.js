// The other forms of a page's formulas: one file, fetched at the first use.
let sheet = null;

/** Fetch the file once; a failure may be tried again. */
export function formsOf(tools) {
  sheet ??= fetch(new URL(tools.dataset.wgForms, document.baseURI))
    .then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    })
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
