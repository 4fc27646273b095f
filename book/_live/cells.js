// The buttons of the code cells: Run, Edit, Reset, Stop. What they need is loaded when one is
// pressed. A classic script, so that a page opened as a file stays silent instead of complaining.
(() => {
  const here = document.currentScript.src;
  const data = document.getElementById("wg-cells");
  if (!data || !location.protocol.startsWith("http") || !window.Worker) return;
  const page = JSON.parse(data.textContent);
  const load = (name) => import(new URL(name, here).href);

  let python = null; // the worker's handle, from the first Run to Stop
  let starting = null;
  let turn = Promise.resolve(); // cells run one after the other
  let round = 0; // grows with each Stop, which also drops the runs that wait their turn

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  class Cell {
    constructor({ index, code, look }, number) {
      Object.assign(this, { index, number, look: Boolean(look), done: false });
      this.box = document.querySelector(`.wg-cell-${index}`);
      this.source = this.box?.querySelector(".cell_input") ?? null;
      this.original = code ?? this.source.querySelector("pre").textContent.replace(/\n$/, "");
      if (this.box) this.addBar();
    }

    get code() {
      return this.editor?.read() ?? this.original;
    }

    get edited() {
      return this.code.trim() !== this.original.trim();
    }

    addBar() {
      const button = (className, name, action) => {
        const made = make("button", { type: "button", className }, name);
        made.setAttribute("aria-label", `${name} cell ${this.number}`);
        made.addEventListener("click", () => action.call(this));
        return made;
      };
      this.runButton = button("wg-run", "Run", this.run);
      this.editButton = button("wg-edit", "Edit", this.edit);
      this.resetButton = button("wg-reset", "Reset", this.reset);
      this.stopButton = button("wg-stop", "Stop", stop);
      this.status = make("span", { className: "wg-status" });
      this.status.setAttribute("role", "status");
      this.progress = make("span", { className: "wg-progress" });
      this.progress.setAttribute("aria-hidden", "true"); // numbers that change all the time
      const buttons = [this.runButton, this.editButton, this.resetButton, this.stopButton];
      this.bar = make("div", { className: "wg-bar" }, ...buttons, this.status, this.progress);
      this.resetButton.hidden = this.stopButton.hidden = true;
      if (this.source) {
        this.source.after(this.bar);
        return;
      }
      // The page shows only what this cell makes. Its code is there for those who ask.
      const reveal = button("wg-code", "Code", () => {
        reveal.hidden = true;
        this.bar.hidden = false;
        this.edit();
      });
      this.bar.hidden = true;
      this.source = make("div", { className: "cell_input" });
      this.source.hidden = true;
      this.box.prepend(reveal, this.source, this.bar);
      this.box.classList.add("wg-code-on-demand");
    }

    say(text, numbers = "") {
      if (!this.bar) return;
      if (this.status.textContent !== text) this.status.textContent = text;
      this.progress.textContent = numbers;
    }

    async edit() {
      this.editButton.hidden = true;
      this.resetButton.hidden = false;
      const { openEditor } = await load("editor.js");
      this.source.hidden = false;
      this.editor = await openEditor(this.source, {
        code: this.original,
        label: `Code of cell ${this.number}`,
        rich: page.codemirror,
        onRun: () => this.run(),
        onLeave: () => this.runButton.focus(),
      });
      this.editor.focus();
    }

    reset() {
      this.editor?.remove();
      this.editor = null;
      this.output?.remove();
      this.done = false;
      this.say("");
      this.editButton.hidden = false;
      this.resetButton.hidden = true;
      this.editButton.focus();
    }

    run() {
      if (this.busy) return;
      this.busy = true;
      this.runButton.setAttribute("aria-disabled", "true");
      this.stopButton.hidden = false;
      this.say("Waiting…");
      const mine = round;
      turn = turn
        .then(() => (mine === round ? runUpTo(this) : this.say("Stopped.")))
        .catch((error) => this.say(`${error.message ?? error}`))
        .finally(() => {
          this.busy = false;
          this.runButton.removeAttribute("aria-disabled");
          if (document.activeElement === this.stopButton) this.runButton.focus();
          this.stopButton.hidden = true;
          this.resetButton.hidden = false;
        });
    }
  }

  /** Start Python for the page, unless it runs already; `cell` says how loading goes. */
  async function wakePython(cell) {
    const began = performance.now();
    const before = python?.bytes ?? 0;
    const tell = ({ bytes, what }) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(0);
      cell.say(`Loading ${what}…`, `${((bytes - before) / 1e6).toFixed(1)} MB, ${seconds} s`);
    };
    if (!python) {
      tell({ bytes: 0, what: "Python" });
      starting ??= load("python.js");
      const { pagePython } = await starting;
      python = pagePython(new URL(".", here).href);
    }
    python.onLoading = tell;
  }

  /** Run what the cell builds on and has not run yet, then the cell itself. */
  async function runUpTo(target) {
    const mine = round;
    if (python?.broken) forget(); // somebody else on the page stopped it
    const { Output } = await load("output.js");
    const waiting = cells.filter((one) => one.index < target.index && !one.done && !one.look);
    const plan = [...waiting, target];
    await wakePython(target);
    let changed = false;
    for (const [position, cell] of plan.entries()) {
      if (mine !== round) return;
      changed ||= cell.edited;
      // Output that would be the same as on the page is left alone: nothing jumps while reading.
      const output = new Output(cell, cell === target || changed);
      const above = `Running the cells above first, ${position + 1} of ${waiting.length}…`;
      const result = await execute(cell, target, cell === target ? "Running…" : above, output);
      if (mine !== round) return;
      cell.done = result.ok;
      await output.finish(result.ok);
      if (!result.ok && cell !== target) {
        cell.say(`Error: ${result.error}`);
        target.say(`Cell ${cell.number} above ended with an error: ${result.error}`);
        return;
      }
    }
  }

  async function execute(cell, target, text, output) {
    let began = performance.now();
    const ticking = setInterval(() => {
      if (running) target.say(text, `${((performance.now() - began) / 1000).toFixed(0)} s`);
    }, 250);
    let running = false;
    try {
      const result = await python.run(
        { id: cell.index, name: `cell ${cell.number}`, code: cell.code, defer: cell !== target },
        {
          onRunning: () => {
            running = true;
            began = performance.now();
            target.say(text);
          },
          onOutput: (message) => output.add(message),
        },
      );
      const seconds = result.seconds < 0.1 ? "under 0.1" : result.seconds.toFixed(1);
      if (cell === target) {
        target.say(result.ok ? "Done" : "Ended with an error", `${seconds} s`);
      }
      return result;
    } finally {
      clearInterval(ticking);
    }
  }

  /** End the worker. What it knew is gone: the next Run starts with the first cell again. */
  function stop() {
    round += 1;
    python?.stop();
    forget();
  }

  function forget() {
    python = null;
    for (const cell of cells) cell.done = false;
  }

  const cells = page.cells.map((cell, position) => new Cell(cell, position + 1));
})();
