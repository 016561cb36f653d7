import { readFile, writeFile } from "node:fs/promises";
import { Router } from "express";

import { Folder } from "./folder.js";
import { signedIn } from "./session.js";

const folder = new Folder("/srv/band/scores");
export const scores = Router();

scores.get("/scores", signedIn, async (req, res) => {
  const file = folder.at(String(req.query.piece), `${req.query.part}.pdf`);
  if (file === null) return res.sendStatus(404);
  try {
    res.type("application/pdf").send(await readFile(file));
  } catch {
    res.sendStatus(404);
  }
});

scores.put("/scores/:piece/:part", signedIn, async (req, res) => {
  const file = folder.at(req.params.piece, `${req.params.part}.pdf`);
  if (file === null) return res.sendStatus(404);
  await writeFile(file, req.body, { flag: "wx" });
  res.sendStatus(201);
});
