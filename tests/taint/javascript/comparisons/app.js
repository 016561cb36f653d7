// What comparisons and lengths yield carries nothing.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/compared', async (req, res) => {
  const same = req.query.name === req.query.other;
  await pool.query(`SELECT ${same} FROM items`); // safe: javascript-sql-injection
  await pool.query(`SELECT ${req.query.name > 'm'} FROM items`); // safe: javascript-sql-injection
  await pool.query(`SELECT ${!req.query.name} FROM items`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${req.query.name.length}`); // safe: javascript-sql-injection
  await pool.query(`SELECT ${typeof req.query.name === 'string'} FROM items`); // safe: javascript-sql-injection
  await pool.query(`SELECT ${'x' in req.query} FROM items`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${req.query.name.indexOf('x')}`); // safe: javascript-sql-injection
  await pool.query(`SELECT '${req.query.name || 'x'}' FROM items`); // vuln: javascript-sql-injection
  await pool.query(`SELECT '${req.query.name && req.query.other}' FROM items`); // vuln: javascript-sql-injection
  await pool.query(`SELECT '${req.query.name ?? 'chair'}' FROM items`); // vuln: javascript-sql-injection
  await pool.query(`SELECT '${typeof req.query.name}' FROM items`); // safe: javascript-sql-injection
  res.end();
});
