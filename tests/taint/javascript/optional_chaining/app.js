// Optional chaining and nullish coalescing: properties, calls, indexes, assignment.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.post('/chained', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE name = '${req.body?.filter?.name}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${req.body?.names?.[0]?.trim()}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${req.body?.names?.length ?? 0}`); // safe: javascript-sql-injection
  await pool?.query?.(`SELECT id FROM items WHERE name = '${req.body.name}'`); // vuln: javascript-sql-injection
  await pool?.query?.('SELECT id FROM items WHERE name = $1', [req.body?.name]); // safe: javascript-sql-injection
  res.end();
});

app.post('/nullish', async (req, res) => {
  const name = req.body.name ?? 'chair';
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  const table = null ?? 'items';
  await pool.query(`SELECT id FROM ${table}`); // safe: javascript-sql-injection
  const options = {};
  options.order ??= req.body.order;
  await pool.query(`SELECT id FROM items ORDER BY ${options.order}`); // vuln: javascript-sql-injection
  res.end();
});

app.post('/called', async (req, res) => {
  const build = req.body.quick ? null : (text) => `SELECT id FROM items WHERE name = '${text}'`;
  await pool.query(build?.(req.body.name) ?? 'SELECT 1'); // vuln: javascript-sql-injection
  res.end();
});
