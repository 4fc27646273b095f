// The derivation box: a text, what it is about, and what the checker says of each line.
// Python starts with the first click on an example, in the text or in a menu, so that it is there by
// the time of the first Check; a live cell of the page may have started it before.

import { Preview } from "./preview.js";
import { make, report } from "./report.js";
import { Draft, MARK, fromFragment, toFragment } from "./share.js";

const WORDS = {
  layout: "U has",
  w: "the word w is",
  pair_loss: "loss of a pair",
  context: "context vectors are combined by",
  negatives: "negatives are",
};
const VALUES = {
  rows: "one row per word",
  columns: "one column per word",
  any: "any",
  o: "the outside word o",
  "not o": "not the outside word",
  softmax: "softmax",
  negative_sampling: "negative sampling",
  either: "either of the two",
  sum: "sum",
  mean: "mean",
  distinct: "all different",
};
const STARTS = ".wg-box-example, .wg-box-text, select, option"; // a click there, and Python is loaded
const SLOW = 6; // seconds after which Stop is worth a word
const PAUSE = 700; // milliseconds without typing before lines are judged anew

let loaded; // choices of every box on the page, fetched once
let count = 0;

export async function openBox(place, page) {
  loaded ??= fetch(new URL("choices.json", import.meta.url)).then((response) => response.json());
  const box = new Box(place, page, await loaded);
  box.begin();
}

/** Says what is being loaded, how much has come, and for how long it has been going on. */
class Clock {
  constructor(say) {
    Object.assign(this, { say, text: "Loading Python…", megabytes: "", began: performance.now() });
    this.ticking = setInterval(() => this.tell(), 500);
    this.tell();
  }

  get seconds() {
    return (performance.now() - this.began) / 1000;
  }

  tell() {
    if (this.text === "Checking…" && this.seconds > SLOW) this.text = "Still checking; Stop gives up.";
    this.say(this.text, `${this.megabytes}${this.seconds.toFixed(0)} s`);
  }

  loading({ bytes, what }) {
    this.text = `Loading ${what}…`;
    this.megabytes = `${(bytes / 1e6).toFixed(1)} MB, `;
  }

  checking() {
    Object.assign(this, { text: "Checking…", megabytes: "", began: performance.now() });
    this.tell();
  }

  stop() {
    clearInterval(this.ticking);
  }
}

class Box {
  constructor(place, page, choices) {
    Object.assign(this, { place, page, choices, number: (count += 1) });
    this.home = place.dataset.target ?? "";
    const name = location.pathname.split("/").pop() || "index.html";
    this.draft = new Draft(`wg-draft ${name} ${this.home}`);
    this.load = (name) => import(new URL(name, page.live).href);
  }

  // ------------------------------------------------------------------------------ what is shown
  begin() {
    const id = (name) => `wg-box-${this.number}-${name}`;
    const label = (name, words) => Object.assign(make("label", "", words), { htmlFor: id(name) });
    const button = (name, css, action) => {
      const made = Object.assign(make("button", css, name), { type: "button" });
      made.addEventListener("click", () => action.call(this));
      return made;
    };

    this.target = Object.assign(make("select", "wg-box-target"), { id: id("target") });
    this.fillTargets();
    this.text = Object.assign(make("textarea", "wg-box-text"), {
      id: id("text"),
      rows: 6,
      spellcheck: false,
      maxLength: this.choices.characters,
      autocomplete: "off",
    });
    this.text.setAttribute("autocapitalize", "off");
    this.text.setAttribute("aria-describedby", id("hint"));
    const hint = Object.assign(
      make("p", "wg-hint", "One formula a line, in LaTeX or plain text; a line may begin with =. Ctrl+Enter (⌘ Enter) checks."),
      { id: id("hint") },
    );
    this.typeset = Object.assign(make("div", "wg-box-preview"), { hidden: true, tabIndex: 0 });
    this.typeset.setAttribute("role", "group");
    this.typeset.setAttribute("aria-label", "Your lines as they are read");
    this.assumptions = make("fieldset", "wg-box-assuming", make("legend", "", "Assuming"));
    this.id = id;

    const examples = this.examples().map(([name, state]) =>
      button(name, "wg-box-example", () => this.put(state, true)),
    );
    this.checkButton = button("Check", "wg-box-check", this.check);
    this.stopButton = button("Stop", "wg-box-stop", this.stop);
    this.stopButton.hidden = true;
    this.shareButton = button("Copy link", "wg-box-share", this.share);
    this.clearButton = button("Clear", "wg-box-clear", this.clear);
    this.status = make("span", "wg-status");
    this.status.setAttribute("role", "status");
    this.progress = make("span", "wg-progress");
    this.progress.setAttribute("aria-hidden", "true"); // numbers that change all the time
    this.link = Object.assign(make("input", "wg-box-link"), { readOnly: true, hidden: true });
    this.link.setAttribute("aria-label", "Link to this derivation");
    this.results = make("div", "wg-box-results");
    this.results.setAttribute("role", "group"); // no landmark: a page may have a dozen of them
    this.results.setAttribute("aria-live", "polite");
    this.results.setAttribute("aria-label", "Verdicts");

    this.place.replaceChildren(
      make("div", "wg-box-field", label("target", "What you derive"), this.target),
      make("div", "wg-box-examples", make("span", "wg-tag", "examples"), ...examples),
      make("div", "wg-box-field", label("text", "Your lines"), this.text, hint),
      this.typeset,
      this.assumptions,
      make(
        "div", "wg-box-bar",
        this.checkButton, this.stopButton, this.shareButton, this.clearButton, this.status, this.progress,
      ),
      this.link,
      this.results,
    );
    this.preview = new Preview(this.typeset, async (element) => {
      const { typeset } = await this.load("output.js");
      await typeset(element);
    });
    this.listen();
    this.put(this.fromLink() ?? this.draft.read(this.choices) ?? { text: "", target: this.home });
  }

