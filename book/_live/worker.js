// Python in a worker: the page stays usable while it computes, and can stop it at any time.
// Messages in: {type: "start", base}, {type: "run", id, name, code, defer},
// {type: "check", id, question}, {type: "prepare", id} for a check that is to come.
// Messages out: {type: "loading", bytes, what}, {type: "output", id, kind, data},
// {type: "finished", id, ok, error, answer, seconds}, {type: "broken", error}.

const CHECKER = "wordgrad.checker.box"; // the module that answers questions
const ARCHIVES = "/book/"; // where the site's own packages are put, inside the worker
const WARM_UP = { text: "= \\sigma(x)(1+\\sigma(x))", target: "sigmoid_derivative" };

let manifest; // promise of what the site has to offer
let started; // promise of everything that `start` sets up
let bytes = 0;
let what = "Python";
let lastTold = 0;

const QUIET = { messageCallback: () => {}, errorCallback: () => {} };

const post = (message) => self.postMessage(message);
const tell = (force) => {
  const now = performance.now();
  if (!force && now - lastTold < 100) return;
  lastTold = now;
  post({ type: "loading", bytes, what });
};

/** Read a response while counting its bytes aloud; return one that is there as a whole. */
async function counted(response) {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  const kind = response.headers.get("content-type") ?? "";
  if (kind === "application/wasm") {
    // As it came from the network: a browser keeps what it has compiled of such a response only.
    bytes += Number(response.headers.get("content-length") ?? 0);
    tell(false);
    return response;
  }
  const parts = [];
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    bytes += value.length;
    tell(false);
  }
  const wasm = response.url.endsWith(".wasm"); // compiled as it comes only under its proper type
  const type = wasm ? "application/wasm" : kind;
  return new Response(new Blob(parts), { headers: { "content-type": type } });
}

// A browser does not tell one from the other: no network, or a file with another hash.
const refused = () => {
  throw new Error("Failed to fetch Python. The first time it comes over the network.");
};

/**
 * Let Pyodide fetch through here. Its core files are asked for all at once, from the pinned address
 * and with the pinned hash; its packages are checked by Pyodide itself against its lock file.
 */
function guardFetch({ core, files }) {
  const fetchPlainly = self.fetch.bind(self);
  const coreFiles = new Map(
    Object.entries(files).map(([name, integrity]) => [
      name,
      fetchPlainly(core + name, { integrity, credentials: "omit" }).then(counted, refused),
    ]),
  );
  for (const early of coreFiles.values()) early.catch(() => {}); // told when it is asked for
  self.fetch = async (request, options) => {
    const name = new URL(request.url ?? request, self.location).pathname.split("/").pop();
    const early = coreFiles.get(name);
    coreFiles.delete(name);
    return early ?? counted(await fetchPlainly(request, options));
  };
}

