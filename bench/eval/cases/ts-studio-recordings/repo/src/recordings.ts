import { Router } from "express";

import { clientFor } from "./tenancy";

export const recordings = Router();

recordings.get("/recordings/:id", async (req, res) => {
  const db = clientFor(req.session.userId);
  const recording = await db.recording.findFirst({ where: { id: req.params.id } });
  if (!recording) {
    res.sendStatus(404);
    return;
  }
  res.json({ id: recording.id, title: recording.title, seconds: recording.seconds });
});

recordings.delete("/recordings/:id", async (req, res) => {
  const { count } = await clientFor(req.session.userId).recording.deleteMany({ where: { id: req.params.id } });
  res.sendStatus(count ? 204 : 404);
});
