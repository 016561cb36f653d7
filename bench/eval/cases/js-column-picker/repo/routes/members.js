const { Router } = require("express");
const { compile, names } = require("../lib/columns");
const { members } = require("../lib/members");

const router = Router();

router.get("/members.csv", async (req, res, next) => {
  try {
    const keys = String(req.query.columns || names.join()).split(",");
    const cells = compile(keys);
    const now = new Date().getFullYear();
    const rows = await members.all();
    res.type("text/csv").send(rows.map((row) => cells(row, now).map((cell) => JSON.stringify(cell)).join(";")).join("\n"));
  } catch (error) {
    next(error);
  }
});

module.exports = router;
