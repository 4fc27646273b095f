// Boxes around what changes. A frame, and not a colour alone: full for what is new in the line,
// dashed for what it was made from in the line above.
const SVG = "http://www.w3.org/2000/svg";
// Written out: the site's style sheet keeps the rules whose classes a script names.
const CLASSES = { "wg-new": "wg-box wg-box-new", "wg-old": "wg-box wg-box-old" };
const MARGIN = 90; // thousandths of an em

/** Draw the boxes of one line; `name` is wg-new or wg-old. */
export function frame(line, name) {
  for (const part of line.querySelectorAll(`g.${name}`)) {
    if (!part.getClientRects().length) continue; // in the layout that is not shown
    const { x, y, width, height } = part.getBBox();
    const box = document.createElementNS(SVG, "rect");
    const place = {
      x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN, rx: 120,
    };
    for (const [key, value] of Object.entries(place)) box.setAttribute(key, String(value));
    box.setAttribute("class", CLASSES[name]);
    part.prepend(box);
  }
}

export function unframe(derivation) {
  for (const box of derivation.querySelectorAll("rect.wg-box")) box.remove();
}
