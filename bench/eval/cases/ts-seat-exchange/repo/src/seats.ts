import { Router } from "express";

import { store } from "./store";

export const seats = Router();

seats.get("/", async (req, res) => {
  res.json(await store.seatsOf(req.session.holder));
});

seats.post("/:seat/offer", async (req, res) => {
  const done = await store.offer(req.session.holder, req.params.seat);
  res.sendStatus(done ? 204 : 409);
});
