// Python in a worker: the page stays usable while it computes, and can stop it at any time.
// Messages in: {type: "start", base}, {type: "run", id, name, code, defer}.
// Messages out: {type: "loading", bytes, what}, {type: "output", id, kind, data},
// {type: "finished", id, ok, error, seconds}, {type: "broken", error}.

const ARCHIVES = "/book/"; // where the site's own packages are unpacked, inside the worker

let started; // promise of everything that `start` sets up
let bytes = 0;
let what = "Python";
let lastTold = 0;

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
  const parts = [];
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    bytes += value.length;
    tell(false);
  }
  const wasm = response.url.endsWith(".wasm"); // compiled as it comes only under its proper type
  const type = wasm ? "application/wasm" : (response.headers.get("content-type") ?? "");
  return new Response(new Blob(parts), { headers: { "content-type": type } });
}

/**
 * Let Pyodide fetch through here. Its core files are asked for all at once, from the pinned address
 * and with the pinned hash; its packages are checked by Pyodide itself against its lock file.
 */
function guardFetch({ core, files }) {
  const fetchPlainly = self.fetch.bind(self);
  const coreFiles = new Map(
    Object.entries(files).map(([name, integrity]) => [
      name,
      fetchPlainly(core + name, { integrity, credentials: "omit" }).then(counted),
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

async function start(base) {
  const here = (name) => new URL(name, base).href;
  const [manifest, source] = await Promise.all([
    fetch(here("manifest.json")).then((response) => response.json()),
    fetch(here("cell_runner.py")).then((response) => response.text()),
  ]);
  guardFetch(manifest.pyodide);
  const [{ loadPyodide }] = await Promise.all([
    importChecked("pyodide.mjs"),
    importChecked("pyodide.asm.js"),
  ]);
  const { packages, core } = manifest.pyodide;
  const pyodide = await loadPyodide({
    indexURL: packages,
    lockFileURL: `${core}pyodide-lock.json`,
    stdLibURL: `${core}python_stdlib.zip`,
    packages: ["numpy"],
  });
  const names = pyodide.toPy({ __name__: "cell_runner", __file__: "cell_runner.py" });
  pyodide.runPython(source, { globals: names, filename: "cell_runner.py" });
  const state = { here, manifest, pyodide, job: null, archives: new Map() };
  const send = (kind, data) => post({ type: "output", id: state.job, kind, data });
  state.runner = names.get("Runner")(send, pyodide.toPy(manifest.imports));
  return state;
}

/** Fetch and unpack one of the site's own packages, once. */
function loadArchive({ here, pyodide, archives }, file) {
  if (!archives.has(file)) {
    const load = async () => {
      const buffer = await (await fetch(here(file))).arrayBuffer();
      pyodide.unpackArchive(buffer, "zip", { extractDir: ARCHIVES });
      pyodide.runPython(`import sys, importlib
if "${ARCHIVES}" not in sys.path: sys.path.insert(0, "${ARCHIVES}")
importlib.invalidate_caches()`);
    };
    archives.set(file, load());
  }
  return archives.get(file);
}

async function loadPackages(state, code, defer) {
  const wanted = state.runner.wanted(code, defer).toJs();
  const ours = wanted.filter((name) => name in state.manifest.archives);
  const theirs = wanted.filter((name) => !(name in state.manifest.archives));
  what = wanted.includes("matplotlib") ? "matplotlib" : "packages";
  await Promise.all([
    ...ours.map((name) => loadArchive(state, state.manifest.archives[name])),
    state.pyodide.loadPackagesFromImports(theirs.map((name) => `import ${name}`).join("\n"), {
      messageCallback: () => {},
      errorCallback: () => {},
    }),
  ]);
}

async function run({ id, name, code, defer }) {
  const state = await started;
  await loadPackages(state, code, defer);
  post({ type: "running", id });
  state.job = id;
  const before = performance.now();
  const result = JSON.parse(state.runner.run(code, name, defer));
  post({ type: "finished", id, seconds: (performance.now() - before) / 1000, ...result });
}

let queue = Promise.resolve();
self.onmessage = ({ data }) => {
  if (data.type === "start") {
    tell(true);
    started = start(data.base);
  } else if (data.type === "run") {
    queue = queue.then(() => run(data));
  }
  Promise.all([started, queue]).catch((error) => post({ type: "broken", error: `${error}` }));
};
