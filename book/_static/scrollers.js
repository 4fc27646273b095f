// Long formulas and wide tables scroll inside themselves. Those that really do are given a place
// in the tab order and a name, so that a keyboard and a screen reader find them, and are told on
// which side more is hidden, so that the style sheet can fade that edge.
(() => {
  const LABELS = {
    "div.math mjx-container, .wg-line": "Formula, scrolls sideways",
    "span.math": "Formula, scrolls sideways",
    ".pst-scrollable-table-container": "Table, scrolls sideways",
  };

  const mark = (box, label) => {
    const hidden = box.scrollWidth - box.clientWidth;
    if (hidden > 1) {
      const sides = [];
      if (box.scrollLeft > 1) sides.push("left");
      if (box.scrollLeft < hidden - 1) sides.push("right");
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", label);
      box.dataset.wgScrolls = sides.join(" ");
    } else if ("wgScrolls" in box.dataset) {
      for (const name of ["tabindex", "role", "aria-label", "data-wg-scrolls"]) {
        box.removeAttribute(name);
      }
    }
  };

  const start = () => {
    const labels = new Map();
    for (const [selector, label] of Object.entries(LABELS)) {
      for (const box of document.querySelectorAll(selector)) labels.set(box, label);
    }
    // Also fires when a folded cell opens, a tab is chosen, or the window is turned.
    const sizes = new ResizeObserver((entries) => {
      for (const { target } of entries) mark(target, labels.get(target));
    });
    for (const [box, label] of labels) {
      sizes.observe(box);
      box.addEventListener("scroll", () => mark(box, label), { passive: true });
    }
  };

  window.addEventListener("load", async () => {
    await window.MathJax?.startup?.promise;
    start();
  });
})();
