// A step on the loss of negative sampling: only the words drawn move, and a word drawn twice moves
// twice as far.

import {
  negativeSamplingGradCenter, negativeSamplingGradOutside, negativeSamplingLoss, sigmoid,
} from "../../formulas.js";
import { html, random } from "./explorable.js";
import { PairStep } from "./plane.js";

const MOST = 8;
const dot = (a, b) => a.reduce((sum, each, i) => sum + each * b[i], 0);

class NegativeStep extends PairStep {
  negatives = [2, 2, 3];

  evaluate() {
    const pair = [this.center, this.outsideIdx, this.outside, this.negatives];
    return {
      negatives: [...this.negatives],
      loss: negativeSamplingLoss(...pair),
      gradCenter: negativeSamplingGradCenter(...pair),
      gradOutside: negativeSamplingGradOutside(...pair),
      probs: this.outside.map((vec) => sigmoid(dot(vec, this.center))),
    };
  }

  build() {
    super.build();
    this.chance = random(1);
    this.button("Draw again", () => this.redraw(this.negatives.length));
    this.number = this.range("negatives K",
      { min: 1, max: MOST, step: 1, value: this.negatives.length },
      (count) => this.redraw(count));
    this.choices = this.words.map((word, w) => this.button("", () => this.choose(w)));
    this.controls.append(html("div", { class: "wg-x-choices", role: "group",
      "aria-label": "How often each word is drawn" }, ...this.choices));
  }

  redraw(count) {
    const draw = () => Math.floor(this.chance() * this.words.length);
    this.negatives = Array.from({ length: count }, draw).sort();
  }

  times(w) {
    return this.negatives.filter((each) => each === w).length;
  }

  /** Draw a word once more; after three times, not at all, unless no negative were left. */
  choose(w) {
    const others = this.negatives.filter((each) => each !== w);
    const next = (this.times(w) + 1) % 4 || (others.length ? 0 : 1);
    const room = Math.min(next, MOST - others.length);
    this.negatives = [...others, ...Array(room).fill(w)].sort();
  }

  target(w) {
    const times = this.times(w);
    const drawn = times ? `drawn ×${times}` : "";
    if (w !== this.outsideIdx) return { aim: times ? 0 : undefined, note: drawn };
    return { aim: 1, note: drawn ? `seen, ×${times}` : "observed" };
  }

  more() {
    this.number.input.value = this.negatives.length;
    this.number.shown();
    this.choices.forEach((button, w) => {
      button.textContent = `${this.words[w]} ×${this.times(w)}`;
    });
  }
}

customElements.define("wg-negative-step", NegativeStep);
