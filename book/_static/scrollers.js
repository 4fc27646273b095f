// Long formulas, wide tables and long lines of code scroll inside themselves. Those that really do
// are given a place in the tab order and a name, so that a keyboard and a screen reader find them,
// and are told on which side more is hidden, so that the style sheet can fade that edge.
(() => {
  const LABELS = {
    "div.math mjx-container, .wg-line": "Formula, scrolls sideways",
    "span.math": "Formula, scrolls sideways",
    ".pst-scrollable-table-container": "Table, scrolls sideways",
    "div.highlight > pre": "Code, scrolls sideways",
  };
  const ALL = Object.keys(LABELS).join();

  const labelOf = (box) => LABELS[Object.keys(LABELS).find((selector) => box.matches(selector))];

  const look = (box) => {
    const hidden = box.scrollWidth - box.clientWidth;
    if (hidden <= 1) return null;
    const sides = [];
    if (box.scrollLeft > 1) sides.push("left");
    if (box.scrollLeft < hidden - 1) sides.push("right");
    return sides.join(" ");
  };

  const mark = (box, sides) => {
    if (sides !== null) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", labelOf(box));
      box.dataset.wgScrolls = sides;
    } else if ("wgScrolls" in box.dataset) {
      for (const name of ["tabindex", "role", "aria-label", "data-wg-scrolls"]) {
        box.removeAttribute(name);
      }
    }
  };

  // Also fires when a folded cell opens, a tab is chosen, the window is turned, or a part of the
  // page comes near the window. First look at all, then change: the layout is made once.
  const sizes = new ResizeObserver((entries) => {
    const seen = entries.map(({ target }) => [target, look(target)]);
    for (const [box, sides] of seen) mark(box, sides);
  });

  const watch = (root) => {
    for (const box of [...(root.matches(ALL) ? [root] : []), ...root.querySelectorAll(ALL)]) {
      sizes.observe(box);
      box.addEventListener("scroll", () => mark(box, look(box)), { passive: true });
    }
  };

  window.addEventListener("load", async () => {
    await window.MathJax?.startup?.promise;
    const main = document.querySelector("main");
    if (!main) return;
    watch(main);
    // What a cell prints later.
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) watch(node);
      }
    }).observe(main, { childList: true, subtree: true });
  });
})();
