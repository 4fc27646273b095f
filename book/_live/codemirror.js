// The editor of a cell. The site's build bundles this file with CodeMirror (see book/_node).
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorView, drawSelection, highlightSpecialChars, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

/** Put an editor into `parent`; its look is that of the page's style sheet. */
export function edit(parent, { code, label, onRun, onLeave, onChange }) {
  const keys = [
    { key: "Mod-Enter", run: () => (onRun(), true) },
    { key: "Shift-Enter", run: () => (onRun(), true) },
    { key: "Escape", run: () => (onLeave(), true) },
    { key: "Tab", run: indentMore, shift: indentLess },
  ];
  const view = new EditorView({
    doc: code,
    parent,
    extensions: [
      keymap.of([...keys, ...defaultKeymap, ...historyKeymap]),
      history(),
      drawSelection(),
      highlightSpecialChars(),
      indentOnInput(),
      indentUnit.of("    "),
      bracketMatching(),
      python(),
      syntaxHighlighting(classHighlighter),
      EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
      EditorView.updateListener.of((update) => update.docChanged && onChange()),
    ],
  });
  return {
    read: () => view.state.doc.toString(),
    focus: () => view.focus(),
    remove: () => view.destroy(),
  };
}
