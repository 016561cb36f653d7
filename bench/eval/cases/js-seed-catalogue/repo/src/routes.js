const { Router } = require("express");
const { Pool } = require("pg");
const { orderBy, clamp } = require("./sorting");

const pool = new Pool();
const router = Router();

router.get("/seeds", async (req, res, next) => {
  try {
    const order = orderBy(req.query);
    const limit = clamp(req.query.limit, 1, 100, 25);
    const offset = clamp(req.query.offset, 0, 10000, 0);
    // names of columns cannot be bound, so they are pasted
    const { rows } = await pool.query(
      `SELECT id, latin_name, price_cents FROM seeds ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`,
    );
    res.json(rows);
  } catch (error) {
    next(error);
  }
});

module.exports = router;
