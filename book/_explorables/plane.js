// One pair of words in the plane: vectors to drag, gradients as arrows, probabilities as bars.
// An element gives the loss; this gives the picture.

import { Explorable, arrow, clamp, say, set, svg } from "./explorable.js";

const UNIT = 46; // of the picture, for a length of 1
const MIDDLE = [180, 146];
const REACH = [3.6, 2.9]; // how far one can drag
const FLOOR = 366; // where the bars stand
const TALL = 46;
const RATE = 0.2;
const START = { center: [-1.2, -1], words: ["cup", "hot", "rain", "desk"],
  outside: [[2, 0.7], [0.9, 1.8], [-1.9, 0.6], [0.6, -1.7]] };
const SEEN = 0; // the outside word: the first

const place = ([x, y]) => [MIDDLE[0] + UNIT * x, MIDDLE[1] - UNIT * y];
const minus = (a, b, rate = 1) => a.map((each, i) => each - rate * b[i]);
const inside = ([x, y]) => [clamp(x, 8, 352), clamp(y, 8, 286)];
/** The letter v with its index c. */
const centerName = () => svg("tspan", {}, "v", svg("tspan", { dy: 3, "font-size": 9 }, "c"));
const spoken = (vec) => `(${vec.map((each) => say(each)).join(", ")})`;

export class PairStep extends Explorable {
  words = START.words;
  outsideIdx = SEEN;

  /** The loss, its gradients and the probability of each word: for an element to give. */
  evaluate() {
    throw new Error("an element must give its loss");
  }

  get state() {
    const { center, outside, outsideIdx, steps } = this;
    return { center, outside, outsideIdx, steps, ...this.evaluate() };
  }

  reset() {
    this.center = [...START.center];
    this.outside = START.outside.map((vec) => [...vec]);
    this.steps = 0;
  }

  step() {
    const { gradCenter, gradOutside } = this.evaluate();
    this.center = minus(this.center, gradCenter, RATE);
    this.outside = this.outside.map((vec, w) => minus(vec, gradOutside[w], RATE));
    this.steps += 1;
  }

  build() {
    this.reset();
    this.canvas(360, 404, "Vectors of one pair of words in the plane, with their gradients");
    const [x, y] = MIDDLE;
    this.add(svg("path", { class: "wg-x-grid", d: `M8 ${y}H352M${x} 8V284` }));
    this.extra();
    this.grips = this.words.map((word, w) =>
      this.vector(`u of ${word}`, w, word, (vec) => (this.outside[w] = vec)));
    this.grips.push(this.vector("v of tea", this.words.length, centerName(), (vec) => (this.center = vec)));
    this.arrows = this.grips.map((_, w) =>
      this.add(svg("path", { class: `wg-x-line wg-x-arrow ${this.kind(w)}` })));
    this.bars = this.words.map((_, w) => this.bar(w));
    this.button("Take a step", () => this.step());
    this.button("Reset", () => this.reset());
  }

  /** Colours: the outside word, other words, the center vector. */
  kind(w) {
    return w === this.words.length ? "wg-c" : w === SEEN ? "wg-b" : "wg-a";
  }

  /** More shapes under the vectors, if an element has them. */
  extra() {}

  vector(label, w, name, keep) {
    const vec = () => (w < this.words.length ? this.outside[w] : this.center);
    const keepNear = ([x, y]) =>
      keep([clamp(x, -REACH[0], REACH[0]), clamp(y, -REACH[1], REACH[1])]);
    return this.handle(label, this.kind(w), {
      name, min: -REACH[0], max: REACH[0],
      drag: (x, y) => keepNear([(x - MIDDLE[0]) / UNIT, (MIDDLE[1] - y) / UNIT]),
      nudge: (right, up) => keepNear([vec()[0] + right * 0.05, vec()[1] + up * 0.05]),
    });
  }

  bar(w) {
    const [x, width] = [24 + w * 84, 60];
    const frame = { x, y: FLOOR - TALL, width, height: TALL };
    this.add(svg("rect", { class: "wg-x-shade", ...frame }));
    const bar = this.add(svg("rect", { class: `wg-x-fill ${this.kind(w)}`, x, width }));
    const target = this.add(svg("path", { class: "wg-x-line wg-x-target" }));
    const words = this.text("", x + width / 2, FLOOR + 16, { class: "wg-x-mid" });
    const below = this.text("", x + width / 2, FLOOR + 32, { class: "wg-x-mid wg-x-faint" });
    return { bar, target, words, below, x, width };
  }

  /** Target of a word, 1 or 0 or undefined if nothing is asked of it, and a note under its bar. */
  target(w) {
    return { aim: w === SEEN ? 1 : 0, note: w === SEEN ? "observed" : "" };
  }

  draw() {
    const now = this.evaluate();
    const vecs = [...this.outside, this.center];
    [...now.gradOutside, now.gradCenter].forEach((grad, w) => {
      const from = place(vecs[w]);
      set(this.arrows[w], { d: arrow(from, place(minus(vecs[w], grad))) });
      const name = w < this.words.length ? this.words[w] : "center vector of tea";
      // The name stands where the arrow does not go.
      set(this.grips[w].node.lastChild, { y: grad[1] < 0 ? 25 : -13 });
      this.put(this.grips[w], inside(from), vecs[w][0], `${name} at ${spoken(vecs[w])}`);
    });
    this.bars.forEach(({ bar, target, words, below, x, width }, w) => {
      const height = TALL * now.probs[w];
      set(bar, { y: FLOOR - height, height });
      const { aim, note } = this.target(w);
      const y = FLOOR - TALL * (aim ?? 0);
      set(target, { d: aim === undefined ? "" : `M${x - 4} ${y}h${width + 8}` });
      words.textContent = `${this.words[w]} ${say(100 * now.probs[w], 0)} %`;
      below.textContent = note;
    });
    this.more?.(now, place);
    const steps = this.steps === 1 ? "1 step" : `${this.steps} steps`;
    this.readout.textContent =
      `loss J = ${say(now.loss, 4)} nats after ${steps}; center vector ${spoken(this.center)}`;
  }
}
