// Whether U has a row or a column per word: one choice for all pages, kept in this browser.
const KEY = "wg-layout";
const root = document.documentElement;

export function storedLayout() {
  try {
    return localStorage.getItem(KEY) === "columns" ? "columns" : "rows";
  } catch {
    return root.dataset.wgLayout ?? "rows"; // storage may be forbidden
  }
}

/** Show U in this layout, everywhere on the page. */
export function chooseLayout(layout, keep = true) {
  root.dataset.wgLayout = layout;
  for (const button of document.querySelectorAll(".wg-layouts > button")) {
    button.setAttribute("aria-pressed", String(button.dataset.wgTool === layout));
  }
  if (keep) {
    try {
      localStorage.setItem(KEY, layout);
    } catch {
      // The choice holds for this page.
    }
  }
  document.dispatchEvent(new CustomEvent("wg-layout"));
}
