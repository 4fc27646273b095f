// Skip-gram with negative sampling, trained in front of the reader on a toy text of six words:
// the vectors move, and the scores come to lie on the line PMI − log K.

import { negativeSamplingGradCenter, negativeSamplingGradOutside } from "../../formulas.js";
import { Explorable, clamp, random, say, set, svg, through } from "./explorable.js";

// How much each word is about tea (1) or about the weather (−1).
const TOPIC = { tea: 0.95, cup: 0.6, leaf: 0.25, cloud: -0.25, wind: -0.6, rain: -0.95 };
const WORDS = Object.keys(TOPIC);
const V = WORDS.length;
const PAIRS = 20_000;
const SEED = 7;
const PER_STEP = 100;
const LAST = 100_000; // pairs after which it rests
const RATE = 0.2; // at the start; a half after SLOW pairs, a third after twice as many
const SLOW = 4000;
const PLANE = { x: 180, y: 108, wide: 160, high: 84, unit: 100 };
const LINE = { left: 104, low: 390, wide: 164, least: -4, most: 2 };

const dot = (a, b) => a.reduce((sum, each, i) => sum + each * b[i], 0);
const minus = (a, b, rate) => a.map((each, i) => each - rate * b[i]);
const axis = (x) => (LINE.wide * (clamp(x, LINE.least, LINE.most) - LINE.least)) / (LINE.most - LINE.least);
const spot = (x, y) => [LINE.left + axis(x), LINE.low - axis(y)];

/** A text of pairs: two words, kept more often the more they are about the same. */
function write(chance) {
  const pairs = [];
  while (pairs.length < PAIRS) {
    const [c, w] = [Math.floor(chance() * V), Math.floor(chance() * V)];
    if (2 * chance() < 1 + TOPIC[WORDS[c]] * TOPIC[WORDS[w]]) pairs.push([c, w]);
  }
  return pairs;
}

/** How often each pair stands in the text, (V, V). */
function count(pairs) {
  const counts = WORDS.map(() => Array(V).fill(0));
  for (const [c, w] of pairs) counts[c][w] += 1;
  return counts;
}

class Sgns extends Explorable {
  negatives = 2;

  get state() {
    const { center, outside, negatives, seen, counts, pmi } = this;
    const scores = center.map((v) => outside.map((u) => dot(u, v)));
    const off = scores.flatMap((row, c) =>
      row.map((score, w) => counts[c][w] * (score - pmi[c][w] + Math.log(negatives)) ** 2));
    const distance = Math.sqrt(off.reduce((sum, each) => sum + each, 0) / PAIRS);
    return { center, outside, negatives, seen, counts, pmi, scores, distance };
  }

  reset() {
    this.chance = random(SEED);
    const small = () => WORDS.map(() => [0, 1].map(() => this.chance() - 0.5));
    this.center = small();
    this.outside = small();
    this.seen = 0;
    this.play(false);
  }

  /** Train on the next pairs of the text, drawn at random. */
  train(pairs) {
    for (let pair = 0; pair < pairs && this.seen < LAST; pair++) {
      const pick = () => this.pairs[Math.floor(this.chance() * PAIRS)];
      const [c, o] = pick();
      const drawn = Array.from({ length: this.negatives }, () => pick()[1]);
      const given = [this.center[c], o, this.outside, drawn];
      const rate = RATE / (1 + this.seen / SLOW);
      const gradOutside = negativeSamplingGradOutside(...given);
      this.center[c] = minus(this.center[c], negativeSamplingGradCenter(...given), rate);
      for (const w of new Set([o, ...drawn])) {
        this.outside[w] = minus(this.outside[w], gradOutside[w], rate);
      }
      this.seen += 1;
    }
  }

  play(on) {
    this.playing = on && this.seen < LAST;
    this.toggle.textContent = this.playing ? "Pause" : "Play";
    if (this.playing) this.run();
  }

