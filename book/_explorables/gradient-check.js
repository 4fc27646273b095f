// Error of a numerical derivative against its step: the central difference has a valley, the
// complex step has none.

import { crossEntropy, crossEntropyGradient } from "../../formulas.js";
import { Explorable, clamp, power, random, set, svg, through } from "./explorable.js";

const WORDS = 5;
const STEPS = [-16, 0]; // powers of ten
const ERRORS = [-17, 1];
const right = (log) => 44 + ((log - STEPS[0]) * 306) / (STEPS[1] - STEPS[0]);
const up = (log) => 206 - ((log - ERRORS[0]) * 194) / (ERRORS[1] - ERRORS[0]);
const raised = (exponent) => power(10 ** exponent).replace("1.0·", "");
/** Where an error is drawn; none at all, and what is not a number, at the edges. */
const height = (error) => up(clamp(Math.log10(error || 10 ** ERRORS[0]), ...ERRORS));

/** Im J(θ + i h e_j) / h for J = log Σ exp(θ) − θ_o, in complex arithmetic. */
function complexStep(scores, outsideIdx, j, h) {
  const top = Math.max(...scores); // a real shift, so that no exponential overflows
  let [real, imaginary] = [0, 0];
  scores.forEach((score, w) => {
    const size = Math.exp(score - top);
    real += size * (w === j ? Math.cos(h) : 1);
    imaginary += size * (w === j ? Math.sin(h) : 0);
  });
  const ofLogarithm = Math.atan2(imaginary, real);
  return (ofLogarithm - (j === outsideIdx ? h : 0)) / h;
}

/** (J(θ + h e_j) − J(θ − h e_j)) / 2h. */
function centralDifference(scores, outsideIdx, j, h) {
  const moved = (by) => scores.map((score, w) => (w === j ? score + by : score));
  const [ahead, behind] = [h, -h].map((by) => crossEntropy(moved(by), outsideIdx));
  return (ahead - behind) / (2 * h);
}

class GradientCheck extends Explorable {
  outsideIdx = 0;
  coordinate = 1;
  log = -4; // of the step, to base ten

  get state() {
    const { scores, outsideIdx, coordinate } = this;
    return { scores: [...scores], outsideIdx, coordinate, ...this.measure(10 ** this.log) };
  }

  /** Both derivatives for a step, and their errors relative to the largest entry. */
  measure(h) {
    const { scores, outsideIdx, coordinate } = this;
    const gradient = crossEntropyGradient(scores, outsideIdx);
    const largest = Math.max(...gradient.map(Math.abs));
    const exact = gradient[coordinate];
    const central = centralDifference(scores, outsideIdx, coordinate, h);
    const complex = complexStep(scores, outsideIdx, coordinate, h);
    const [centralError, complexError] =
      [central, complex].map((each) => Math.abs(each - exact) / largest);
    return { h, exact, central, complex, centralError, complexError };
  }

  another() {
    this.scores = Array.from({ length: WORDS }, () => 4 * this.chance() - 2);
  }

  build() {
    this.chance = random(5);
    this.another();
    this.canvas(360, 244, "Error of two numerical derivatives against the step, on logarithmic axes");
    for (const log of [-16, -12, -8, -4, 0]) {
      this.add(svg("path", { class: "wg-x-grid", d: `M44 ${up(log)}H350M${right(log)} 206V12` }));
      this.text(raised(log), 38, up(log) + 4, { class: "wg-x-end wg-x-faint" });
      this.text(raised(log), right(log), 222, { class: "wg-x-mid wg-x-faint" });
    }
    this.text("step h", 197, 240, { class: "wg-x-mid" });
    this.text("error", 48, 10, { class: "" });
    this.curves = {
      central: this.add(svg("path", { class: "wg-x-line wg-a" })),
      complex: this.add(svg("path", { class: "wg-x-line wg-c" })),
    };
    this.text("central difference", right(-12.5), up(-2), { class: "wg-x-fill wg-a" });
    this.text("complex step", right(-14), up(-15), { class: "wg-x-fill wg-c" });
    this.ruler = this.add(svg("path", { class: "wg-x-dash" }));
    this.other = this.add(svg("circle", { class: "wg-x-fill wg-c", r: 5 }));
    const move = (log) => (this.log = clamp(Math.round(log * 20) / 20, ...STEPS));
    this.grip = this.handle("step h, power of ten", "wg-a", {
      min: STEPS[0], max: STEPS[1],
      drag: (x) => move(((x - 44) * (STEPS[1] - STEPS[0])) / 306 + STEPS[0]),
      nudge: (across, along) => move(this.log + (across + along) * 0.1),
    });
    this.button("Another point", () => this.another());
  }

  draw() {
    const curve = { central: [], complex: [] };
    for (let log = STEPS[0]; log <= STEPS[1]; log += 0.1) {
      const { centralError, complexError } = this.measure(10 ** log);
      curve.central.push([right(log), height(centralError)]);
      curve.complex.push([right(log), height(complexError)]);
    }
    for (const [name, line] of Object.entries(this.curves)) set(line, { d: through(curve[name]) });
    const { h, centralError, complexError } = this.state;
    const x = right(this.log);
    set(this.ruler, { d: `M${x} 206V12` });
    set(this.other, { cx: x, cy: height(complexError) });
    const words = `central difference off by ${power(centralError)}, ` +
      `complex step by ${power(complexError)}`;
    this.put(this.grip, [x, height(centralError)], this.log, `h = ${power(h)}: ${words}`);
    this.readout.textContent = `h = ${power(h)}: ${words}`;
  }
}

customElements.define("wg-gradient-check", GradientCheck);
