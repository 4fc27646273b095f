// The buttons of derivations: here only what every page needs at once, the layout of U and the
// waiting for a first press. Everything else is fetched at that press (stepper.js).
import { storedLayout, chooseLayout } from "./layout.js";

const load = () => import("./stepper.js");

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.(".wg-tools > button, .wg-layouts > button");
  if (!button) return;
  const { wgTool: tool } = button.dataset;
  if (tool === "rows" || tool === "columns") chooseLayout(tool);
  else (await load()).press(button.closest(".wg-tools"), tool);
});

document.addEventListener("keydown", async (event) => {
  const derivation = event.target.closest?.(".wg-derivation[data-wg-at]");
  if (!derivation || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  // A formula that scrolls keeps the arrows that scroll it.
  const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (sideways && event.target.closest("[data-wg-scrolls]")) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const tool = {
    ArrowRight: "next", ArrowDown: "next", ArrowLeft: "back", ArrowUp: "back",
    Home: "first", End: "last", Escape: "whole",
  }[event.key];
  if (!tool) return;
  event.preventDefault();
  (await load()).press(derivation.querySelector(".wg-tools"), tool);
});

// Chosen in another window.
window.addEventListener("storage", ({ key }) => {
  if (key === "wg-layout") chooseLayout(storedLayout(), false);
});
chooseLayout(storedLayout(), false);
