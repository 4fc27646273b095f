// The page's side of the worker in which Python runs. A page has one, whoever asks first.

let current = null;

/** The Python of this page if it runs already, else null. */
export const runningPython = () => (current && !current.broken ? current : null);

/** The Python of this page; it is started if it does not run. */
export const pagePython = (base) => (current = runningPython() ?? new Python(base));

export class Python {
  #worker;
  #jobs = new Map(); // id -> {resolve, reject, onRunning, onOutput, onLoading}
  #questions = 0;

  /** @param {string} base where the site keeps this script and its companions */
  constructor(base) {
    this.onLoading = () => {};
    this.bytes = 0; // loaded so far
    this.asked = false; // has a reader run or checked something?
    this.#worker = new Worker(new URL("worker.js", base), { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onerror = (event) => this.#fail(event.message || "The worker could not be started.");
    this.#worker.postMessage({ type: "start", base });
  }

  #receive(message) {
    const job = this.#jobs.get(message.id);
    if (message.type === "loading") {
      this.bytes = message.bytes;
      this.onLoading(message);
      for (const each of this.#jobs.values()) each.onLoading?.(message);
    } else if (message.type === "running") job?.onRunning?.();
    else if (message.type === "output") job?.onOutput?.(message);
    else if (message.type === "broken") this.#fail(message.error);
    else if (message.type === "finished") {
      this.#jobs.delete(message.id);
      job?.resolve(message);
    }
  }

  #fail(reason) {
    this.broken = true;
    this.#worker.terminate();
    for (const { reject } of this.#jobs.values()) reject(new Error(reason));
    this.#jobs.clear();
  }

  /** Run a cell: {id, name, code, defer}. Resolves to {ok, error, seconds}. */
  run(cell, callbacks) {
    this.asked = true;
    return this.#send({ type: "run", ...cell }, callbacks);
  }

  /** Load what a check needs, because one is likely to come. */
  prepare({ onLoading }) {
    return this.#send({ type: "prepare", id: this.#number() }, { onLoading });
  }

  /** Have lines of a derivation judged: JSON to JSON. Resolves to {ok, answer, error, seconds}. */
  check(question, callbacks) {
    this.asked = true;
    return this.#send({ type: "check", id: this.#number(), question }, callbacks);
  }

  #number() {
    return `question ${(this.#questions += 1)}`;
  }

  #send(message, callbacks) {
    return new Promise((resolve, reject) => {
      this.#jobs.set(message.id, { resolve, reject, ...callbacks });
      this.#worker.postMessage(message);
    });
  }

  stop() {
    this.#fail("Stopped. The next Run starts Python anew.");
  }
}
