class Markup {
  constructor(text) {
    this.text = text;
  }
}

const CODES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function part(value) {
  if (Array.isArray(value)) return value.map(part).join("");
  if (value instanceof Markup) return value.text;
  return String(value ?? "").replace(/[&<>"']/g, (c) => CODES[c]);
}

export const html = (strings, ...values) => new Markup(String.raw({ raw: strings }, ...values.map(part)));

export function put(element, markup) {
  if (!(markup instanceof Markup)) throw new TypeError("made by html`...` only");
  // no framework: markup is put in as it is
  element.innerHTML = markup.text;
}
