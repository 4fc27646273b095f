// Have the site's worker keep the book for reading without a network, once the page is there.
(() => {
  const here = document.currentScript.src;
  const site = here.slice(0, here.lastIndexOf("/_static/") + 1);
  const workers = location.protocol.startsWith("http") && navigator.serviceWorker;
  if (!workers || navigator.connection?.saveData) return;
  const register = () => workers.register(`${site}sw.js`).catch(() => {}); // forbidden here: no loss
  const idly = window.requestIdleCallback ?? setTimeout;
  window.addEventListener("load", () => idly(register));
})();
