const { Pool } = require('pg');

const pool = new Pool();

exports.show = async (req, res) => {
  res.json(await pool.query(`SELECT ${req.body.column} FROM items`)); // vuln: javascript-sql-injection
};
