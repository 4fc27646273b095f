// The editor of a cell: CodeMirror, or a plain text field where the site was built without it.

function plainEditor(parent, { code, label, onRun, onLeave }) {
  const field = document.createElement("textarea");
  Object.assign(field, { className: "wg-plain-editor", value: code, spellcheck: false });
  field.setAttribute("aria-label", label);
  const fit = () => (field.rows = field.value.split("\n").length + 1);
  field.addEventListener("input", fit);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      onRun();
    } else if (event.key === "Escape") onLeave();
  });
  fit();
  parent.append(field);
  return { read: () => field.value, focus: () => field.focus(), remove: () => field.remove() };
}

/** Open an editor in place of the code in `source`; returns {read, focus, remove}. */
export async function openEditor(source, options) {
  const holder = document.createElement("div");
  holder.className = "wg-editor";
  // The page has shortcuts of its own, "/" for the search: they are not for what is typed here.
  holder.addEventListener("keydown", (event) => event.stopPropagation());
  const before = [...source.children].filter((child) => !child.hidden);
  const rich = options.rich ? await import(new URL("codemirror.js", import.meta.url).href) : null;
  const open = rich?.edit ?? plainEditor;
  const editor = open(holder, { onChange: () => {}, ...options });
  source.append(holder);
  for (const child of before) child.hidden = true;
  const hint = document.createElement("p");
  hint.className = "wg-hint";
  hint.textContent = "Shift+Enter runs, Escape leaves the editor.";
  holder.append(hint);
  return {
    ...editor,
    remove() {
      editor.remove();
      holder.remove();
      for (const child of before) child.hidden = false;
      if (!before.length) source.hidden = true;
    },
  };
}
