class OutOfRange extends Error {}

function whole(text, low, high) {
  const value = Number.parseInt(text, 10);
  if (!(value >= low && value <= high)) throw new OutOfRange(`${low} to ${high}`);
  return value;
}

const level = (text) => whole(text, 0, 100);
const channel = (text) => whole(text, 1, 512);

module.exports = { level, channel, OutOfRange };
