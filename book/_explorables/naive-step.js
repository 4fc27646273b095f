// A step on the naive softmax loss: the center vector goes from what was expected to what was
// observed, the outside vectors towards it or away from it.

import {
  naiveSoftmaxGradCenter, naiveSoftmaxGradOutside, naiveSoftmaxLoss, softmax,
} from "../../formulas.js";
import { set, svg } from "./explorable.js";
import { PairStep } from "./plane.js";

const dot = (a, b) => a.reduce((sum, each, i) => sum + each * b[i], 0);

class NaiveStep extends PairStep {
  evaluate() {
    const pair = [this.center, this.outsideIdx, this.outside];
    return {
      loss: naiveSoftmaxLoss(...pair),
      gradCenter: naiveSoftmaxGradCenter(...pair),
      gradOutside: naiveSoftmaxGradOutside(...pair),
      probs: softmax(this.outside.map((vec) => dot(vec, this.center))),
    };
  }

  extra() {
    this.between = this.add(svg("path", { class: "wg-x-dash" }));
    this.cross = this.add(svg("path", { class: "wg-x-line wg-d", d: "M-6 -6L6 6M-6 6L6 -6" }));
    this.label = this.text("expected", 0, 0, { class: "wg-x-mid wg-x-fill wg-d" });
  }

  more({ gradCenter }, place) {
    const observed = this.outside[this.outsideIdx];
    const expected = observed.map((each, i) => each + gradCenter[i]);
    const [from, to] = [place(expected), place(observed)];
    set(this.cross, { transform: `translate(${from.join(" ")})` });
    set(this.between, { d: `M${from.join(" ")}L${to.join(" ")}` });
    set(this.label, { x: from[0], y: from[1] + 20 });
  }
}

customElements.define("wg-naive-step", NaiveStep);
