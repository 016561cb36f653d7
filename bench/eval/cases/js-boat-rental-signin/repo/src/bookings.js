const express = require("express");
const pool = require("./pool");

const router = express.Router();
router.use(express.json());

// bound parameters only in this file
const FIND = "SELECT id, boat, starts_at, ends_at, phone FROM bookings WHERE number = ? AND code = ?";

router.post("/bookings/open", (req, res, next) => {
  const { number, code } = req.body;
  if (!number || !code) {
    return res.status(400).json({ error: "number and code are needed" });
  }
  pool.query(FIND, [number, code], (error, rows) => {
    if (error) return next(error);
    if (rows.length === 0) return res.status(403).json({ error: "number or code is wrong" });
    res.json(rows[0]);
  });
});

module.exports = router;
