// Usage: node compile_archive.mjs PYODIDE_FOLDER IN.zip OUT.zip OPTIMIZE KEEP_SOURCE
// Adds to a zip of Python files what the reader's browser would otherwise have to compile, with the
// very Python that will run it there. KEEP_SOURCE is 1 or 0; OPTIMIZE is compile()'s.
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [folder, source, target, optimize, keep] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide();
python.FS.writeFile("/in.zip", await readFile(source));
python.runPython(`
import importlib.util, sys, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

optimize, keep = ${Number(optimize)}, ${Number(keep)}
with zipfile.ZipFile("/in.zip") as old, zipfile.ZipFile("/out.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
    def put(name, data):
        new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    for name in old.namelist():
        data = old.read(name)
        if not name.endswith(".py"):
            put(name, data)
            continue
        folder, _, file = name.rpartition("/")
        code = compile(data, name, "exec", dont_inherit=True, optimize=optimize)
        # "unchecked": the archive is replaced as a whole, nobody edits its files
        compiled = _code_to_hash_pyc(code, importlib.util.source_hash(data), False)
        if keep:
            put(name, data)
            put(f"{folder}/__pycache__/{file[:-3]}.{sys.implementation.cache_tag}.pyc", compiled)
        else:
            put(name + "c", compiled)
`);
await writeFile(target, python.FS.readFile("/out.zip"));
