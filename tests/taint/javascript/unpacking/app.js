// Destructuring: objects and arrays, renamed, nested, with defaults, in parameters and loops.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/object', async (req, res) => {
  const { name, table = 'items', note: text } = { name: req.query.name, note: 'fixed' };
  await pool.query(`SELECT id FROM ${table} WHERE note = '${text}'`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/renamed', async ({ query: { name: wanted }, params }, res) => {
  await pool.query(`SELECT id FROM items WHERE name = '${wanted}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${Number(params.limit)}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/array', async (req, res) => {
  const [first, , third = 'chair', ...rest] = ['chair', req.query.name, 'table', req.query.other];
  await pool.query(`SELECT id FROM items WHERE name IN ('${first}', '${third}')`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${rest[0]}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/nested', async (req, res) => {
  const { filter: { name, limits: [low] } } = { filter: { name: req.body.name, limits: [10, req.body.high] } };
  await pool.query(`SELECT id FROM items LIMIT ${low}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/assignment', async (req, res) => {
  let name;
  let table;
  ({ name, table } = { name: req.query.name, table: 'items' });
  await pool.query(`SELECT id FROM ${table}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  const target = {};
  [target.name] = [req.query.name];
  await pool.query(`SELECT id FROM items WHERE name = '${target.name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/computed', async (req, res) => {
  const key = 'name';
  const { [key]: name } = req.query;
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/loop', async (req, res) => {
  for (const { name, kind } of [{ name: req.query.name, kind: 'a' }]) {
    await pool.query(`SELECT id FROM items WHERE kind = '${kind}'`); // safe: javascript-sql-injection
    await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/default-from-request', async (req, res) => {
  const { name = req.query.name } = {};
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  res.end();
});
