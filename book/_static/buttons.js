// What the theme writes into onclick attributes, which the site's security policy forbids.
(() => {
  const DEEDS = {
    print: () => window.print(),
    "full-screen": () => window.toggleFullScreen(),
  };
  document.addEventListener("click", (event) => {
    DEEDS[event.target.closest?.("[data-wg-do]")?.dataset.wgDo]?.();
  });
})();
