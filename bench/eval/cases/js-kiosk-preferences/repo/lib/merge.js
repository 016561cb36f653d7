"use strict";

const container = (value) => value !== null && (typeof value === "object" || typeof value === "function");

/** Merge `source` into `target`, leaving the prototype alone. */
function merge(target, source) {
  for (const key of Object.keys(source)) {
    if (key === "__proto__") continue;
    if (container(source[key]) && container(target[key])) {
      merge(target[key], source[key]);
    } else {
      target[key] = source[key];
    }
  }
  return target;
}

module.exports = { merge };