  fillTargets() {
    const option = (value, words) => Object.assign(make("option", "", words), { value });
    const title = Object.fromEntries(this.choices.targets.map((one) => [one.id, one.title]));
    this.target.append(option("", "Find it by the left-hand side"));
    for (const { title: label, ids } of this.choices.groups) {
      const options = ids.map((id) => option(id, `${title[id]} (${id})`));
      this.target.append(Object.assign(make("optgroup", "", ...options), { label }));
    }
  }

  examples() {
    const own = this.choices.targets.find(({ id }) => id === this.home);
    const above = own ? [["The lines above", { text: own.lines.join("\n"), target: own.id }]] : [];
    return [...above, ...this.choices.examples.map(({ name, lines, target }) => [name, { text: lines.join("\n"), target }])];
  }

  /** The assumptions that matter for the target, as menus. */
  fillAssumptions(chosen = {}, layout = "rows") {
    const target = this.choices.targets.find(({ id }) => id === this.target.value);
    const menu = (key, values, value) => {
      const select = Object.assign(make("select", ""), { id: this.id(key), name: key });
      for (const each of values) {
        const words = each === "" ? "as in the book" : (VALUES[each] ?? each);
        select.append(Object.assign(make("option", "", words), { value: each }));
      }
      select.value = values.includes(value) ? value : values[0];
      select.addEventListener("change", () => this.changed(0));
      const label = Object.assign(make("label", "", WORDS[key] ?? key), { htmlFor: select.id });
      return make("span", "wg-box-menu", label, select);
    };
    const keys = target ? Object.keys(target.assuming) : Object.keys(this.choices.assuming);
    const legend = this.assumptions.firstElementChild;
    this.assumptions.replaceChildren(
      legend,
      menu("layout", this.choices.layouts, layout),
      ...keys.map((key) => {
        const free = target ? [] : [""];
        const standard = target ? target.assuming[key] : "";
        return menu(key, [...free, ...this.choices.assuming[key]], chosen[key] ?? standard);
      }),
    );
  }

  // ------------------------------------------------------------------------------ what it holds
  get state() {
    const menus = [...this.assumptions.querySelectorAll("select")].filter(({ value }) => value);
    const { layout, ...assuming } = Object.fromEntries(menus.map(({ name, value }) => [name, value]));
    return { text: this.text.value, target: this.target.value, layout, assuming };
  }

  put({ text, target = "", layout, assuming }, byHand = false) {
    this.text.value = text;
    this.target.value = target;
    this.fillAssumptions(assuming, layout);
    this.text.rows = Math.min(14, Math.max(6, text.split("\n").length + 1));
    this.forget();
    this.preview.show(text);
    if (byHand) this.changed(0);
  }

  forget() {
    this.results.replaceChildren();
    this.link.hidden = true;
    this.say("");
  }

