// How a test that fails leaves: return, throw, next, continue, break, process.exit, a helper that always throws.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const assert = require('assert');

const COLUMNS = ['id', 'name'];

function fail(text) {
  throw new Error(text);
}

app.get('/return', async (req, res) => {
  const column = req.query.column;
  if (!COLUMNS.includes(column)) return res.status(400).end();
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/throw', async (req, res) => {
  const column = req.query.column;
  if (!COLUMNS.includes(column)) {
    throw new Error('no such column');
  }
  res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/next', (req, res, next) => {
  const column = req.query.column;
  if (!COLUMNS.includes(column)) {
    return next(new Error('no such column'));
  }
  return pool.query(`SELECT ${column} FROM items`, () => res.end()); // safe: javascript-sql-injection
});

app.get('/next-without-return', (req, res, next) => {
  const column = req.query.column;
  if (!COLUMNS.includes(column)) {
    next(new Error('no such column'));
  }
  pool.query(`SELECT ${column} FROM items`, () => res.end()); // vuln: javascript-sql-injection
});

app.get('/response-without-return', (req, res) => {
  const column = req.query.column;
  if (!COLUMNS.includes(column)) {
    res.status(400).end();
  }
  pool.query(`SELECT ${column} FROM items`, () => res.end()); // vuln: javascript-sql-injection
});

app.get('/continue', async (req, res) => {
  for (const column of req.query.columns.split(',')) {
    if (!COLUMNS.includes(column)) {
      continue;
    }
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/break', async (req, res) => {
  for (const column of req.query.columns.split(',')) {
    if (!COLUMNS.includes(column)) {
      break;
    }
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/helper', async (req, res) => {
  const column = req.query.column;
  if (!COLUMNS.includes(column)) {
    fail('no such column');
  }
  res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/assert', async (req, res) => {
  const column = req.query.column;
  assert(COLUMNS.includes(column));
  res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/exit', async (req, res) => {
  const column = req.query.column;
  if (!COLUMNS.includes(column)) {
    process.exit(1);
  }
  res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/caught', async (req, res) => {
  const column = req.query.column;
  try {
    if (!COLUMNS.includes(column)) {
      throw new Error('no such column');
    }
  } catch (error) {
    console.warn('went on');
  }
  res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});
