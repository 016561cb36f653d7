const express = require("express");
const { dim } = require("./bridge");
const { level, channel, OutOfRange } = require("./values");

const app = express();

app.post("/lamps/:channel/:level", (req, res, next) => {
  const { channel: c, level: l } = req.params;
  dim(channel(c), level(l), (error, text) => (error ? next(error) : res.type("text").send(text)));
});

app.use((error, req, res, next) => {
  if (error instanceof OutOfRange) return res.status(422).json({ error: error.message });
  next(error);
});

app.listen(8088);