  /** Train while somebody can see it; who asked for less motion sees a new picture each second. */
  run() {
    if (this.running) return;
    this.running = true;
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    let shown = performance.now();
    const frame = (now) => {
      this.running = this.playing && this.onScreen && this.isConnected;
      if (!this.running) return this.update();
      this.train(20 + this.seen / 500); // slow at first, when much happens
      if (this.seen >= LAST) this.play(false);
      if (!still.matches || now - shown > 1000) {
        shown = now;
        this.draw();
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  /** On the screen again. */
  seenAgain() {
    if (this.playing && this.onScreen) this.run();
  }

  build() {
    this.pairs = write(random(SEED));
    this.counts = count(this.pairs);
    const rows = this.counts.map((row) => row.reduce((a, b) => a + b));
    const columns = WORDS.map((_, w) => this.counts.reduce((sum, row) => sum + row[w], 0));
    this.pmi = this.counts.map((row, c) =>
      row.map((each, w) => Math.log((each * PAIRS) / (rows[c] * columns[w]))));
    this.canvas(360, 426, "Vectors of six words, and the score of each pair against its PMI less log K");
    this.axes();
    this.dots = this.counts.map((row) => row.map((each) =>
      this.add(svg("circle", { class: "wg-x-area wg-x-pair wg-a", r: 1 + Math.sqrt(each) / 12 }))));
    const names = (kind) => WORDS.map((word) =>
      this.text(word, 0, 0, { class: `wg-x-mid wg-x-fill wg-x-word ${kind}` }));
    [this.outsides, this.centers] = [names("wg-b"), names("wg-c")];
    this.toggle = this.button("Play", () => this.play(!this.playing));
    this.button("Step", () => this.train(PER_STEP));
    this.button("Reset", () => this.reset());
    this.range("negatives K", { min: 1, max: 5, step: 1, value: this.negatives }, (number) => {
      this.negatives = number;
      this.reset();
    });
    this.reset();
  }

  axes() {
    const { x, y } = PLANE;
    this.add(svg("path", { class: "wg-x-grid", d: `M8 ${y}H352M${x} 20V200` }));
    this.text("center vectors", 8, 14, { class: "wg-x-fill wg-c" });
    this.text("outside vectors", 352, 14, { class: "wg-x-fill wg-b wg-x-end" });
    this.text("score", LINE.left - 26, LINE.low - LINE.wide / 2 + 4, { class: "wg-x-end" });
    for (const tick of [-4, -2, 0, 2]) {
      const [left, low] = spot(tick, tick);
      this.add(svg("path", { class: "wg-x-grid",
        d: `M${LINE.left} ${low}h${LINE.wide}M${left} ${LINE.low}v${-LINE.wide}` }));
      this.text(say(tick, 0), left, LINE.low + 15, { class: "wg-x-mid wg-x-faint" });
      this.text(say(tick, 0), LINE.left - 5, low + 4, { class: "wg-x-end wg-x-faint" });
    }
    this.text("PMI − log K", LINE.left + LINE.wide / 2, LINE.low + 32, { class: "wg-x-mid" });
    this.add(svg("path", { class: "wg-x-dash", d: through([spot(-4, -4), spot(2, 2)]) }));
  }

  draw() {
    const { scores, distance, negatives } = this.state;
    const longest = (axis) =>
      Math.max(...[...this.center, ...this.outside].map((vec) => Math.abs(vec[axis])));
    const unit = Math.min(PLANE.unit, PLANE.wide / longest(0), PLANE.high / longest(1));
    for (const [texts, vecs] of [[this.centers, this.center], [this.outsides, this.outside]]) {
      texts.forEach((text, w) =>
        set(text, { x: PLANE.x + unit * vecs[w][0], y: PLANE.y - unit * vecs[w][1] + 4 }));
    }
    this.dots.forEach((row, c) => row.forEach((dot, w) => {
      const [cx, cy] = spot(this.pmi[c][w] - Math.log(negatives), scores[c][w]);
      set(dot, { cx, cy });
    }));
    this.readout.textContent = `${this.seen.toLocaleString("en")} pairs seen; a score is off the ` +
      `line by ${say(distance, 3)} (root mean square over the text)`;
  }
}

customElements.define("wg-sgns", Sgns);
