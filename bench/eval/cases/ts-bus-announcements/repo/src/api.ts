import express from "express";

import { announce } from "./announce.js";
import { controllers } from "./session.js";

const app = express();
app.use(express.json());
app.use(controllers);

app.post("/stops/:stop/announce", async (req, res) => {
  const stop = Number.parseInt(req.params.stop, 10);
  if (!Number.isInteger(stop)) {
    res.sendStatus(404);
    return;
  }
  await announce(stop, String(req.body.text));
  res.sendStatus(202);
});

app.listen(8086);
