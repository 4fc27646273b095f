// A formula is a drawing; when text is copied, its TeX is copied in its place.
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const copied = document.createElement("div");
  for (let at = 0; at < selection.rangeCount; at++) {
    copied.append(selection.getRangeAt(at).cloneContents());
  }
  const { wgLayout } = document.documentElement.dataset;
  const hidden = wgLayout === "columns" ? ".wg-in-rows" : ".wg-in-columns";
  for (const twin of copied.querySelectorAll(hidden)) twin.remove();
  const formulas = copied.querySelectorAll("mjx-container[data-tex]");
  if (!formulas.length) return;
  for (const formula of formulas) {
    const mark = formula.hasAttribute("display") ? "$$" : "$";
    formula.replaceWith(`${mark}${formula.dataset.tex}${mark}`);
  }
  event.clipboardData.setData("text/html", copied.innerHTML);
  // Lay it out off-screen, so that lines end where they end on the page.
  copied.className = "wg-copied";
  document.body.append(copied);
  event.clipboardData.setData("text/plain", copied.innerText);
  copied.remove();
  event.preventDefault();
});
