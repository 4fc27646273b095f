// Opens the derivation boxes of a page: one that is unfolded at once, the others when they are.
// A classic script, so that a page opened as a file stays silent and keeps its plain sentence.
(() => {
  const data = document.getElementById("wg-boxes");
  if (!data || !location.protocol.startsWith("http") || !window.Worker) return;
  const here = document.currentScript.src;
  const page = JSON.parse(data.textContent);

  const open = async (place) => {
    if (place.dataset.opened) return;
    place.dataset.opened = "yes";
    const { openBox } = await import(new URL("box.js", here).href);
    await openBox(place, { ...page, live: new URL(page.live, here).href });
  };

  for (const place of document.querySelectorAll(".wg-box")) {
    const fold = place.closest("details.wg-your-turn");
    if (!fold || fold.open) open(place);
    fold?.addEventListener("toggle", () => fold.open && open(place));
  }
})();
