// Start the page's modules. A page that is opened as a file may not load any: there it takes the
// classic script that the build puts beside each, and says so if there is none. A page is complete
// without: every module adds to what is there.
(() => {
  const WHY =
    "This page was opened as a file. Nothing on it can be moved or stepped through, because this " +
    "book was built without Node; open the book at a web address instead.";
  const fromDisk = location.protocol === "file:";
  let said = false;

  const explain = () => {
    if (said) return;
    said = true;
    const note = document.createElement("p");
    note.className = "wg-from-disk";
    note.textContent = WHY;
    document.querySelector("main h1")?.after(note);
  };

  const start = () => {
    for (const named of document.querySelectorAll('script[type="text/x-module"]')) {
      const script = document.createElement("script");
      if (fromDisk) {
        script.async = false;
        script.addEventListener("error", explain);
        script.src = named.getAttribute("src").replace(/\.js(?=$|\?)/, ".classic.js");
      } else {
        script.type = "module";
        script.src = named.getAttribute("src");
      }
      named.replaceWith(script);
    }
  };

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
