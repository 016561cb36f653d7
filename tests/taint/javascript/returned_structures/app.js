// Arrays and objects that functions return.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const pair = (req) => [req.query.name, 'items'];
const view = (req) => ({ name: req.query.name, table: 'items', nested: { order: req.query.order, limit: 10 } });

function parsed(text) {
  const [key, value] = text.split('=');
  return { key, value, size: text.length };
}

function result(req) {
  if (!req.query.name) {
    return { ok: false, error: 'no name' };
  }
  return { ok: true, value: req.query.name };
}

app.get('/array', async (req, res) => {
  const [name, table] = pair(req);
  await pool.query(`SELECT id FROM ${table}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/object', async (req, res) => {
  const { name, table, nested } = view(req);
  await pool.query(`SELECT id FROM ${table} LIMIT ${nested.limit}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items ORDER BY ${view(req).nested.order}`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/parsed', async (req, res) => {
  const { value, size } = parsed(req.query.text);
  await pool.query(`SELECT id FROM items WHERE name = '${value}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${size}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/result', async (req, res) => {
  const found = result(req);
  await pool.query(`SELECT id FROM items WHERE name = '${found.value}'`); // vuln: javascript-sql-injection
  await pool.query(`INSERT INTO log VALUES ('${found.error}')`); // safe: javascript-sql-injection
  res.end();
});
