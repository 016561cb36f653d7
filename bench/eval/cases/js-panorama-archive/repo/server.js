const fs = require("node:fs");
const express = require("express");
const { locate, ROOT } = require("./lib/paths");

const app = express();

app.get("/list", (req, res) => {
  res.json(fs.readdirSync(ROOT).filter((name) => name.endsWith(".jpg")));
});

app.get("/image", (req, res) => {
  const name = String(req.query.name || "");
  const file = locate(name);
  fs.createReadStream(file)
    .on("error", () => res.status(404).end())
    .pipe(res);
});

app.listen(3000);
