// Template literals: nested, over several lines, with calls and conditions, raw, with escapes.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/plain', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE name = '${req.query.name}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = 'chair'`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM ${'items'} LIMIT ${1 + 2}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/lines', async (req, res) => {
  const text = `
    SELECT id
    FROM items
    WHERE name = '${req.query.name}'
    ORDER BY id
  `;
  await pool.query(text); // vuln: javascript-sql-injection
  res.end();
});

app.get('/nested', async (req, res) => {
  await pool.query(`SELECT id FROM items ${req.query.name ? `WHERE name = '${req.query.name}'` : ''}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items ${req.query.name ? `WHERE ${'sold'}` : ''}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/calls', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE name IN (${req.query.names.map((name) => `'${name}'`)})`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id IN (${req.query.ids.map((id) => Number(id))})`); // safe: javascript-sql-injection
  await pool.query(String.raw`SELECT id FROM items WHERE name = '${req.query.name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/escaped', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE note = '\${req.query.name}'`); // safe: javascript-sql-injection
  res.end();
});
