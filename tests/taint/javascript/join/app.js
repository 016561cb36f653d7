// Lists of text joined into one.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/join', async (req, res) => {
  const clauses = ['1 = 1'];
  clauses.push(`name = '${req.query.name}'`);
  await pool.query('SELECT id FROM items WHERE ' + clauses.join(' AND ')); // vuln: javascript-sql-injection
  res.end();
});

app.get('/constants', async (req, res) => {
  const clauses = ['deleted = false'];
  clauses.push('sold = false');
  await pool.query('SELECT id FROM items WHERE ' + clauses.join(' AND ')); // safe: javascript-sql-injection
  res.end();
});

app.get('/placeholders', async (req, res) => {
  const names = req.query.names.split(',');
  const marks = names.map((_, index) => `$${index + 1}`).join(', ');
  await pool.query(`SELECT id FROM items WHERE name IN (${marks})`, names); // safe: javascript-sql-injection
  res.end();
});

app.get('/mapped', async (req, res) => {
  const quoted = req.query.names.map((name) => `'${name}'`).join(', ');
  await pool.query(`SELECT id FROM items WHERE name IN (${quoted})`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/numbers', async (req, res) => {
  const ids = req.query.ids.split(',').map(Number).join(', ');
  await pool.query(`SELECT id FROM items WHERE id IN (${ids})`); // safe: javascript-sql-injection
  res.end();
});

app.get('/separator', async (req, res) => {
  await pool.query(['SELECT id FROM items WHERE a', 'b'].join(req.query.separator)); // vuln: javascript-sql-injection
  res.end();
});

app.get('/implicit', async (req, res) => {
  const columns = ['id', req.query.column];
  await pool.query(`SELECT ${columns} FROM items`); // vuln: javascript-sql-injection
  res.end();
});
