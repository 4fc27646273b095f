// The softmax of three scores: a point in the triangle of all probabilities, and what the
// temperature does to it.

import { softmax } from "../../formulas.js";
import { Explorable, clamp, say, set, svg, through } from "./explorable.js";

const CORNERS = [[116, 22], [20, 188], [212, 188]]; // certainty of the first, second, third word
const KINDS = ["wg-a", "wg-b", "wg-c"];
const MOST = 4; // a score lies between −4 and 4
const STEP = 0.1;
const RANGE = 3; // temperatures from e⁻³ to e³
const BARS = { left: 262, wide: 80, top: 40, apart: 56 };

/** The point of the triangle that stands for three probabilities. */
const point = (probs) => [0, 1].map((axis) => probs.reduce((sum, p, i) => sum + p * CORNERS[i][axis], 0));

/** The probabilities that a point of the picture stands for, none of them zero. */
function mixture([x, y]) {
  const [[topX, topY], [left, bottom], [right]] = CORNERS;
  const first = (bottom - y) / (bottom - topY);
  const lean = (2 * (x - topX)) / (right - left);
  const probs = [first, (1 - first - lean) / 2, (1 - first + lean) / 2].map((p) => Math.max(p, 1e-3));
  const total = probs.reduce((sum, p) => sum + p);
  return probs.map((p) => p / total);
}

const mean = (values) => values.reduce((sum, value) => sum + value) / values.length;
/** A score that a slider can stand at. */
const score = (x) => clamp(Math.round(x / STEP), -MOST / STEP, MOST / STEP) * STEP;

class Softmax extends Explorable {
  scores = [2, 1, 0];
  temperature = 1;

  get state() {
    const { scores, temperature } = this;
    return { scores: [...scores], temperature, probs: this.at(temperature) };
  }

  at(temperature) {
    return softmax(this.scores.map((score) => score / temperature));
  }

  /** Choose scores, of the same mean, that lead to a point of the picture. */
  aim(place) {
    const logs = mixture(place).map((p) => this.temperature * Math.log(p));
    const shift = mean(this.scores) - mean(logs);
    this.scores = logs.map((log) => score(log + shift));
  }

  /** Change the scores by steps. */
  move(steps) {
    this.scores = this.scores.map((each, i) => score(each + STEP * steps[i]));
  }

  build() {
    this.canvas(360, 216, "The triangle of probabilities of three words, and a bar for each word");
    this.add(svg("path", { class: "wg-x-shade", d: `${through(CORNERS)}Z` }));
    const center = point([1 / 3, 1 / 3, 1 / 3]);
    for (const corner of CORNERS) {
      this.add(svg("path", { class: "wg-x-grid", d: through([center, corner]) }));
    }
    CORNERS.forEach(([x, y], i) => {
      const below = i ? 20 : -8;
      this.text(`word ${i + 1}`, x, y + below, {
        class: `wg-x-fill ${KINDS[i]} ${["wg-x-mid", "", "wg-x-end"][i]}`,
      });
    });
    this.path = this.add(svg("path", { class: "wg-x-line wg-d" }));
    this.point = this.handle("point of probabilities", "wg-d", {
      min: 0, max: 1,
      drag: (x, y) => this.aim([x, y]),
      nudge: (right, up) => this.move([up, -right, right]),
    });
    this.bars = KINDS.map((kind, i) => {
      const y = BARS.top + i * BARS.apart;
      this.add(svg("rect", { class: "wg-x-shade", x: BARS.left, y, width: BARS.wide, height: 18 }));
      const bar = this.add(svg("rect", { class: `wg-x-fill ${kind}`, x: BARS.left, y, height: 18 }));
      const words = this.text("", BARS.left, y - 6);
      return { bar, words };
    });
    this.sliders = this.scores.map((value, i) =>
      this.range(`score θ${"₁₂₃"[i]}`, { min: -MOST, max: MOST, step: STEP, value, show: (x) => say(x, 1) },
        (given) => (this.scores[i] = given)));
    this.range("temperature τ",
      { min: -RANGE, max: RANGE, step: 0.01, value: 0,
        show: (x) => say(Math.exp(x)) },
      (log) => (this.temperature = Math.exp(log)));
  }

  draw() {
    const { probs, scores, temperature } = this.state;
    const walk = Array.from({ length: 61 }, (_, i) => Math.exp(RANGE * (i / 30 - 1)));
    set(this.path, { d: through(walk.map((each) => point(this.at(each)))) });
    this.put(this.point, point(probs), probs[0], `at ${probs.map((p) => say(p, 3)).join(", ")}`);
    this.sliders.forEach(({ input, shown }, i) => {
      input.value = scores[i];
      shown();
    });
    this.bars.forEach(({ bar, words }, i) => {
      set(bar, { width: BARS.wide * probs[i] });
      words.textContent = `ŷ${"₁₂₃"[i]} = ${say(probs[i], 3)}`;
    });
    const listed = (values, digits) => values.map((value) => say(value, digits)).join(", ");
    this.readout.textContent =
      `softmax of (${listed(scores, 1)}) / ${say(temperature)} = (${listed(probs, 4)})`;
  }
}

customElements.define("wg-softmax", Softmax);
