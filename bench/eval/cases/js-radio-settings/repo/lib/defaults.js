"use strict";

module.exports = Object.freeze({
  volume: 40,
  equaliser: { bass: 0, treble: 0 },
  presets: ["88.2", "97.7"],
});
