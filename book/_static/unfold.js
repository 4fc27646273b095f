// Lay out the sections of a page one after the other, once it is there and has nothing else to do:
// what is far below the window need not keep the reader waiting for what is in it.
(() => {
  const idly = window.requestIdleCallback ?? setTimeout;
  const unfold = () => {
    const waiting = [...document.querySelectorAll(".bd-article > section > section")];
    const next = () => {
      waiting.shift()?.classList.add("wg-unfolded");
      if (waiting.length) idly(next);
    };
    idly(next);
  };
  if (document.readyState === "complete") unfold();
  else addEventListener("load", unfold);
})();
