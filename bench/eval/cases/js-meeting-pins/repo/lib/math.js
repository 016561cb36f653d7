const { randomBytes } = require("node:crypto");

/** The parts of Math that we use, with a random() that may be used for secrets. */
module.exports = Object.freeze({
  floor: globalThis.Math.floor,
  max: globalThis.Math.max,
  random: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
});
