import { Router } from "express";

import { digest, newKey } from "./keys.js";
import { store } from "./store.js";

export const accounts = Router();

accounts.post("/accounts/:id/keys", async (req, res) => {
  if (req.session.account !== req.params.id) return res.sendStatus(403);
  const key = newKey();
  await store.addKey(req.params.id, digest(key));
  res.status(201).json({ key });
});

accounts.delete("/accounts/:id/keys/:digest", async (req, res) => {
  if (req.session.account !== req.params.id) return res.sendStatus(403);
  await store.removeKey(req.params.id, req.params.digest);
  res.sendStatus(204);
});
