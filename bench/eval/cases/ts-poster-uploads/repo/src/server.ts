import express from "express";

import { organiser } from "./session";
import { events } from "./events";
import { poster } from "./upload";

const app = express();
app.use("/posters", express.static("public/posters"));

app.post("/events/:id/poster", organiser, poster, async (req, res) => {
  if (!req.file) {
    res.status(415).json({ error: "PNG, JPEG or WebP" });
    return;
  }
  await events.setPoster(Number(req.params.id), `/posters/${req.file.filename}`);
  res.sendStatus(204);
});

app.listen(3000);
