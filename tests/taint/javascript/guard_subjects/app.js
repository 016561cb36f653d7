// What a guard looks at: properties, keys, the same expression twice, copies, derived values.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const COLUMNS = new Set(['id', 'name']);

app.get('/property', async (req, res) => {
  if (!COLUMNS.has(req.query.column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${req.query.column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/other-property', async (req, res) => {
  if (!COLUMNS.has(req.query.column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${req.query.order} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/copy', async (req, res) => {
  const column = req.query.column;
  const copy = column;
  if (!COLUMNS.has(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${copy} FROM items`)); // safe: javascript-sql-injection
});

app.get('/derived', async (req, res) => {
  const column = req.query.column;
  if (!COLUMNS.has(column.toLowerCase())) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/trimmed', async (req, res) => {
  const column = req.query.column;
  const short = column.slice(0, 4);
  if (!COLUMNS.has(short)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/reassigned', async (req, res) => {
  let column = req.query.column;
  if (!COLUMNS.has(column)) {
    return res.status(400).end();
  }
  column = req.query.order;
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/destructured', async (req, res) => {
  const { column, order } = req.query;
  if (!COLUMNS.has(column)) {
    return res.status(400).end();
  }
  await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  return res.json(await pool.query(`SELECT id FROM items ORDER BY ${order}`)); // vuln: javascript-sql-injection
});

app.get('/every', async (req, res) => {
  const columns = req.query.columns.split(',');
  if (!columns.every((column) => COLUMNS.has(column))) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${columns.join(', ')} FROM items`)); // safe: javascript-sql-injection
});

app.get('/some', async (req, res) => {
  const columns = req.query.columns.split(',');
  if (!columns.some((column) => COLUMNS.has(column))) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${columns.join(', ')} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/filtered', async (req, res) => {
  const columns = req.query.columns.split(',').filter((column) => COLUMNS.has(column));
  res.json(await pool.query(`SELECT ${columns.join(', ')} FROM items`)); // safe: javascript-sql-injection
});
