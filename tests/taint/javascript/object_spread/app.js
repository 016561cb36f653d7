// Object.assign and spread, key by key: what comes later wins.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/spread', async (req, res) => {
  const defaults = { table: 'items', name: 'chair' };
  const options = { ...defaults, name: req.query.name };
  await pool.query(`SELECT id FROM ${options.table}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${options.name}'`); // vuln: javascript-sql-injection
  const fixed = { ...options, name: 'table' };
  await pool.query(`SELECT id FROM items WHERE name = '${fixed.name}'`); // safe: javascript-sql-injection
  const all = { ...defaults, ...req.query };
  await pool.query(`SELECT id FROM ${all.table}`); // vuln: javascript-sql-injection
  const other = { ...req.query, table: 'items' };
  await pool.query(`SELECT id FROM ${other.table}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/assign', async (req, res) => {
  const options = Object.assign({}, { table: 'items' }, { name: req.query.name });
  await pool.query(`SELECT id FROM ${options.table}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${options.name}'`); // vuln: javascript-sql-injection
  const target = { order: 'id' };
  Object.assign(target, req.query);
  await pool.query(`SELECT id FROM items ORDER BY ${target.order}`); // vuln: javascript-sql-injection
  const kept = Object.assign({}, req.query, { order: 'id' });
  await pool.query(`SELECT id FROM items ORDER BY ${kept.order}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/arrays', async (req, res) => {
  const names = ['chair', ...req.query.names];
  await pool.query(`SELECT id FROM items WHERE name = '${names[1]}'`); // vuln: javascript-sql-injection
  const copy = [...['chair', 'table']];
  await pool.query(`SELECT id FROM items WHERE name = '${copy[1]}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/picked', async (req, res) => {
  const pick = (source, keys) => Object.fromEntries(keys.map((key) => [key, source[key]]));
  const wanted = pick(req.query, ['name']);
  await pool.query(`SELECT id FROM items WHERE name = '${wanted.name}'`); // vuln: javascript-sql-injection
  res.end();
});
