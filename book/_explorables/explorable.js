// What every explorable shares: a picture, handles to drag or to move by keys, controls, a read-out.
// An element shows its static fallback until all of that stands, which is when it is near the window
// or somebody uses the keyboard, who could otherwise walk past it.

const SVG = "http://www.w3.org/2000/svg";
const HIT = 25; // radius in units of the picture: 44 px across on the narrowest phone

export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

export function svg(tag, attributes = {}, ...children) {
  const node = set(document.createElementNS(SVG, tag), attributes);
  node.append(...children);
  return node;
}

export function html(tag, attributes = {}, ...children) {
  const node = set(document.createElement(tag), attributes);
  node.append(...children);
  return node;
}

/** A number for reading: fixed digits, a real minus sign, no minus before zero. */
export function say(x, digits = 2) {
  const text = x.toFixed(digits);
  return Number(text) < 0 ? text.replace("-", "−") : text.replace("-", "");
}

/** 0.000012 as 1.2·10⁻⁵. */
export function power(x) {
  if (x === 0) return "0";
  const [digits, exponent] = x.toExponential(1).split("e");
  const raised = [...exponent.replace("+", "")].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]));
  return `${digits}·10${raised.join("")}`;
}

export const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

/** The path through points. */
export const through = (points) =>
  points.map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(2)}`).join("");

/** The path of an arrow, or nothing if it is too short to be seen. */
export function arrow([x0, y0], [x1, y1]) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < 3) return "";
  const head = Math.min(8, length / 2) / length;
  const [dx, dy] = [(x1 - x0) * head, (y1 - y0) * head];
  const wing = (turn) => [x1 - dx + turn * dy * 0.6, y1 - dy - turn * dx * 0.6];
  return through([[x0, y0], [x1, y1]]) + through([wing(1), [x1, y1], wing(-1)]);
}

/** Random numbers in [0, 1) that are the same for the same seed. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Explorable extends HTMLElement {
  connectedCallback() {
    if (this.waiting) return;
    this.waiting = new IntersectionObserver(
      (seen) => seen.some((one) => one.isIntersecting) && this.begin(),
      { rootMargin: "100%" },
    );
    this.waiting.observe(this);
    addEventListener("keydown", () => this.begin(), { once: true, capture: true });
  }

  begin() {
    if (this.picture) return;
    this.waiting.disconnect();
    this.handles = [];
    this.picture = svg("svg", { class: "wg-x-picture", role: "group" });
    this.controls = html("div", { class: "wg-x-controls" });
    this.readout = html("p", { class: "wg-x-readout" });
    this.status = html("p", { class: "wg-x-status", role: "status" });
    this.#drag();
    this.build();
    this.draw();
    this.append(this.picture, this.controls, this.readout, this.status);
    this.classList.add("wg-live");
    this.onScreen = true;
    new IntersectionObserver(([seen]) => {
      this.onScreen = seen.isIntersecting;
      this.seenAgain?.();
    }).observe(this);
  }

  /** Draw before the next frame, and tell those who listen once the moving has paused. */
  update() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.draw();
    });
    clearTimeout(this.telling);
    this.telling = setTimeout(() => (this.status.textContent = this.readout.textContent), 800);
  }

  /** Size of the picture in its own units, and what it shows, in words. */
  canvas(width, height, label) {
    set(this.picture, { viewBox: `0 0 ${width} ${height}`, "aria-label": label });
  }

  /** Add shapes to the picture; return the first. */
  add(...nodes) {
    this.picture.append(...nodes);
    return nodes[0];
  }

  text(words, x, y, attributes = {}) {
    return this.add(svg("text", { x, y, ...attributes }, words));
  }

  /**
   * Add a point that is dragged, or moved by the arrow keys (with shift in big steps).
   * `drag(x, y)` gets a place in the picture; `nudge(right, up)` gets steps, Infinity for Home/End.
   */
  handle(label, kind, { drag, nudge, min, max, name = "" }) {
    const node = svg(
      "g",
      { class: `wg-x-handle ${kind}`, role: "slider", tabindex: 0, "aria-label": label,
        "aria-valuemin": min, "aria-valuemax": max },
      svg("circle", { class: "wg-x-hit", r: HIT }),
      svg("circle", { class: "wg-x-ring", r: 13 }),
      svg("circle", { class: "wg-x-dot", r: 7 }),
      svg("text", { class: "wg-x-name", y: -13 }, name),
    );
    const keys = {
      ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
      Home: [-Infinity, 0], End: [Infinity, 0], PageUp: [0, 10], PageDown: [0, -10],
    };
    node.addEventListener("keydown", (event) => {
      if (!keys[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      nudge(...keys[event.key].map((steps) => steps * (event.shiftKey ? 10 : 1)));
      this.update();
    });
    // A finger on it must not scroll the page; browsers ignore touch-action inside a picture.
    node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    const grip = { node, drag, x: 0, y: 0 };
    this.handles.push(grip);
    this.add(node);
    return grip;
  }

  /** Put a handle at a place; `now` and `words` are its value for those who do not see it. */
  put(grip, [x, y], now, words) {
    Object.assign(grip, { x, y });
    set(grip.node, {
      transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})`,
      "aria-valuenow": Number(now.toFixed(4)),
      "aria-valuetext": words,
    });
  }

  /** Where handles overlap, the nearest one is taken. */
  #drag() {
    let held;
    const place = ({ clientX, clientY }) =>
      new DOMPoint(clientX, clientY).matrixTransform(this.picture.getScreenCTM().inverse());
    this.picture.addEventListener("pointerdown", (event) => {
      if (event.button || !event.target.closest(".wg-x-handle")) return;
      const { x, y } = place(event);
      const far = (grip) => Math.hypot(grip.x - x, grip.y - y);
      const grip = this.handles.reduce((best, next) => (far(next) < far(best) ? next : best));
      held = { grip, dx: grip.x - x, dy: grip.y - y };
      this.picture.setPointerCapture(event.pointerId);
      event.preventDefault();
      grip.node.focus({ preventScroll: true });
    });
    this.picture.addEventListener("pointermove", (event) => {
      if (!held) return;
      const { x, y } = place(event);
      held.grip.drag(x + held.dx, y + held.dy);
      this.update();
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      this.picture.addEventListener(end, () => (held = undefined));
    }
  }

  button(words, act) {
    const node = html("button", { type: "button", class: "wg-x-button" }, words);
    node.addEventListener("click", () => {
      act();
      this.update();
    });
    this.controls.append(node);
    return node;
  }

  /** A slider in a row of its own: its name, the bar, the number. */
  range(label, { min, max, step, value, show = String }, change) {
    const input = html("input", { type: "range", min, max, step, value });
    const number = html("span", { class: "wg-x-number", "aria-hidden": "true" });
    const shown = () => {
      number.textContent = show(Number(input.value));
      input.setAttribute("aria-valuetext", number.textContent);
    };
    input.addEventListener("input", () => {
      shown();
      change(Number(input.value));
      this.update();
    });
    shown();
    this.controls.append(
      html("label", { class: "wg-x-range" }, html("span", {}, label), input, number),
    );
    return { input, shown };
  }
}
