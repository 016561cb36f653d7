"use strict";

const plain = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

// keys are not looked at, radios have their own
function layer(into, from) {
  for (const [key, value] of Object.entries(from)) {
    if (plain(value)) {
      into[key] = layer(plain(into[key]) ? into[key] : Object.create(null), value);
    } else {
      into[key] = value;
    }
  }
  return into;
}

const layered = (...layers) => layers.reduce(layer, Object.create(null));

module.exports = { layered };