/** Import a checked core file: a module imported by its address could not be checked. */
async function importChecked(name) {
  const text = await (await fetch(name)).text();
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * The memory of a Python that has just started, so that nobody computes it again; it is the build
 * that made and compressed it. Without it Python starts from the beginning.
 */
async function fetchMemory(url) {
  if (!url || !self.DecompressionStream) return undefined;
  const response = await counted(await fetch(url));
  const plain = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

/** NumPy's wheel, under way while Python starts; null where the build did not know its hash. */
function fetchNumpy({ packages, numpy }) {
  if (!numpy) return null;
  const { file, integrity } = numpy;
  const wheel = fetch(packages + file, { integrity, credentials: "omit" }).then(counted, refused);
  wheel.catch(() => {}); // told when it is asked for
  return wheel;
}

/**
 * Add NumPy. Pyodide's own way compiles all of its twenty libraries at once; unpacked by itself, it
 * loads each when it is imported.
 */
async function addNumpy(pyodide, wheel) {
  if (!wheel) return pyodide.loadPackage("numpy", QUIET);
  pyodide.unpackArchive(await (await wheel).arrayBuffer(), "wheel");
  pyodide.loadedPackages.numpy = "default channel"; // what Pyodide would note
  return pyodide.runPython("import importlib; importlib.invalidate_caches()");
}

// Everybody begins with the same memory, but not with the same random numbers.
const OWN_CHANCE = `import sys
if "random" in sys.modules: sys.modules["random"].seed()`;

async function start(base) {
  const here = (name) => new URL(name, base).href;
  manifest = fetch(here("manifest.json")).then((response) => response.json());
  const [offered, source] = await Promise.all([
    manifest,
    fetch(here("cell_runner.py")).then((response) => response.text()),
  ]);
  const memory = fetchMemory(offered.memory && here(offered.memory)).catch(() => undefined);
  const numpy = fetchNumpy(offered.pyodide);
  guardFetch(offered.pyodide);
  const [{ loadPyodide }] = await Promise.all([
    importChecked("pyodide.mjs"),
    importChecked("pyodide.asm.js"),
  ]);
  const { packages, core } = offered.pyodide;
  const settings = {
    indexURL: packages,
    lockFileURL: `${core}pyodide-lock.json`,
    stdLibURL: `${core}python_stdlib.zip`,
  };
  const pyodide = await loadPyodide({ ...settings, _loadSnapshot: await memory });
  pyodide.runPython(OWN_CHANCE);
  await addNumpy(pyodide, numpy);
  const names = pyodide.toPy({ __name__: "cell_runner", __file__: "cell_runner.py" });
  pyodide.runPython(source, { globals: names, filename: "cell_runner.py" });
  const state = { here, manifest: offered, pyodide, job: null, archives: new Map() };
  const send = (kind, data) => post({ type: "output", id: state.job, kind, data });
  state.runner = names.get("Runner")(send, pyodide.toPy(offered.imports));
  return state;
}

const fetchArchive = async (url) => (await fetch(url)).arrayBuffer();
const early = new Map(); // file -> promise of an archive that is fetched while Python starts

/** Packages that a question needs, by the graph of imports. */
function checkerPackages({ imports }) {
  const names = CHECKER.split(".").map((_, end, parts) => parts.slice(0, end + 1).join("."));
  return ["wordgrad", ...new Set(names.flatMap((name) => imports[name] ?? []))];
}

async function fetchEarly(base) {
  const offered = await manifest;
  for (const name of checkerPackages(offered)) {
    const file = offered.archives[name];
    if (file && !early.has(file)) early.set(file, fetchArchive(new URL(file, base).href));
  }
}

/**
 * Fetch one of the site's own packages, once. Python imports from an archive as it is: unpacking
 * all of SymPy would take longer than importing what is used of it. Only the book's own package is
 * unpacked: it has data files, and its source is shown in tracebacks.
 */
function loadArchive({ here, pyodide, archives }, file) {
  if (!archives.has(file)) {
    const load = async () => {
      const buffer = await (early.get(file) ?? fetchArchive(here(file)));
      early.delete(file);
      const name = file.split("/").pop();
      const path = name.startsWith("wordgrad-") ? ARCHIVES : ARCHIVES + name;
      pyodide.FS.mkdirTree(ARCHIVES);
      if (path === ARCHIVES) pyodide.unpackArchive(buffer, "zip", { extractDir: ARCHIVES });
      else pyodide.FS.writeFile(path, new Uint8Array(buffer));
      pyodide.runPython(`import sys, importlib
if "${path}" not in sys.path: sys.path.insert(0, "${path}")
importlib.invalidate_caches()`);
    };
    archives.set(file, load());
  }
  return archives.get(file);
}

async function loadPackages(state, wanted) {
  const ours = wanted.filter((name) => name in state.manifest.archives);
  const theirs = wanted.filter((name) => !(name in state.manifest.archives));
  what = wanted.includes("matplotlib") ? "matplotlib" : "packages";
  await Promise.all([
    ...ours.map((name) => loadArchive(state, state.manifest.archives[name])),
    state.pyodide.loadPackagesFromImports(theirs.map((name) => `import ${name}`).join("\n"), QUIET),
  ]);
}

async function run({ id, name, code, defer }) {
  const state = await started;
  await loadPackages(state, state.runner.wanted(code, defer).toJs());
  post({ type: "running", id });
  state.job = id;
  const before = performance.now();
  const result = JSON.parse(state.runner.run(code, name, defer));
  post({ type: "finished", id, seconds: (performance.now() - before) / 1000, ...result });
}

/** Judge what a reader wrote. It goes to Python as a text, which is parsed there and never run. */
async function check({ id, question }) {
  const state = await started;
  await loadPackages(state, checkerPackages(state.manifest));
  post({ type: "running", id });
  const before = performance.now();
  const result = { ok: true };
  try {
    result.answer = state.pyodide.pyimport(CHECKER).answer(question);
  } catch (error) {
    Object.assign(result, { ok: false, error: `${error.message ?? error}`.trim().split("\n").pop() });
  }
  post({ type: "finished", id, seconds: (performance.now() - before) / 1000, ...result });
}

/** Load what a check needs, and judge a line, so that the first of a reader's need not wait. */
async function prepare({ id }) {
  const state = await started;
  await loadPackages(state, checkerPackages(state.manifest));
  const { answer } = state.pyodide.pyimport(CHECKER);
  if (!questions) answer(JSON.stringify(WARM_UP));
  post({ type: "finished", id, ok: true });
}

let base;
let questions = 0; // asked so far
let queue = Promise.resolve();
self.onmessage = ({ data }) => {
  if (data.type === "start") {
    tell(true);
    base = data.base;
    started = start(base);
  } else if (data.type === "run") {
    queue = queue.then(() => run(data));
  } else if (data.type === "check" || data.type === "prepare") {
    fetchEarly(base).catch(() => {}); // told when they are asked for
    if (data.type === "check") questions += 1;
    queue = queue.then(() => (data.type === "check" ? check(data) : prepare(data)));
  }
  Promise.all([started, queue]).catch((error) => post({ type: "broken", error: `${error}` }));
};
