import type { RequestHandler } from "express";

const READING = new Set(["GET", "HEAD"]);

export function sameSite(origin: string): RequestHandler {
  return (req, res, next) => {
    if (READING.has(req.method) || req.headers.origin === origin) {
      next();
      return;
    }
    res.status(403).json({ error: "other origin" });
  };
}
