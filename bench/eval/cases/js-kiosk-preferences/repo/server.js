"use strict";

const express = require("express");
const { merge } = require("./lib/merge");
const { openDrawer } = require("./lib/till");
const sessions = require("./lib/sessions");

const app = express();
app.use(express.json({ limit: "20kb" }));
app.use(sessions.middleware);

app.put("/preferences", (req, res) => {
  const current = sessions.preferencesOf(req.sessionId) ?? { theme: "day", font: { size: 14 } };
  const merged = merge(current, req.body);
  sessions.keep(req.sessionId, merged);
  res.json(merged);
});

app.post("/drawer", (req, res) => {
  const session = sessions.find(req.sessionId) ?? {};
  if (session.staff !== true) {
    return res.status(403).end();
  }
  openDrawer();
  res.status(204).end();
});

app.listen(8080);
