// Answer for the site from one complete copy of it. The build puts three constants above this line:
// VERSION, the hash of all that follows; FIRST, files kept from the first visit on; LATER, files
// kept once they were asked for. Both map a path to the hash of its content.
//
// A worker only ever shows its own version: a file is taken over if it has the hash of the build,
// and not otherwise. The worker of a new version waits until it has everything; then the next
// navigation hands over to it, unless another window still reads the old version.
// Requests to other hosts are left alone.

const SITE = self.registration.scope;
const PREFIX = `book ${SITE} `;
const CACHE = PREFIX + VERSION;
const AT_ONCE = 6; // requests
// Shown for an instant; without an icon of its own the browser would look for one.
const AGAIN = '<!doctype html><link rel="icon" href="data:,">';
const MOST_HAND_OVERS = 5;
const PATIENCE = 3000; // ms for the newer worker to say that it has heard

let handOvers = 0;

const hashOf = (path) => FIRST[path] ?? LATER[path];
const otherCaches = async () =>
  (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);

/** Return the path in the site that an address stands for, or nothing if the build knows none. */
function pathOf(address) {
  const url = new URL(address);
  url.search = url.hash = "";
  if (!url.href.startsWith(SITE)) return undefined;
  const path = decodeURIComponent(url.href.slice(SITE.length));
  const folder = path === "" || path.endsWith("/");
  return [folder ? `${path}index.html` : path, `${path}.html`].find(hashOf);
}

/** Fetch a file of this version; fails if the server has another. */
async function fetchExactly(path) {
  const options = { integrity: `sha256-${hashOf(path)}`, cache: "no-cache" };
  const response = await fetch(new URL(path, SITE), options);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  // What came by a detour would be refused as the answer to a navigation.
  return response.redirected ? new Response(response.body, response) : response;
}

/** Return what an earlier version has kept, if it is the same to the bit. */
async function inherit(path, olds) {
  for (const old of olds) {
    const kept = await old.match(new URL(path, SITE));
    if (kept?.headers.get("x-book-hash") === hashOf(path)) return kept;
  }
  return undefined;
}

/** Keep a file, with its hash, for this version and for the next one. */
async function keep(cache, path, response) {
  const headers = new Headers(response.headers);
  headers.set("x-book-hash", hashOf(path));
  const { status, statusText } = response;
  await cache.put(new URL(path, SITE), new Response(response.body, { status, statusText, headers }));
}

async function keepFirst() {
  const cache = await caches.open(CACHE);
  const olds = await Promise.all((await otherCaches()).map((name) => caches.open(name)));
  const waiting = Object.keys(FIRST);
  const take = async () => {
    for (let path; (path = waiting.pop()) !== undefined; ) {
      await keep(cache, path, (await inherit(path, olds)) ?? (await fetchExactly(path)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
}

async function dropOthers() {
  await Promise.all((await otherCaches()).map((name) => caches.delete(name)));
}

/** Ask a worker to take over; done when it has heard, for it may have to be started first. */
function callIn(newer) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    setTimeout(resolve, PATIENCE);
    newer.postMessage("take over", [port2]);
  });
}

/**
 * At a navigation: have a newer worker take over if it is there, and tell whether it was asked to.
 * It becomes active when this one has nothing left to answer; so this navigation is answered with
 * an empty page that asks again. Should that fail, this worker goes on as before.
 */
async function handOver() {
  const { waiting } = self.registration;
  if (!waiting || handOvers === MOST_HAND_OVERS) return false;
  if ((await self.clients.matchAll({ type: "window" })).length > 1) return false;
  handOvers += 1;
  await callIn(waiting);
  return true;
}

async function answer(request, path) {
  if (request.mode === "navigate" && (await handOver())) {
    return new Response(AGAIN, { headers: { "content-type": "text/html", refresh: "0" } });
  }
  const cache = await caches.open(CACHE);
  const kept = await cache.match(new URL(path, SITE));
  if (kept) return kept;
  try {
    const response = await fetchExactly(path);
    await keep(cache, path, response.clone());
    return response;
  } catch {
    return fetch(request); // the server is ahead of this worker: as if there were none
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepFirst()));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers()));
self.addEventListener("message", (event) => {
  if (event.data !== "take over") return;
  event.waitUntil(self.skipWaiting());
  event.ports[0]?.postMessage("heard"); // a worker of an earlier build sends no port
});
self.addEventListener("fetch", (event) => {
  const path = event.request.method === "GET" ? pathOf(event.request.url) : undefined;
  if (path) event.respondWith(answer(event.request, path));
});
