// Start the page's modules. A page that is opened as a file may not load any, and is complete
// without: every module adds to what is there.
(() => {
  if (location.protocol === "file:") return;

  const start = () => {
    for (const named of document.querySelectorAll('script[type="text/x-module"]')) {
      const script = document.createElement("script");
      script.type = "module";
      script.src = named.getAttribute("src");
      named.replaceWith(script);
    }
  };

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
