import { timingSafeEqual } from "node:crypto";

const METHODS = new Set(["POST", "PUT", "PATCH", "DELETE"]);

function same(a, b) {
  const [left, right] = [Buffer.from(String(a)), Buffer.from(String(b))];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Ask for the session's token wherever the account can be changed. */
export function csrf(req, res, next) {
  if (!METHODS.has(req.method) || !req.path.startsWith("/account")) return next();
  if (req.session.csrf && same(req.body._csrf ?? "", req.session.csrf)) return next();
  res.status(403).send("Please load the page again.");
}
