// The sigmoid and its slope: a point to move, the tangent there, and where the curve is flat.

import { sigmoid, sigmoidDerivative } from "../../formulas.js";
import { Explorable, clamp, say, set, svg, through } from "./explorable.js";

const REACH = 9; // scores from -9 to 9
const FLAT = 0.01; // below this slope the curve counts as flat
const SAMPLES = 180;
const right = (x) => 180 + (x * 170) / REACH;
const up = (y) => 196 - 170 * y;

/** The score, to the right of 0, where the slope has fallen to FLAT. */
function flatFrom() {
  let [steep, flat] = [0, REACH];
  for (let halvings = 0; halvings < 40; halvings++) {
    const middle = (steep + flat) / 2;
    if (sigmoidDerivative(middle) > FLAT) steep = middle;
    else flat = middle;
  }
  return flat;
}

class Sigmoid extends Explorable {
  x = 1;

  get state() {
    return { x: this.x, value: sigmoid(this.x), slope: sigmoidDerivative(this.x) };
  }

  build() {
    this.canvas(360, 232, "The sigmoid and its slope, with a point that can be moved");
    const edge = flatFrom();
    for (const [from, to] of [[-REACH, -edge], [edge, REACH]]) {
      const box = { x: right(from), y: up(1), width: right(to) - right(from), height: 170 };
      this.add(svg("rect", { class: "wg-x-shade", ...box }));
      this.text("flat", right((from + to) / 2), up(0.5), { class: "wg-x-mid wg-x-faint" });
    }
    for (const y of [0, 0.5, 1]) {
      this.add(svg("path", { class: "wg-x-grid", d: `M10 ${up(y)}H350` }));
      this.text(String(y), right(0) - 6, up(y) - 4, { class: "wg-x-end wg-x-faint" });
    }
    this.add(svg("path", { class: "wg-x-grid", d: `M${right(0)} ${up(0)}V${up(1)}` }));
    for (const x of [-8, -4, 0, 4, 8]) {
      this.text(say(x, 0), right(x), up(0) + 16, { class: "wg-x-mid wg-x-faint" });
    }
    this.text("score x", 180, 229, { class: "wg-x-mid" });
    const curve = (f) =>
      Array.from({ length: SAMPLES + 1 }, (_, at) => {
        const x = -REACH + (2 * REACH * at) / SAMPLES;
        return [right(x), up(f(x))];
      });
    const slope = through(curve(sigmoidDerivative));
    this.add(svg("path", { class: "wg-x-area wg-b", d: `${slope}V${up(0)}H${right(-REACH)}Z` }));
    this.add(svg("path", { class: "wg-x-line wg-b", d: slope }));
    this.add(svg("path", { class: "wg-x-line wg-a", d: through(curve(sigmoid)) }));
    this.text("σ(x)", right(2.7), up(0.85), { class: "wg-x-fill wg-a" });
    this.text("σ′(x)", right(-2.4), up(0.2), { class: "wg-x-fill wg-b wg-x-end" });
    this.stem = this.add(svg("path", { class: "wg-x-dash" }));
    this.tangent = this.add(svg("path", { class: "wg-x-line wg-c" }));
    this.foot = this.add(svg("circle", { class: "wg-x-fill wg-b", r: 5 }));
    const move = (x) => (this.x = clamp(Math.round(x * 20) / 20, -REACH, REACH));
    this.point = this.handle("score x", "wg-c", {
      min: -REACH, max: REACH,
      drag: (x) => move(((x - 180) * REACH) / 170),
      nudge: (across, along) => move(this.x + (across + along) * 0.1),
    });
  }

  draw() {
    const { x, value, slope } = this.state;
    const [px, py] = [right(x), up(value)];
    const [dx, dy] = [170 / REACH, -170 * slope]; // one unit of the score along the tangent
    const half = 60 / Math.hypot(dx, dy);
    const end = (way) => [px + way * half * dx, py + way * half * dy];
    set(this.tangent, { d: through([end(-1), end(1)]) });
    set(this.stem, { d: `M${px} ${py}V${up(0)}` });
    set(this.foot, { cx: px, cy: up(slope) });
    const flat = slope < FLAT ? "flat: hardly any gradient comes through" : "";
    const words = `σ = ${say(value, 4)}, slope ${say(slope, 4)}`;
    this.put(this.point, [px, py], x, `x = ${say(x)}, ${words}${flat && `, ${flat}`}`);
    this.readout.textContent =
      `x = ${say(x)}   σ(x) = ${say(value, 4)}   σ′(x) = ${say(slope, 4)}\n${flat}`;
  }
}

customElements.define("wg-sigmoid", Sigmoid);
