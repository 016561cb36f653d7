"use strict";

const { Router } = require("express");
const { run } = require("../lib/run");
const { operator } = require("../lib/auth");

const router = Router();

router.get("/status", operator, async (req, res, next) => {
  const host = req.query.host;
  if (typeof host !== "string" || host.startsWith("-")) {
    return res.status(400).json({ error: "host is needed" });
  }
  try {
    const { code, text } = await run("rsync", ["--list-only", "--contimeout=5", `rsync://${host}/pub/`]);
    res.json({ host, code, lines: text.split("\n").slice(0, 20) });
  } catch (error) {
    next(error);
  }
});

module.exports = router;
