// Paper is white: print in the light theme, whichever theme is being read in.
(() => {
  const root = document.documentElement;
  let reading = "";

  window.addEventListener("beforeprint", () => {
    reading = root.dataset.theme;
    root.dataset.theme = "light";
  });
  window.addEventListener("afterprint", () => {
    root.dataset.theme = reading;
  });
})();
