export function notFound(req, res) {
  res.status(404).json({ error: "not found" });
}

export function failed(error, req, res, next) {
  console.error(error);
  res.status(500).json({ error: "internal" });
}
