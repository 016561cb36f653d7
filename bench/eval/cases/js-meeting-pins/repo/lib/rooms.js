const Math = require("./math");

const DIGITS = "0123456789";
const rooms = new Map();

function pin(length = 8) {
  let text = "";
  while (text.length < length) {
    text += DIGITS[Math.floor(Math.random() * DIGITS.length)];
  }
  return text;
}

function create(name) {
  const room = { name, pin: pin(), failures: 0 };
  rooms.set(name, room);
  return room;
}

function enter(name, given) {
  const room = rooms.get(name);
  if (!room || room.failures >= 5) return false;
  if (room.pin === given) return true;
  room.failures += 1;
  return false;
}

module.exports = { create, enter };
