import { Router } from "express";

import { upstream } from "./upstream.js";

export const frames = Router();

const traversal = /(^|\/)\.\.?(\/|$)/;

frames.get("/frame", async (req, res) => {
  const file = req.query.file;
  if (typeof file !== "string" || traversal.test(file) || file.startsWith("//")) {
    return res.status(400).json({ error: "not the name of a frame" });
  }
  try {
    const answer = await upstream.get(file);
    res.set("Cache-Control", "public, max-age=60");
    res.type(answer.headers["content-type"] ?? "image/png").send(Buffer.from(answer.data));
  } catch (error) {
    res.status(error.response?.status ?? 502).end();
  }
});
