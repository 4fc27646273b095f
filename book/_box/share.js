// What stands in a box, as a link and as a draft. Both come from outside: nothing in them is
// believed before it is checked, and nothing is ever executed.

export const MARK = "#derivation-"; // with letters that no selector stumbles over
const MOST_LINK = 60_000;
// Controls, and marks that turn the direction of writing: a formula has neither.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

export const plain = (text) => text.replace(/\r\n?/g, "\n").replace(UNSEEN, " ");

/** The state if it is one that a box could have had, else null. */
export function checked(state, choices) {
  if (typeof state !== "object" || state === null || Array.isArray(state)) return null;
  const { text, target = "", layout = "rows", assuming = {} } = state;
  if (typeof text !== "string" || text.length > choices.characters) return null;
  if (target !== "" && !choices.targets.some(({ id }) => id === target)) return null;
  if (!choices.layouts.includes(layout)) return null;
  if (typeof assuming !== "object" || assuming === null) return null;
  const pairs = Object.entries(assuming);
  const known = ([key, value]) =>
    Object.hasOwn(choices.assuming, key) && choices.assuming[key].includes(value);
  if (!pairs.every(known)) return null;
  return { text: plain(text), target, layout, assuming: Object.fromEntries(pairs) };
}

export function toFragment(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return MARK + btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The state that a fragment carries; null if it carries none that is whole and allowed. */
export function fromFragment(fragment, choices) {
  const code = fragment.slice(MARK.length);
  if (!fragment.startsWith(MARK) || code.length > MOST_LINK || !/^[\w-]+$/.test(code)) return null;
  try {
    const letters = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return checked(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)), choices);
  } catch {
    return null;
  }
}

/** A draft on this device. Where a browser keeps nothing, there is none. */
export class Draft {
  constructor(key) {
    this.key = key;
  }

  read(choices) {
    try {
      return checked(JSON.parse(localStorage.getItem(this.key)), choices);
    } catch {
      return null;
    }
  }

  write(state) {
    try {
      localStorage.setItem(this.key, JSON.stringify(state));
    } catch {
      // Full, or forbidden: then the text lives as long as the page.
    }
  }

  remove() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // There was none.
    }
  }
}
