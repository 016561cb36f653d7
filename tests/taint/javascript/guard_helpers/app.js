// Tests in functions of their own: those that answer, those that throw, methods, imported ones, middleware.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const { checkColumn, ensureTable } = require('./checks');

const COLUMNS = new Set(['id', 'name']);

const isKnown = (column) => COLUMNS.has(column);

function isWord(text) {
  if (!text) {
    return false;
  }
  return /^\w+$/.test(text);
}

const isShort = (text) => text.length < 20;
const isFine = (text) => isShort(text) && isWord(text);
const looksFine = (text) => isShort(text) || isWord(text);

function requireWord(text) {
  if (!isWord(text)) {
    throw new Error(`bad: ${text}`);
  }
}

function checked(text) {
  if (!COLUMNS.has(text)) {
    throw new Error('bad');
  }
  return text;
}

class Validator {
  knows(name) {
    return COLUMNS.has(name);
  }

  require(name) {
    if (!this.knows(name)) {
      throw new Error('bad');
    }
  }
}

app.get('/known', async (req, res) => {
  const column = req.query.column;
  if (!isKnown(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/word', async (req, res) => {
  const column = req.query.column;
  if (isWord(column)) {
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/short', async (req, res) => {
  const column = req.query.column;
  if (!isShort(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/fine', async (req, res) => {
  const column = req.query.column;
  if (isFine(column)) {
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/looks', async (req, res) => {
  const column = req.query.column;
  if (looksFine(column)) {
    await pool.query(`SELECT ${column} FROM items`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/required', async (req, res) => {
  const column = req.query.column;
  requireWord(column);
  res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/caught', async (req, res) => {
  const column = req.query.column;
  try {
    requireWord(column);
  } catch (error) {
    console.warn('went on');
  }
  res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/returned', async (req, res) => {
  res.json(await pool.query(`SELECT ${checked(req.query.column)} FROM items`)); // safe: javascript-sql-injection
});

app.get('/method', async (req, res) => {
  const column = req.query.column;
  if (!new Validator().knows(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/method-throws', async (req, res) => {
  const column = req.query.column;
  new Validator().require(column);
  res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/imported', async (req, res) => {
  const { column, table } = req.query;
  if (!checkColumn(column)) {
    return res.status(400).end();
  }
  ensureTable(table);
  return res.json(await pool.query(`SELECT ${column} FROM ${table}`)); // safe: javascript-sql-injection
});

app.get('/wrong-one', async (req, res) => {
  const { column, table } = req.query;
  ensureTable(column);
  res.json(await pool.query(`SELECT id FROM ${table}`)); // vuln: javascript-sql-injection
});

app.get('/kept', async (req, res) => {
  const column = req.query.column;
  const fine = isKnown(column);
  if (!fine) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});
