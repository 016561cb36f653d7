/** Everything below /admin is for curators. */
function curators(req, res, next) {
  if (req.session?.role === "curator") return next();
  res.status(403).json({ error: "curators only" });
}

module.exports = { curators };