  listen() {
    // The page has shortcuts of its own, "/" for the search: they are not for what is typed here.
    this.place.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.check();
      }
      event.stopPropagation();
    });
    this.place.addEventListener("click", ({ target }) => {
      if (target.closest(STARTS)) this.prepare();
    });
    this.text.addEventListener("input", () => {
      this.preview.show(this.text.value);
      this.changed(PAUSE);
    });
    this.target.addEventListener("change", () => {
      const { layout } = this.state;
      this.fillAssumptions({}, layout);
      this.changed(0);
    });
    if (!this.home) {
      addEventListener("hashchange", () => {
        const sent = this.fromLink();
        if (sent) this.put(sent);
      });
    }
  }

  /** Keep the draft; judge anew if that costs nothing but a moment. */
  changed(pause) {
    const { state } = this;
    if (state.text.trim()) this.draft.write(state);
    else this.draft.remove();
    this.link.hidden = true;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(async () => {
      const { runningPython } = await this.load("python.js");
      if (runningPython()?.asked && this.text.value.trim()) this.check();
    }, pause);
  }

  clear() {
    this.stop();
    this.put({ text: "", target: this.home });
    this.draft.remove();
    this.text.focus();
  }

  // ------------------------------------------------------------------------------ what it does
  say(text, numbers = "") {
    if (this.status.textContent !== text) this.status.textContent = text;
    this.progress.textContent = numbers;
  }

  /** Ask for verdicts; while they are under way, remember that the question has changed. */
  async check() {
    clearTimeout(this.waiting);
    if (this.busy) {
      this.again = true;
      return;
    }
    if (!this.text.value.trim()) {
      this.say("Write a line first, or take an example.");
      return;
    }
    this.busy = true;
    this.stopButton.hidden = false;
    this.results.setAttribute("aria-busy", "true");
    try {
      do {
        this.again = false;
        const { state } = this;
        await this.show(JSON.parse(await this.ask(state)));
      } while (this.again);
    } catch (error) {
      this.say(`${error.message ?? error}`);
    } finally {
      this.busy = this.again = false;
      this.results.removeAttribute("aria-busy");
      if (document.activeElement === this.stopButton) this.checkButton.focus();
      this.stopButton.hidden = true;
    }
  }

  /** Load Python while the reader still writes or reads an example: a check is likely to come. */
  async prepare() {
    if (this.prepared || this.busy || navigator.connection?.saveData) return;
    this.prepared = true;
    const { pagePython, runningPython } = await this.load("python.js");
    if (this.busy || runningPython()) return;
    const python = pagePython(this.page.live);
    const clock = new Clock((text, numbers) => this.busy || this.say(text, numbers));
    try {
      await python.prepare({ onLoading: (message) => clock.loading(message) });
      if (this.status.textContent === clock.text) this.say("Python is ready.");
    } catch {
      this.prepared = false; // the check, if it comes, tries again and says what is the matter
      if (this.status.textContent === clock.text) this.say("");
    } finally {
      clock.stop();
    }
  }

  async ask(state) {
    const { pagePython } = await this.load("python.js");
    const python = (this.python = pagePython(this.page.live));
    const clock = new Clock((text, numbers) => this.say(text, numbers));
    try {
      const reply = await python.check(JSON.stringify(state), {
        onLoading: (message) => clock.loading(message),
        onRunning: () => clock.checking(),
      });
      if (!reply.ok) throw new Error(`This could not be checked: ${reply.error}`);
      this.place.dataset.seconds = reply.seconds.toFixed(3);
      return reply.answer;
    } finally {
      clock.stop();
    }
  }

  async show({ error, derivations, read }) {
    if (error) {
      this.results.replaceChildren();
      this.say(`${error[0].toUpperCase()}${error.slice(1)}.`);
      return;
    }
    const target = (id) => this.choices.targets.find((each) => each.id === id);
    const reports = derivations.map((each, place) => report(each, read[place], target(each.target)));
    const { typeset } = await this.load("output.js");
    // Verdicts come at once; formulas are typeset in place when MathJax is there.
    this.results.replaceChildren(...reports);
    this.say("Checked.");
    derivations.forEach(({ lines }, place) => this.preview.learn(lines, read[place]));
    this.preview.show(this.text.value);
    await typeset(this.results).catch(() => {});
    for (const wide of this.results.querySelectorAll("pre, mjx-container[display='true']")) {
      if (wide.scrollWidth > wide.clientWidth + 1) wide.tabIndex = 0; // a keyboard can scroll it
    }
  }

  stop() {
    if (this.busy) this.python?.stop();
  }

  fromLink() {
    if (this.home || !location.hash.startsWith(MARK)) return null;
    const sent = fromFragment(location.hash, this.choices);
    if (!sent) queueMicrotask(() => this.say("The link is damaged or too long: nothing was taken from it."));
    return sent;
  }

  async share() {
    const link = new URL(this.page.home + toFragment(this.state), location.href).href;
    Object.assign(this.link, { value: link, hidden: false });
    try {
      await navigator.clipboard.writeText(link);
      this.say("Link copied. It holds your text; nothing is sent anywhere.");
    } catch {
      this.link.select();
      this.say("Copy this link. It holds your text; nothing is sent anywhere.");
    }
  }
}
