// Usage: node make_snapshot.mjs PYODIDE_FOLDER OUT.gz
// Writes the memory of a Pyodide that has just started. A reader's browser that begins with it does
// not compute again what is the same for everybody, and that is most of the time of starting.
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [folder, target] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ _makeSnapshot: true });
await writeFile(target, gzipSync(python.makeMemorySnapshot(), { level: 9 }));
